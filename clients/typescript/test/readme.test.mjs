// Every snippet of the README, as it stands there.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createHmac } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import test from "node:test";

import { Triggers } from "triggers-api";
import { README, SECRET, SNIPPETS } from "./readme.mjs";
import { needed, newKey, until, URL as SERVICE } from "./service.mjs";

const folder = fileURLToPath(new URL("..", import.meta.url));

function file(context, code) {
  // Inside the package, which then finds itself by its name.
  const place = mkdtempSync(join(folder, "build-snippet-"));
  context.after(() => rmSync(place, { recursive: true, force: true }));
  writeFileSync(join(place, "snippet.mjs"), code);
  return join(place, "snippet.mjs");
}

test("all are found", () => {
  assert.equal(SNIPPETS.length, README.match(/```js/g).length);
});

for (const [number, { kind, code }] of SNIPPETS.entries()) {
  if (["", "until SIGTERM"].includes(kind)) {
    test(`snippet ${number + 1} runs`, { ...needed, timeout: 180_000 }, async (context) => {
      const key = await newKey();
      const triggers = new Triggers(SERVICE, key);
      await triggers.send("user.created", { seen: "by the snippet" });
      const path = file(context, code);
      const position = `${path}.position`;
      const process_ = spawn(process.execPath, [path], { env: { ...process.env, TRIGGERS_KEY: key, TRIGGERS_SECRET: SECRET, POSITION: position } });
      let out = "";
      let err = "";
      process_.stdout.on("data", (data) => { out += data; });
      process_.stderr.on("data", (data) => { err += data; });
      const ended = new Promise((resolve) => process_.once("close", resolve));
      if (kind) {
        await until(() => out.includes("by the snippet"));
        await until(async () => existsSync(position) || (await triggers.listInbox()).count === 0);
        process_.kill("SIGTERM");
      }
      assert.equal(await ended, 0, err);
      assert.equal(err, "");
      assert(out);
    });
  }
}

const BODY = '{"id":"1","type":"user.created","timestamp":"2026-01-01T00:00:00Z","data":1}';

function signed(at = Math.floor(Date.now() / 1000)) {
  const mac = createHmac("sha256", Buffer.from(SECRET.slice(6), "base64")).update(`1.${at}.${BODY}`).digest("base64");
  return { "webhook-id": "1", "webhook-timestamp": String(at), "webhook-signature": `v1,${mac}`, "content-type": "application/json" };
}

async function checks(context, post) {
  const said = [];
  context.mock.method(console, "log", (text) => said.push(text));
  assert.equal((await post(signed(), BODY)).status, 204);
  assert.deepEqual(said, ["user.created"]);
  for (const [headers, body, part] of [[signed(), `${BODY} `, "signature"], [{}, BODY, "webhook-id"], [signed(1), BODY, "too-old"]]) {
    const refused = await post({ "content-type": "application/json", ...headers }, body);
    assert.equal(refused.status, 401);
    assert.equal((await refused.json()).part, part);
  }
  assert.equal(said.length, 1);
}

const application = async (context, name) => {
  process.env.TRIGGERS_SECRET = SECRET;
  return (await import(pathToFileURL(file(context, SNIPPETS.find(({ kind }) => kind === name).code)).href)).app;
};

test("express", async (context) => {
  const app = await application(context, "express");
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  context.after(() => server.close());
  await checks(context, (headers, body) => fetch(`http://127.0.0.1:${server.address().port}/hook`, { method: "POST", headers: { connection: "close", ...headers }, body }));
});

const fastify5 = { skip: parseInt(process.versions.node, 10) < 20 ? "Fastify 5 needs Node.js 20" : false };

test("fastify", fastify5, async (context) => {
  const app = await application(context, "fastify");
  context.after(() => app.close());
  await checks(context, async (headers, payload) => {
    const answer = await app.inject({ method: "POST", url: "/hook", headers, payload });
    return { status: answer.statusCode, json: async () => answer.json() };
  });
});

test("hono", async (context) => {
  const app = await application(context, "hono");
  await checks(context, (headers, body) => app.request("/hook", { method: "POST", headers, body }));
});
