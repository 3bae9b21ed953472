// The behaviour that all libraries share.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";

import { BatchInterrupted, Misdirected, TriggersError, VERSION } from "triggers-api";
import { Webhook, WebhookError } from "triggers-api/webhook";
import { apiError, CODES } from "../dist/esm/errors.js";
import { OPERATIONS } from "../dist/esm/operations.js";
import { SECOND_LEVELS, SHARED_SUFFIXES } from "../dist/esm/redirect.js";
import { BASE, batch, call, camelled, CLIENTS, holds, isError, KEY, Script, vectors } from "./conformance.mjs";

const FILES = ["bounds", "operations", "pages", "problems", "redirects", "requests", "retries", "service", "signatures"];
const description = JSON.parse(readFileSync(new URL("../src/main/resources/static/openapi.json", CLIENTS), "utf8"));
const text = (bytes) => new TextDecoder().decode(bytes);

function each(name, known, run) {
  for (const vector of vectors(`${name}.json`).vectors) {
    test(`${name}: ${vector.name}`, async () => {
      for (const member of Object.keys(vector)) {
        assert(["name", ...known].includes(member), `a vector with members that this test does not know: ${member}`);
      }
      await run(vector);
    });
  }
}

async function failure(promise) {
  try {
    await promise;
  } catch (error) {
    if (error instanceof TriggersError) {
      return error;
    }
    throw error;
  }
  return null;
}

test("every file is read", () => {
  const found = readdirSync(new URL("conformance/", CLIENTS)).filter((name) => name.endsWith(".json"));
  assert.deepEqual(found.sort(), FILES.map((name) => `${name}.json`));
});

test("every operation has a verdict", () => {
  const named = Object.values(description.paths).flatMap((item) => Object.values(item)).map(({ operationId }) => operationId).filter(Boolean);
  const rows = vectors("operations.json").vectors.map(({ name }) => name);
  assert.deepEqual(named.filter((name) => !rows.includes(name)), []);
  assert.deepEqual(Object.keys(OPERATIONS).sort(), named.sort());
});

test("every problem has a verdict", () => {
  const { codes, statuses } = vectors("problems.json");
  assert.deepEqual(description.components.schemas.Problem.properties.code.enum.filter((code) => !(code in codes)), []);
  assert.deepEqual(Object.fromEntries(Object.entries(CODES).map(([code, kind]) => [code, kind.name])), codes);
  for (const [status, kind] of Object.entries(statuses)) {
    const one = { "4xx": 499, "5xx": 599, other: 302 }[status] ?? Number(status);
    assert.equal(apiError(one, {}, "", 0).name, kind, status);
  }
});

test("what is made from the description does not drift", () => {
  execFileSync("python3", [new URL("generate", CLIENTS).pathname, "--check"], { stdio: "pipe" });
});

test("the version is the package's", () => {
  assert.equal(VERSION, JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version);
});

each("requests", ["call", "with", "answer", "options", "expect", "absent_headers"], async (vector) => {
  const script = new Script([vector.answer]);
  const result = await call(script.client(vector.options), vector.call, vector.with);
  const [request] = script.requests;
  const expected = vector.expect.request;
  const [path, query = ""] = request.url.slice(new URL(request.url).origin.length).split("?");
  assert.deepEqual([request.method, path], [expected.method, expected.path]);
  assert.deepEqual(Object.fromEntries(new URLSearchParams(query)), expected.query ?? {});
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]));
  for (const [name, value] of Object.entries(expected.headers ?? {})) {
    if (value === "{agent}") {
      assert.equal(headers["user-agent"], `triggers-api-typescript/${VERSION} (Node.js ${process.versions.node})`);
      continue;
    }
    value === "{any}" ? assert(headers[name.toLowerCase()]) : assert.equal(headers[name.toLowerCase()], value.replace("{key}", KEY));
  }
  for (const name of vector.absent_headers ?? []) {
    assert(!(name.toLowerCase() in headers));
  }
  if ("body" in expected) {
    matches(expected.body, JSON.parse(text(request.body)), new Set());
  } else {
    assert.equal(request.body, null);
  }
  if (vector.expect.result) {
    holds(vector.expect.result, result);
  }
  if ("text" in vector.answer) {
    assert.equal(result, vector.answer.text);
  }
});

