// What is between the client and the network: connections that are broken, slow, endless.
import assert from "node:assert/strict";
import { createServer } from "node:net";
import test from "node:test";

import { AnswerTooLarge, ConnectionFailed, Triggers } from "triggers-api";

/** By Node's own client, and by `fetch`, which other runtimes have alone. */
function both(name, run) {
  for (const [carrier, chosen] of [["Node's client", {}], ["fetch", { fetch: globalThis.fetch }]]) {
    test(`${name}, by ${carrier}`, (context) => run(context, (url, options = {}) => new Triggers(url, "k", { ...options, ...chosen })));
  }
}

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const ok = (body = "{}") => `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

/** Answers each request with the next list of pieces: texts, milliseconds to wait, null to close. */
async function stub(context, ...answers) {
  const requests = [];
  const sockets = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
    let text = "";
    socket.on("data", async (data) => {
      text += data;
      const end = text.indexOf("\r\n\r\n");
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
      if (end < 0 || text.length < end + 4 + length) {
        return;
      }
      requests.push(text);
      text = "";
      for (const piece of answers.shift() ?? [null]) {
        if (typeof piece === "number") {
          await wait(piece);
        } else if (piece === null) {
          socket.end();
        } else {
          socket.write(piece);
        }
      }
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(() => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  });
  return { url: `http://127.0.0.1:${server.address().port}`, requests, connections: () => sockets.length };
}

const SHORT = { totalTime: 0.4, attemptTime: 0.4 };
const DRIP = ["HTTP/1.1 200 OK\r\n", ...Array.from({ length: 40 }, (_, n) => [100, `X-${n}: 1\r\n`]).flat()];

for (const [name, answer, kind] of [
  ["closed", [null], "reset"],
  ["nonsense", ["nonsense\r\n\r\n", null], "reset"],
  ["cut", ["HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{", 20, null], "cut"],
  ["cut in a chunk", [`${CHUNKED}5\r\n{`, 20, null], "cut"],
  ["silent", [5000], "timeout"],
  ["a drip of headers", DRIP, "timeout"],
  ["silent in the body", ["HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{", 5000], "timeout"],
]) {
  both(`an answer that does not come whole: ${name}`, async (context, client) => {
    const { url } = await stub(context, ...Array(20).fill(answer));
    // What would make a second one is not repeated: it fails at once, however busy the machine is.
    const call = kind === "timeout" ? client(url, SHORT).getKey() : client(url).createWebhook({ url: "https://example.com" });
    await assert.rejects(call, (error) => error instanceof ConnectionFailed && error.kind === kind);
  });
}

both("nobody there", async (context, client) => {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  await assert.rejects(client(`http://127.0.0.1:${port}`, { totalTime: 3 }).createWebhook({ url: "https://example.com" }),
    (error) => error instanceof ConnectionFailed && error.kind === "connect" && error.requests >= 2);
});

both("bounds", async (context, client) => {
  const chunk = `64\r\n${"a".repeat(100)}\r\n`;
  const { url } = await stub(context, [ok("a".repeat(1001)), null], [CHUNKED + chunk.repeat(20), null],
    [`HTTP/1.1 200 OK\r\n\r\n${"a".repeat(2000)}`, null], [ok("a".repeat(1000)), null]);
  const bounded = client(url, { maxAnswerBytes: 1000 });
  for (let n = 0; n < 3; n++) {
    await assert.rejects(bounded.metrics(), AnswerTooLarge);
  }
  assert.equal((await bounded.metrics()).length, 1000);
});

both("connections are kept", async (context, client) => {
  const { url, connections } = await stub(context, ...Array(6).fill([ok()]));
  const one = client(url);
  for (let n = 0; n < 6; n++) {
    await one.getKey();
  }
  // fetch may tell of an answer's end before it gives its connection back.
  assert(connections() <= 2);
});

both("redirects are not followed", async (context, client) => {
  const { url, requests } = await stub(context, ["HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"]);
  await assert.rejects(client(url).getKey(), (error) => error.status === 302);
  assert.equal(requests.length, 1);
});

test("what would split a request is refused", async () => {
  assert.throws(() => new Triggers("http://127.0.0.1:1", "a\r\nX: y"), TypeError);
  assert.throws(() => new Triggers("ftp://127.0.0.1"), TypeError);
  await assert.rejects(new Triggers("http://127.0.0.1:1", "k").getEvent(".."), TypeError);
});

both("a stream goes on where it was", async (context, client) => {
  const head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
  const { url, requests } = await stub(context,
    [`${head}: hello\nretry: 1\n\nevent: event.acc`, 20, "epted\nid: c1\ndata: {\"id\":\ndata: 1}\n\n", null],
    [`${head}event: stream.lagging\ndata: {"cursor": "c2"}\n\n`, null],
    [`${head}event: attempt.finished\r\ndata: {}\r\n\r\n`, null]);
  const found = [];
  for await (const event of client(url).stream({ kinds: ["event.accepted", "attempt.finished"], payloads: false })) {
    found.push(event);
    if (found.length === 2) {
      break;
    }
  }
  assert.deepEqual(found, [{ kind: "event.accepted", data: { id: 1 }, cursor: "c1" }, { kind: "attempt.finished", data: {}, cursor: null }]);
  assert(requests[0].startsWith("GET /api/stream?kinds=event.accepted%2Cattempt.finished&payloads=false HTTP/1.1\r\n"));
  assert.match(requests[0], /accept: text\/event-stream/i);
  assert.match(requests[1], /last-event-id: c1/i);
  assert.match(requests[2], /last-event-id: c2/i);
});

both("the trace of the caller is passed on", async (context, client) => {
  const { context: contexts, propagation, trace, TraceFlags } = await import("@opentelemetry/api");
  const { AsyncLocalStorage } = await import("node:async_hooks");
  const storage = new AsyncLocalStorage();
  const { ROOT_CONTEXT } = await import("@opentelemetry/api");
  contexts.setGlobalContextManager({
    active: () => storage.getStore() ?? ROOT_CONTEXT, with: (one, run) => storage.run(one, run), bind: (_, run) => run,
    enable() { return this; }, disable() { return this; },
  });
  propagation.setGlobalPropagator({
    inject: (one, carrier, setter) => {
      const span = trace.getSpanContext(one);
      if (span) {
        setter.set(carrier, "traceparent", `00-${span.traceId}-${span.spanId}-01`);
      }
    },
    extract: (one) => one, fields: () => ["traceparent"],
  });
  context.after(() => { contexts.disable(); propagation.disable(); });
  const { url, requests } = await stub(context, [ok()], [ok()]);
  const one = client(url);
  const span = trace.wrapSpanContext({ traceId: "1".repeat(32), spanId: "2".repeat(16), traceFlags: TraceFlags.SAMPLED });
  await contexts.with(trace.setSpan(ROOT_CONTEXT, span), () => one.getKey());
  await one.getKey();
  assert.match(requests[0], new RegExp(`traceparent: 00-${"1".repeat(32)}-${"2".repeat(16)}-01`));
  assert.doesNotMatch(requests[1], /traceparent/);
});
