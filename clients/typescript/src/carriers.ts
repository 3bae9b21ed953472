import type * as http from "node:http";

import { HttpTransport, type Begun, type Carrier } from "./transport.js";

/** Node's own client, which takes less than half of what its `fetch` does; elsewhere the runtime's `fetch`. */
export function carrier(): Carrier {
  const { process } = globalThis as { process?: { release?: { name?: string }; getBuiltinModule?: (name: string) => typeof http } };
  // Deno and Bun have Node's modules too, written upon what their fetch is.
  const node = process?.release?.name === "node" && !("Deno" in globalThis) && !("Bun" in globalThis);
  // Asked for, not imported: a bundler for a browser finds nothing that it lacks. Node has it since 20.16.
  return node && process.getBuiltinModule ? byNode(process.getBuiltinModule("node:http"), process.getBuiltinModule("node:https")) : byFetch();
}

/** The runtime's `fetch`, or one like it. */
export class FetchTransport extends HttpTransport {
  constructor(fetch?: typeof globalThis.fetch) {
    super(byFetch(fetch));
  }
}

function byFetch(fetch: typeof globalThis.fetch = (...given) => globalThis.fetch(...given)): Carrier {
  return async ({ method, url, headers, body }, cut) => {
    const abort = new AbortController();
    cut.by(() => abort.abort());
    const response = await fetch(url, { method, headers, body: body as BodyInit | null, redirect: "manual", signal: abort.signal });
    return { status: response.status, headers: () => Object.fromEntries(response.headers), pieces: chunks(response.body) };
  };
}

// Safari and older runtimes cannot iterate a stream.
async function* chunks(stream: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (stream === null) {
    return;
  }
  const reader = stream.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      yield read.value;
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

function byNode(plain: typeof http, secure: typeof http): Carrier {
  const ways = { "http:": { client: plain, agent: new plain.Agent({ keepAlive: true }) }, "https:": { client: secure, agent: new secure.Agent({ keepAlive: true }) } };
  return ({ method, url, headers, body }, cut) => new Promise<Begun>((resolve, reject) => {
    const target = new URL(url);
    const { client, agent } = ways[target.protocol as keyof typeof ways];
    const length = body !== null || method === "POST" || method === "PUT" || method === "PATCH" ? { "Content-Length": body?.length ?? 0 } : {};
    const outgoing = client.request(target, { method, agent, headers: { ...headers, ...length } })
      .on("response", (incoming) => resolve({ status: incoming.statusCode!, headers: () => joined(incoming.headers), pieces: incoming }))
      .on("error", reject);
    cut.by(() => outgoing.destroy(new Error("cut")));
    outgoing.end(body);
  });
}

function joined(headers: http.IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value ?? ""]));
}