function matches(expected, found, made) {
  if (expected === "{made}") {
    assert(found.length >= 1 && found.length <= 255 && !made.has(found));
    made.add(found);
  } else if (Array.isArray(expected)) {
    assert.equal(found.length, expected.length);
    expected.forEach((one, index) => matches(one, found[index], made));
  } else if (typeof expected === "object" && expected !== null) {
    assert.deepEqual(Object.keys(found).sort(), Object.keys(expected).sort());
    Object.keys(expected).forEach((name) => matches(expected[name], found[name], made));
  } else {
    assert.equal(found, expected);
  }
}

each("retries", ["call", "with", "exchanges", "expect", "random", "now", "options", "expect_attempt_times"], async (vector) => {
  const script = new Script(vector.exchanges, vector.random, vector.now);
  let result;
  const error = await failure(call(script.client(vector.options), vector.call, vector.with).then((value) => { result = value; }));
  const { requests, waits = script.waits, same_body: same, error: expectedError, result: expectedResult, ...rest } = vector.expect;
  assert.deepEqual(rest, {});
  assert.equal(script.requests.length, requests);
  assert.equal(script.exchanges.length, 0);
  assert.equal(script.waits.length, waits.length, String(script.waits));
  waits.forEach((wanted, index) => {
    const [from, to] = Array.isArray(wanted) ? wanted : [wanted - 0.001, wanted + 0.001];
    assert(script.waits[index] >= from && script.waits[index] <= to, `${script.waits[index]} is not of ${from} to ${to}`);
  });
  vector.expect_attempt_times?.forEach((seconds, index) => assert(Math.abs(script.timeouts[index] - seconds) < 0.001));
  if (same) {
    assert.equal(new Set(script.requests.map(({ body }) => text(body))).size, 1);
  }
  if (expectedError) {
    assert(error, JSON.stringify(result));
    if (vector.call !== "sendBatch") {
      assert.equal(error.requests, requests);
    }
    isError(expectedError, error);
  } else {
    assert.equal(error, null);
    holds(expectedResult, result);
  }
});

each("problems", ["answer", "expect"], async (vector) => {
  isError(vector.expect, await failure(new Script([vector.answer]).client({ total_time: 0.1 }).getKey()));
});

each("pages", ["with", "pages", "take", "expect"], async (vector) => {
  const script = new Script(vector.pages.map(({ answer }) => answer));
  const items = [];
  const error = await failure((async () => {
    for await (const item of script.client().each(vector.with.operation, Object.values(vector.with.path ?? {}), vector.with.query)) {
      items.push(item.id);
      if (items.length === vector.take) {
        break;
      }
    }
  })());
  assert.deepEqual(items, vector.expect.items);
  assert.equal(script.requests.length, vector.expect.requests);
  script.requests.forEach(({ url }, index) => assert.deepEqual(Object.fromEntries(new URL(url).searchParams), vector.pages[index].query));
  assert.equal(error?.name, vector.expect.error?.class);
});

