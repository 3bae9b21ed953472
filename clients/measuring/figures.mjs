// The TypeScript library beside Node's own client, which it stands on there.
import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";

import { Triggers } from "../typescript/dist/esm/index.js";

const { TRIGGERS_URL: URL, TRIGGERS_KEY: KEY } = process.env;
const [PAIRS, SECONDS, EVENTS] = [process.env.PAIRS, process.env.SECONDS, process.env.EVENTS].map(Number);
const triggers = new Triggers(URL, KEY);

const agent = new Agent({ keepAlive: true });

function bare() {
  const body = JSON.stringify({ type: "figures", payload: { id: 42 }, dedup_id: randomUUID() });
  const headers = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body), "X-API-Key": KEY };
  return new Promise((resolve, reject) => {
    request(`${URL}/api/events`, { method: "POST", agent, headers })
      .on("response", (response) => response.resume().on("error", reject).on("end", () => {
        if (response.statusCode === 201) {
          resolve();
        } else {
          reject(new Error(String(response.statusCode)));
        }
      }))
      .on("error", reject)
      .end(body);
  });
}

const library = () => triggers.send("figures", { id: 42 });

async function timed(call) {
  const began = performance.now();
  await call();
  return performance.now() - began;
}

/** One after the other, each first as often. */
async function pairs(count) {
  const times = [[], []];
  for (let number = 0; number < count; number++) {
    for (const which of number % 2 ? [1, 0] : [0, 1]) {
      times[which].push(await timed([bare, library][which]));
    }
  }
  return times.map((list) => list.sort((a, b) => a - b)[Math.floor(count / 2)]);
}

async function rate() {
  const end = performance.now() + SECONDS * 1000;
  let count = 0;
  await Promise.all(Array.from({ length: 16 }, async () => {
    while (performance.now() < end) {
      await library();
      count++;
    }
  }));
  return count / SECONDS;
}

async function consumed() {
  await triggers.sendBatch(Array.from({ length: EVENTS }, (_, id) => ({ type: "consumed", payload: { id } })));
  let seen = 0;
  const consumer = triggers.inbox.consumer(() => {
    if (++seen === EVENTS) {
      consumer.stop();
    }
  }, { type: "consumed", batch: 1000 });
  const began = performance.now();
  const result = await consumer.run();
  if (result.acknowledged !== EVENTS) {
    throw new Error(JSON.stringify(result));
  }
  return EVENTS / (performance.now() - began) * 1000;
}

await pairs(PAIRS / 4);
const [one, other] = await pairs(PAIRS);
console.log(JSON.stringify({
  runtime: `(Node.js ${process.versions.node})`, bare_ms: one, library_ms: other, overhead_ms: other - one, rate: await rate(), consumed: await consumed(),
}));
