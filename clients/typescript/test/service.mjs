// The service that clients/verify started; TRIGGERS_CONTROL takes it away and brings it back.
import { randomUUID } from "node:crypto";

import { Triggers } from "triggers-api";

export const URL = process.env.TRIGGERS_URL;
export const CONTROL = process.env.TRIGGERS_CONTROL;
export const needed = { skip: URL ? false : "no service: run clients/verify, or set TRIGGERS_URL" };
export const controlled = { skip: CONTROL ? false : "no service that may be killed: run clients/verify" };

export async function newKey(tier = "enterprise") {
  return (await new Triggers(URL).generateKey({ organization_name: `typescript ${randomUUID()}`, tier })).api_key;
}

export async function control(what) {
  await fetch(`${CONTROL}/${what}`, { method: "POST" });
}

export async function until(condition, seconds = 120) {
  const end = performance.now() + seconds * 1000;
  while (!await condition()) {
    if (performance.now() > end) {
      throw new Error("did not happen");
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