each("bounds", ["call", "with", "answer", "options", "expect"], async (vector) => {
  const { expect } = vector;
  if (vector.call !== "sendBatch") {
    const promise = call(new Script([vector.answer]).client(vector.options), vector.call, {});
    if (expect.error) {
      isError(expect.error, await failure(promise));
    } else {
      assert.equal((await promise).length, expect.length);
    }
    return;
  }
  const sizes = [];
  const accept = ({ body }) => {
    const { events } = JSON.parse(text(body));
    sizes.push([events.length, body.length]);
    return { status: 200, body: { results: events.map((_, index) => ({ index, status: "accepted", id: String(index) })) } };
  };
  const result = await new Script(Array(10).fill(accept)).client(vector.options).sendBatch(batch(vector.with));
  assert.deepEqual(sizes.map(([count]) => count), expect.batches);
  assert(sizes.every(([, size]) => size <= (expect.body_at_most ?? size)));
  assert.deepEqual(result.results.map(({ index }) => index), result.results.map((_, index) => index));
  assert.deepEqual([result.accepted, result.rejected], [expect.accepted ?? 0, expect.rejected ?? 0]);
  if (expect.statuses) {
    assert.deepEqual(result.results.map(({ status }) => status), expect.statuses);
  }
});

each("signatures", ["keys", "headers", "body", "body_base64", "now", "tolerance", "expect"], (vector) => {
  const body = vector.body_base64 === undefined ? Buffer.from(vector.body) : Buffer.from(vector.body_base64, "base64");
  const make = () => new Webhook(vector.keys, { now: () => vector.now, ...(vector.tolerance ? { tolerance: vector.tolerance } : {}) });
  const isPart = (error) => error instanceof WebhookError && error.part === vector.expect.part;
  if (vector.expect.part === "key") {
    assert.throws(make, isPart);
  } else if (vector.expect.part) {
    const webhook = make();
    assert.throws(() => webhook.verify(vector.headers, body), isPart);
  } else {
    holds(vector.expect.event, make().verify(vector.headers, body));
    holds(vector.expect.event, make().verify(new Headers(vector.headers), body));
  }
});

each("redirects", ["base_url", "hosts", "location", "where", "then", "expect"], async (vector) => {
  const to = { status: 421, headers: {}, body: { status: 421, code: "misdirected", detail: "d" } };
  if (vector.location !== null) {
    vector.where === "header" ? to.headers.Location = vector.location : to.body.location = vector.location;
  }
  const script = new Script([to, vector.then === 421 ? to : { status: 200, body: { tier: "pro" } }]);
  const error = await failure(script.client({ base_url: vector.base_url, hosts: vector.hosts ?? [] }).getKey());
  assert.equal(error instanceof Misdirected, vector.expect.to === null || vector.then === 421);
  assert.deepEqual(script.requests.slice(1).map(({ url }) => new URL(url).origin), vector.expect.to === null ? [] : [vector.expect.to]);
  assert(script.requests.every(({ url }) => new URL(url).pathname === "/api/keys"));
});

test("suffixes are the shared ones", () => {
  const table = vectors("redirects.json");
  assert.deepEqual([...SHARED_SUFFIXES].sort(), [...table.shared_suffixes].sort());
  assert.deepEqual([...SECOND_LEVELS].sort(), [...table.second_levels].sort());
});

test("the agent names library, version and runtime, and nothing shows the key", async () => {
  const script = new Script([{ status: 200, body: {} }]);
  const client = script.client();
  await client.getKey();
  assert.match(script.requests[0].headers["User-Agent"], /^triggers-api-typescript\/[\d.]+ \(Node\.js [\d.]+\)$/);
  const { inspect } = await import("node:util");
  assert(!inspect(client).includes(KEY) && !JSON.stringify(client).includes(KEY) && inspect(client).includes(BASE));
});

test("what is left of a batch can be sent again", async () => {
  const script = new Script([{ failure: "reset" }, { status: 200, body: { results: [{ index: 0, status: "duplicate", id: "1" }] } }]);
  const client = script.client({ total_time: 0.1 });
  const error = await failure(client.sendBatch([{ type: "t", payload: 1 }]));
  assert(error instanceof BatchInterrupted);
  assert.equal((await client.sendBatch(error.remaining)).results[0].id, "1");
  const [first, second] = script.requests.map(({ body }) => text(body));
  assert.equal(first, second);
});

test("options are spelled as here", () => {
  assert.deepEqual(camelled({ max_batch_events: 1 }), { maxBatchEvents: 1 });
});
