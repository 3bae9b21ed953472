// Against the real service.
import assert from "node:assert/strict";
import test from "node:test";

import { ApiError, DuplicateEvent, InvalidRequest, NotFound, Triggers, Unauthorized } from "triggers-api";
import { Webhook } from "triggers-api/webhook";
import { needed, newKey, until, URL } from "./service.mjs";

const client = async (options = {}) => new Triggers(URL, await newKey(), { totalTime: 60, ...options });
const collect = async (walk) => {
  const found = [];
  for await (const one of walk) {
    found.push(one);
  }
  return found;
};
const events = (count) => Array.from({ length: count }, (_, payload) => ({ type: "t", payload }));
const numbers = (count) => Array.from({ length: count }, (_, number) => number);
const sorted = (list) => [...list].sort((a, b) => a - b);

test("an event is stored once", needed, async () => {
  const triggers = await client();
  const sent = await triggers.send("user.created", { n: 1, text: "ä\ud800" });
  assert.equal((await triggers.getEvent(sent.id)).dedup_id, sent.dedupId);
  assert.equal((await triggers.send("user.created", 1, { dedup: false })).dedupId, null);
  await assert.rejects(triggers.send("user.created", 2, { dedup_id: sent.dedupId }), (error) => error instanceof DuplicateEvent && error.id === sent.id);
  assert.deepEqual((await collect(triggers.eachInbox({ order: "asc", limit: 1 }))).map(({ payload }) => payload), [{ n: 1, text: "ä\ud800" }, 1]);
});

test("a batch is split and answered by index", needed, async () => {
  const triggers = await client();
  const result = await triggers.sendBatch([...events(2100), { type: "", payload: 1 }, { type: "t", payload: null }]);
  assert.deepEqual([result.accepted, result.rejected], [2100, 2]);
  assert(result.results[2100].error);
  assert.equal((await collect(triggers.eachInbox({ limit: 1000 }))).length, 2100);
});

test("what is wrong is named", needed, async () => {
  const triggers = await client();
  await assert.rejects(triggers.send("", 1), (error) => error instanceof InvalidRequest && error.errors[0].field === "type" && Boolean(error.requestId));
  await assert.rejects(new Triggers(URL, `zap_live_${"0".repeat(64)}`).getKey(), Unauthorized);
  await assert.rejects(triggers.getEvent("0198c0de-5a2f-7c41-9d3e-6b1f0a2c4d5e"), NotFound);
});

test("the limit is waited for", needed, async () => {
  const triggers = new Triggers(URL, await newKey("free"), { totalTime: 60 });
  await Promise.all(numbers(101).map((payload) => triggers.send("t", payload)));
  assert.equal((await collect(triggers.eachInbox({ limit: 1000 }))).length, 101);
});

test("endpoints", needed, async () => {
  const triggers = await client();
  const made = await triggers.createWebhook({ url: "https://example.com/hook", event_types: ["user.*"], signature: "ed25519" });
  assert(new Webhook(made.public_key));
  assert.equal((await triggers.changeWebhook(made.id, { description: "d" })).description, "d");
  assert.deepEqual((await collect(triggers.eachWebhooks())).map(({ id }) => id), [made.id]);
  assert.equal(await triggers.deleteWebhook(made.id), undefined);
});

async function leases(triggers) {
  try {
    await triggers.plain("POST", "/api/inbox/lease", {}, { limit: 1, lease_seconds: 1 }, true);
    return true;
  } catch (error) {
    assert(error instanceof ApiError);
    return false;
  }
}

async function modes(context, run) {
  for (const leaseSeconds of [null, 30]) {
    await context.test(leaseSeconds === null ? "polling" : "leasing", async (inner) => {
      if (leaseSeconds !== null && !await leases(await client())) {
        inner.skip("this service has no leases");
        return;
      }
      await run({ leaseSeconds, pollWait: 1 });
    });
  }
}

async function consume(triggers, count, handler, settings) {
  const consumer = triggers.inbox.consumer(handler, settings);
  const running = consumer.run();
  try {
    await until(() => consumer.result.acknowledged >= count);
  } finally {
    consumer.stop();
  }
  return running;
}

