// The vectors, and what plays them: a scripted transport and a clock of its own.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import * as library from "triggers-api";

export const CLIENTS = new URL("../../", import.meta.url);
export const BASE = "https://api.example.com";
export const KEY = `zap_test_${"0".repeat(64)}`;

export function vectors(name) {
  return JSON.parse(readFileSync(new URL(`conformance/${name}`, CLIENTS), "utf8"));
}

const camel = (name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
export const camelled = (members) => Object.fromEntries(Object.entries(members).map(([name, value]) => [camel(name), value]));

/** Answers each request with the next exchange; also the clock. */
export class Script {
  constructor(exchanges, random, now) {
    Object.assign(this, { exchanges: [...exchanges], random: random && [...random], requests: [], waits: [], timeouts: [], time: 0 });
    this.now = now ? Date.parse(now) / 1000 : 1767225600;
    this.clock = {
      monotonic: () => this.time,
      wall: () => this.now + this.time,
      random: () => this.random ? this.random.shift() : 0.5,
      sleep: async (seconds) => {
        this.waits.push(seconds);
        this.time += seconds;
      },
    };
  }

  async send(request, timeoutMs, most) {
    assert(this.exchanges.length > 0, `a request too many: ${request.url}`);
    let exchange = this.exchanges.shift();
    this.requests.push(request);
    this.timeouts.push(timeoutMs / 1000);
    if (typeof exchange === "function") {
      exchange = exchange(request);
    }
    if (exchange.failure) {
      this.time += exchange.failure === "timeout" ? timeoutMs / 1000 : 0;
      throw new library.ConnectionFailed(exchange.failure, "as the script says");
    }
    return answer(exchange, most);
  }

  client(options = {}) {
    const { base_url: base = BASE, ...rest } = options;
    return new library.Triggers(base, KEY, { ...camelled(rest), transport: this, clock: this.clock });
  }
}

function answer(exchange, most) {
  const text = "body" in exchange ? JSON.stringify(exchange.body)
    : exchange.body_repeat ? exchange.body_repeat.text.repeat(exchange.body_repeat.times) : exchange.text ?? "";
  const body = new TextEncoder().encode(text);
  if (body.length > most && exchange.status < 300) {
    throw new library.AnswerTooLarge("too large");
  }
  const headers = Object.fromEntries(Object.entries(exchange.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  return { status: exchange.status, headers, body: body.subarray(0, most) };
}

export function call(client, name, given) {
  if (name === "send") {
    const { type, payload, ...rest } = given;
    return client.send(type, payload, rest);
  }
  if (name === "sendBatch") {
    return client.sendBatch(batch(given));
  }
  const query = given.query && [given.query];
  return client[name](...Object.values(given.path ?? {}), ...("body" in given ? [given.body] : []), ...(query ?? []));
}

export function batch(given) {
  if (given.events) {
    return given.events;
  }
  if (given.events_repeat) {
    return Array.from({ length: given.events_repeat.times }, () => ({ ...given.events_repeat.event }));
  }
  return given.payload_sizes.map((size) => ({ type: "t", payload: "a".repeat(size) }));
}

/** These members at least. */
export function holds(expected, found) {
  for (const [name, value] of Object.entries(expected)) {
    const one = name in found ? found[name] : found[camel(name)];
    if (Array.isArray(value) && typeof value[0] === "object") {
      assert.equal(one.length, value.length);
      value.forEach((each, index) => holds(each, one[index]));
    } else {
      assert.deepEqual(one, value, name);
    }
  }
}

export function isError(expected, error) {
  const { class: kind, cause, statuses, remaining, detail_length: length, ...members } = expected;
  assert.equal(error.constructor, library[kind], String(error));
  assert.equal(error.name, kind);
  if (cause) {
    assert.equal(error.cause.name, cause);
  }
  if (statuses) {
    assert.deepEqual(error.results.map(({ status }) => status), statuses);
  }
  if (remaining !== undefined) {
    assert.equal(error.remaining.length, remaining);
  }
  if (length !== undefined) {
    assert.equal(error.detail.length, length);
  }
  holds(members, error);
}
