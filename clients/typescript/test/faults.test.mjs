// The service slow, limited, its answers lost, killed and restarted, in the middle of everything: nothing is lost, nothing is done twice.
import assert from "node:assert/strict";
import test from "node:test";

import { Triggers } from "triggers-api";
import { controlled, faults, FAULTY, newKey, until } from "./service.mjs";

const numbers = (count, from = 0) => Array.from({ length: count }, (_, number) => from + number);
const sorted = (list) => [...list].sort((a, b) => a - b);

/** Sends, consumes, follows and streams, side by side. */
class Run {
  sent = 0;
  over = false;
  stop = new AbortController();
  handled = [];
  followed = [];
  streamed = [];
  heard = [];

  static async begin(leaseSeconds) {
    const run = new Run();
    run.leaseSeconds = leaseSeconds;
    run.key = await newKey("enterprise", FAULTY);
    run.client = new Triggers(FAULTY, run.key, { totalTime: 240, attemptTime: 1, maxBatchEvents: 40 });
    run.start = (await run.client.readLog()).next_cursor;
    const { signal } = run.stop;
    run.consumer = run.client.inbox.consumer(({ payload }) => { run.handled.push(payload); }, {
      parallel: 2, pollWait: 2, leaseSeconds, signal, onError: (failure) => run.heard.push(failure),
    });
    run.ended = Promise.all([run.send(), run.consumer.run(), run.client.log.follow(({ payload }) => { run.followed.push(payload); }, { cursor: run.start, signal }),
      run.listen(signal)]);
    run.ended.catch((failure) => { run.failure = failure; });
    return run;
  }

  async send() {
    while (!this.over) {
      const result = await this.client.sendBatch(numbers(100, this.sent).map((payload) => ({ type: "t", payload })));
      assert.deepEqual([result.accepted, result.duplicates, result.rejected], [100, 0, 0]);
      this.sent += 100;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    this.whole = true;
  }

  async listen(signal) {
    for await (const { data } of this.client.stream({ kinds: ["event.accepted"], cursor: this.start, signal })) {
      this.streamed.push(data.payload);
    }
  }

  done() {
    if (this.failure) {
      throw this.failure;
    }
    return this.whole && Math.min(this.followed.length, this.streamed.length, this.consumer.result.acknowledged) >= this.sent;
  }
}

test("nothing is lost and nothing is done twice", { ...controlled, timeout: 900_000 }, async () => {
  const runs = await Promise.all([Run.begin(null), Run.begin(5)]);
  try {
    await check(runs);
  } finally {
    // What is still under way would hold the process.
    runs.forEach((run) => {
      run.over = true;
      run.stop.abort();
    });
  }
});

async function check(runs) {
  await until(() => runs.every(({ handled, followed, streamed }) => handled.length && followed.length && streamed.length), 240);
  const met = await faults(runs.map(({ key }) => key));
  runs.forEach((run) => { run.over = true; });
  await until(() => runs.every((run) => run.done()), 240);
  for (const run of runs) {
    run.stop.abort();
    await run.ended;
    assert.deepEqual(run.consumer.result.unacknowledged, []);
    // Posted once, followed once, streamed once.
    assert.deepEqual(sorted(run.followed), numbers(run.sent));
    assert.deepEqual(sorted(run.streamed), numbers(run.sent));
    assert.deepEqual(sorted(new Set(run.handled)), numbers(run.sent));
    // Twice only where a lease ended meanwhile, which was said.
    assert(run.handled.length === run.sent || (run.leaseSeconds && run.heard.length > 0));
    assert.equal((await run.client.listInbox()).count, 0);
    for (const fault of ["slow", "limited", "lost", "killed", "restarted"]) {
      const taking = run.leaseSeconds ? "POST /api/inbox/lease" : "GET /api/inbox";
      const consuming = ["limited", "lost"].includes(fault) ? [taking, "POST /api/ack"] : ["consuming"];
      for (const kind of ["POST /api/events/batch", "GET /api/events", ...consuming]) {
        assert(met[fault][run.key][kind] > 0, `${fault}: ${kind}`);
      }
    }
  }
}