test("each event is handled once and acknowledged", needed, (context) => modes(context, async (mode) => {
  const triggers = await client();
  const ids = (await triggers.sendBatch(events(1500))).results.map(({ id }) => id);
  const seen = [];
  const result = await consume(triggers, 1500, (event) => { seen.push(event.id); }, { parallel: 4, ...mode });
  assert.deepEqual([...seen].sort(), [...ids].sort());
  assert.deepEqual(result.unacknowledged, []);
  assert.deepEqual(await collect(triggers.eachInbox()), []);
}));

test("what fails comes again, and what always fails is poison", needed, (context) => modes(context, async (mode) => {
  const triggers = await client();
  await triggers.sendBatch(events(20));
  const tries = new Map();
  const poison = [];
  const result = await consume(triggers, 20, ({ payload }) => {
    tries.set(payload, (tries.get(payload) ?? 0) + 1);
    if (payload === 7 || (payload === 3 && tries.get(payload) < 2)) {
      throw new Error("no");
    }
  }, { maxAttempts: 3, retryWait: 0.05, onPoison: (event, failure) => { poison.push([event.payload, failure.message]); return true; }, ...mode });
  assert.deepEqual([tries.get(3), tries.get(7), poison, result.poison.length], [2, 3, [[7, "no"]], 1]);
  assert.deepEqual(await collect(triggers.eachInbox()), []);
}));

test("stopping finishes what is under way", needed, (context) => modes(context, async (mode) => {
  const triggers = await client();
  await triggers.sendBatch(events(50));
  const stop = new AbortController();
  let seen = 0;
  const result = await triggers.inbox.consume(async () => {
    seen++;
    stop.abort();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }, { ...mode, signal: stop.signal });
  assert.deepEqual([seen, result.acknowledged], [1, 1]);
  assert.equal((await collect(triggers.eachInbox())).length, 49);
}));

test("the log is followed from where it was", needed, async () => {
  const triggers = await client();
  const ids = (await triggers.sendBatch(events(250))).results.map(({ id }) => id);
  const seen = [];
  const first = new AbortController();
  const cursor = await triggers.log.follow(({ id }) => { seen.push(id); }, { limit: 50, signal: first.signal, save: () => {
    if (seen.length >= 150) {
      first.abort();
    }
  } });
  assert.equal(seen.length, 150);
  const second = new AbortController();
  await triggers.log.follow(({ id }) => {
    if (seen.push(id) === 250) {
      second.abort();
    }
  }, { cursor, signal: second.signal });
  assert.deepEqual([...seen].sort(), [...ids].sort());
});

test("the service keeps the position", needed, async () => {
  const triggers = await client();
  await triggers.sendBatch(events(30));
  const seen = [];
  for (const end of [12, 30]) {
    const stop = new AbortController();
    await triggers.log.follow(({ payload }) => {
      if (seen.push(payload) === end) {
        stop.abort();
      }
    }, { consumer: "billing", limit: 6, signal: stop.signal });
    assert.equal(seen.length, end);
  }
  assert.deepEqual(sorted(seen), numbers(30));
});

test("a stream shows what is accepted", needed, async (context) => {
  const triggers = await client();
  const there = await triggers.plain("GET", "/api/stream", { kinds: "none" }, undefined, false).catch((error) => error);
  if (there instanceof NotFound) {
    context.skip("this service has no stream");
    return;
  }
  const cursor = (await triggers.readLog({ from: "latest" })).next_cursor;
  const sent = await triggers.send("user.created", { n: 1 });
  for await (const event of triggers.stream({ kinds: ["event.accepted"], cursor })) {
    assert.equal(event.data.id, sent.id);
    assert(event.cursor);
    break;
  }
});

test("a slow handler keeps its lease", needed, async () => {
  const triggers = await client();
  await triggers.send("t", 1);
  const until_ = async () => (await triggers.listLeases()).leases[0].leased_until;
  const consumer = triggers.inbox.consumer(async () => {
    try {
      const first = await until_();
      await until(async () => await until_() > first);
    } finally {
      consumer.stop();
    }
  }, { leaseSeconds: 6, pollWait: 1 });
  const result = await consumer.run();
  assert.deepEqual([result.handled, result.failed, result.acknowledged], [1, 0, 1]);
});
