// Every operation, against the real service: the steps of service.json.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import test from "node:test";

import { Triggers, TriggersError } from "triggers-api";
import { vectors } from "./conformance.mjs";
import { ADMIN_TOKEN, ADMIN_URL, needed, until, URL } from "./service.mjs";

const STEPS = vectors("service.json").vectors;
const KNOWN = ["name", "call", "with", "key", "admin_token", "until", "expect", "keep"];

function filled(value, kept) {
  if (Array.isArray(value)) {
    return value.map((one) => filled(one, kept));
  }
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filled(one, kept)]));
  }
  return typeof value === "string" ? value.replace(/\{(\w+)\}/g, (whole, name) => kept[name] ?? whole) : value;
}

const camel = (name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
const member = (found, name) => found?.[name] ?? found?.[camel(name)];

function holds(expected, found) {
  if (expected === "{any}") {
    assert(found);
  } else if (Array.isArray(expected)) {
    assert.equal(found.length, expected.length);
    expected.forEach((one, index) => holds(one, found[index]));
  } else if (expected !== null && typeof expected === "object") {
    Object.entries(expected).forEach(([name, value]) => holds(value, member(found, name)));
  } else {
    assert.equal(found ?? null, expected);
  }
}

async function collect(walk, most = Infinity) {
  const found = [];
  for await (const one of walk) {
    found.push(one);
    if (found.length === most) {
      break;
    }
  }
  return found;
}

async function call({ call: name, with: given, key = "{key}", admin_token: token }, kept) {
  const adminToken = filled(token, kept) || null;
  const triggers = new Triggers(token === undefined ? URL : ADMIN_URL, filled(key, kept) || null, { totalTime: 60, adminToken });
  const { path = {}, query, operation, type, payload_depth: depth, ...rest } = filled(given, kept);
  if (name === "send") {
    return triggers.send(type, JSON.parse("[".repeat(depth) + "]".repeat(depth)));
  }
  if (name === "openStream") {
    return (await collect(triggers.stream({ ...query, kinds: query.kinds.split(",") }), 1))[0];
  }
  if (name === "each") {
    return collect(triggers[operation.replace("list", "each")](query));
  }
  return triggers[name](...Object.values(path), ...("body" in rest ? [rest.body] : []), ...(query ? [query] : []));
}

async function check(step, kept) {
  const { result, error } = filled(step.expect, kept);
  let found;
  try {
    found = await call(step, kept);
  } catch (failure) {
    if (!(failure instanceof TriggersError) || error === undefined) {
      throw failure;
    }
    const { class: kind, ...members } = error;
    assert.equal(failure.name, kind);
    holds(members, failure);
    return;
  }
  assert.equal(error, undefined);
  if (result !== undefined) {
    holds(result, found);
  }
  for (const [name, place] of Object.entries(step.keep ?? {})) {
    kept[name] = place.split(".").reduce(member, found);
  }
}

test("every operation has a step", () => {
  const called = new Set(STEPS.map(({ call: name }) => name));
  assert.deepEqual(vectors("operations.json").vectors.map(({ name }) => name).filter((name) => !called.has(name)), []);
});

test("every operation", { ...needed, timeout: 300_000 }, async () => {
  const kept = { service: URL, name: `typescript ${randomUUID()}`, admin_token: ADMIN_TOKEN };
  for (const step of STEPS.filter((one) => ADMIN_URL || !("admin_token" in one))) {
    assert(Object.keys(step).every((name) => KNOWN.includes(name)), "a step with members that this test does not know");
    let last;
    const passes = () => check(step, kept).then(() => true, (failure) => {
      last = failure;
      return false;
    });
    if (step.until ? !await until(passes, 60).then(() => true, () => false) : !await passes()) {
      throw new Error(step.name, { cause: last });
    }
  }
});
