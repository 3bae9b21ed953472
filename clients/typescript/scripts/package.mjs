// Packs the package, installs it into an empty folder, and uses it from ES modules, CommonJS and TypeScript.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("..", import.meta.url));
const work = process.env.TRIGGERS_WORK ?? mkdtempSync(join(tmpdir(), "triggers-package-"));
mkdirSync(work, { recursive: true });
const run = (program, ...given) => execFileSync(program, given, { cwd: work, stdio: ["ignore", "pipe", "inherit"], encoding: "utf8" });

try {
  const packed = JSON.parse(execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", work], { cwd: folder, encoding: "utf8" }))[0];
  const files = packed.files.map(({ path }) => path);
  for (const name of ["LICENSE", "README.md", "CHANGELOG.md", "dist/esm/index.js", "dist/cjs/index.js", "dist/cjs/package.json", "dist/esm/index.d.ts"]) {
    if (!files.includes(name)) {
      throw new Error(`${name} is not in the package`);
    }
  }
  writeFileSync(join(work, "package.json"), '{ "private": true }');
  run("npm", "install", "--offline", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error", join(work, packed.filename));
  const use = 'if (typeof Triggers !== "function" || !(new Triggers("http://127.0.0.1:1") instanceof Operations) || typeof Webhook !== "function") throw new Error("no");';
  writeFileSync(join(work, "esm.mjs"), `import { Operations, Triggers } from "triggers-api"; import { Webhook } from "triggers-api/webhook"; import "triggers-api/express"; import "triggers-api/fastify"; import "triggers-api/hono"; ${use}`);
  writeFileSync(join(work, "cjs.cjs"), `const { Operations, Triggers } = require("triggers-api"); const { Webhook } = require("triggers-api/webhook"); require("triggers-api/hono"); ${use}`);
  const typed = `
import { Triggers, type InboxItem, ApiError } from "triggers-api";
import { Webhook, type Delivery } from "triggers-api/webhook";
async function main(): Promise<void> {
  const triggers = new Triggers("http://127.0.0.1:1", "k", { totalTime: 1 });
  for await (const event of triggers.eachInbox({ status: "failed" })) { const item: InboxItem = event; void item; }
  // @ts-expect-error there is no such status
  await triggers.listInbox({ status: "nonsense" });
  const delivery: Delivery = new Webhook("whsec_aaaa").verify({}, new Uint8Array());
  void delivery; void ApiError;
}
void main;
`;
  writeFileSync(join(work, "typed.mts"), typed);
  writeFileSync(join(work, "typed.cts"), typed);
  run(process.execPath, "esm.mjs");
  run(process.execPath, "cjs.cjs");
  run(process.execPath, createRequire(import.meta.url).resolve("typescript/lib/tsc.js"), "--noEmit", "--strict", "--exactOptionalPropertyTypes",
    "--module", "nodenext", "--target", "es2022", "--lib", "es2022,dom", "typed.mts", "typed.cts");
} finally {
  if (!process.env.TRIGGERS_WORK) {
    rmSync(work, { recursive: true, force: true });
  }
}
