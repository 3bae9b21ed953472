// The services that clients/verify started: one that stays, one that meets faults when TRIGGERS_CONTROL is asked for them, and one
// that has an operator.
import { randomUUID } from "node:crypto";

import { ConnectionFailed, Triggers, Unavailable } from "triggers-api";

export const URL = process.env.TRIGGERS_URL;
export const FAULTY = process.env.TRIGGERS_FAULTY_URL;
export const CONTROL = process.env.TRIGGERS_CONTROL;
export const ADMIN_URL = process.env.TRIGGERS_TEST_ADMIN_URL;
export const ADMIN_TOKEN = process.env.TRIGGERS_TEST_ADMIN_TOKEN;
export const needed = { skip: URL ? false : "no service: run clients/verify, or set TRIGGERS_URL" };
export const controlled = { skip: CONTROL ? false : "no service that may be killed: run clients/verify" };

export async function newKey(tier = "enterprise", url = URL) {
  for (;;) {
    try {
      return (await new Triggers(url).generateKey({ organization_name: `typescript ${randomUUID()}`, tier })).api_key;
    } catch (failure) {
      // Another test's fault; a key more does no harm.
      if (!(failure instanceof ConnectionFailed || failure instanceof Unavailable) || url !== FAULTY) {
        throw failure;
      }
    }
  }
}

/** Every fault, one after the other, until the clients with these keys have met them; and who met what. */
export async function faults(keys) {
  return (await fetch(CONTROL, { method: "POST", body: JSON.stringify(keys) })).json();
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
