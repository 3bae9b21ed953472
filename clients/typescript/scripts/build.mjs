// Twice: as ES modules, and as CommonJS, whose folder says so.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("..", import.meta.url));
const compiler = createRequire(import.meta.url).resolve("typescript/lib/tsc.js");
const tsc = (...options) => execFileSync(process.execPath, [compiler, ...options], { cwd: folder, stdio: "inherit" });

rmSync(`${folder}/dist`, { recursive: true, force: true });
tsc("-p", "tsconfig.json");

// TypeScript takes the kind of module from the nearest package.json.
const build = `${folder}/build/cjs`;
rmSync(`${folder}/build`, { recursive: true, force: true });
mkdirSync(build, { recursive: true });
cpSync(`${folder}/src`, `${build}/src`, { recursive: true });
writeFileSync(`${build}/package.json`, '{ "type": "commonjs" }\n');
writeFileSync(`${build}/tsconfig.json`, JSON.stringify({
  extends: "../../tsconfig.json",
  compilerOptions: { rootDir: "src", outDir: "../../dist/cjs" },
  include: ["src"],
}));
tsc("-p", "build/cjs/tsconfig.json");
rmSync(`${folder}/build`, { recursive: true, force: true });
writeFileSync(`${folder}/dist/cjs/package.json`, '{ "type": "commonjs" }\n');
