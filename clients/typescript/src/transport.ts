import { AnswerTooLarge, ConnectionFailed, type Headers } from "./errors.js";

export interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: Uint8Array | null;
}

export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** What carries requests. Throws ConnectionFailed and AnswerTooLarge. */
export interface Transport {
  send(request: Request, timeoutMs: number, maxBytes: number): Promise<Answer>;
  /** An answer without an end, as lines; one that is no success as a whole answer. Silence of `idleMs` ends it. */
  lines(request: Request, timeoutMs: number, idleMs: number, maxBytes: number, signal?: AbortSignal): Promise<{ answer: Answer; lines: AsyncGenerator<string> | null }>;
}

const ERROR_BYTES = 65_536;

// What undici, Deno and Bun say where no connection was made; anything else may have arrived.
const NOT_CONNECTED = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused|CERT_|DEPTH_ZERO|SELF_SIGNED|ERR_TLS_CERT|ERR_SSL/;

/** The runtime's `fetch`, with a deadline and a bound. */
export class FetchTransport implements Transport {
  constructor(private readonly fetch: typeof globalThis.fetch = (...given) => globalThis.fetch(...given)) {}

  async send(request: Request, timeoutMs: number, maxBytes: number): Promise<Answer> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), timeoutMs);
    try {
      const response = await this.begin(request, abort);
      return answered(response, await body(response, maxBytes, abort));
    } finally {
      clearTimeout(timer);
    }
  }

  async lines(request: Request, timeoutMs: number, idleMs: number, maxBytes: number, signal?: AbortSignal): Promise<{ answer: Answer; lines: AsyncGenerator<string> | null }> {
    const abort = new AbortController();
    const ended = () => abort.abort();
    signal?.addEventListener("abort", ended, { once: true });
    if (signal?.aborted) {
      abort.abort();
    }
    const timer = setTimeout(ended, timeoutMs);
    try {
      const response = await this.begin(request, abort);
      if (response.status === 200) {
        return { answer: answered(response, new Uint8Array()), lines: lines(response, idleMs, maxBytes, abort) };
      }
      return { answer: answered(response, await body(response, maxBytes, abort)), lines: null };
    } finally {
      clearTimeout(timer);
    }
  }

  private async begin(request: Request, abort: AbortController): Promise<Response> {
    try {
      return await this.fetch(request.url, {
        method: request.method, headers: request.headers, body: request.body as BodyInit | null, redirect: "manual", signal: abort.signal,
      });
    } catch (failure) {
      if (abort.signal.aborted) {
        throw new ConnectionFailed("timeout", "no answer in time", { cause: failure });
      }
      const said = reasons(failure);
      throw new ConnectionFailed(NOT_CONNECTED.test(said) ? "connect" : "reset", said, { cause: failure });
    }
  }
}

function reasons(failure: unknown): string {
  const said: string[] = [];
  for (let one = failure; one instanceof Error && said.length < 8; one = one.cause) {
    const several = (one as { errors?: unknown }).errors;
    said.push(String((one as { code?: unknown }).code ?? ""), one.message, ...(Array.isArray(several) ? several.map(String) : []));
  }
  return said.filter(Boolean).join(" ") || String(failure);
}

function answered(response: Response, whole: Uint8Array): Answer {
  return {
    status: response.status,
    // Sorted and copied only where somebody looks: at a failure.
    get headers() {
      return Object.fromEntries(response.headers);
    },
    body: whole,
  };
}

async function body(response: Response, maxBytes: number, abort: AbortController): Promise<Uint8Array> {
  const most = response.ok ? maxBytes : Math.min(maxBytes, ERROR_BYTES);
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    if (response.body) {
      for await (const piece of chunks(response.body)) {
        pieces.push(piece);
        length += piece.length;
        if (length > most) {
          abort.abort();
          break;
        }
      }
    }
  } catch (failure) {
    throw abort.signal.aborted ? new ConnectionFailed("timeout", "the answer did not end in time", { cause: failure })
      : new ConnectionFailed("cut", reasons(failure), { cause: failure });
  }
  if (length > most && response.ok) {
    throw new AnswerTooLarge(`an answer of more than ${most} bytes`);
  }
  const whole = pieces.length === 1 ? pieces[0]! : new Uint8Array(length);
  if (pieces.length > 1) {
    let at = 0;
    for (const piece of pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
  }
  return whole.subarray(0, most);
}

// Safari and older runtimes cannot iterate a stream.
async function* chunks(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      yield read.value;
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

async function* lines(response: Response, idleMs: number, maxBytes: number, abort: AbortController): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  let timer = setTimeout(() => abort.abort(), idleMs);
  try {
    for await (const piece of chunks(response.body!)) {
      clearTimeout(timer);
      timer = setTimeout(() => abort.abort(), idleMs);
      const parts = (rest + decoder.decode(piece, { stream: true })).split("\n");
      rest = parts.pop() ?? "";
      if (rest.length > maxBytes) {
        throw new AnswerTooLarge(`a line of more than ${maxBytes} bytes`);
      }
      for (const line of parts) {
        yield line.endsWith("\r") ? line.slice(0, -1) : line;
      }
    }
  } catch (failure) {
    throw failure instanceof AnswerTooLarge ? failure
      : new ConnectionFailed(abort.signal.aborted ? "timeout" : "cut", reasons(failure), { cause: failure });
  } finally {
    clearTimeout(timer);
    abort.abort();
  }
}
