import { readFileSync } from "node:fs";

export const README = readFileSync(new URL("../README.md", import.meta.url), "utf8");
export const SNIPPETS = [...README.matchAll(/(?:<!-- ([^>]+) -->\n)?```js\n([\s\S]*?)```/g)].map(([, kind = "", code]) => ({ kind, code }));
export const SECRET = `whsec_${"a".repeat(32)}`;
