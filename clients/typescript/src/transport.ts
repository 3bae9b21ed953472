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

// What Node, Deno and Bun say where no connection was made; anything else may have arrived.
const NOT_CONNECTED = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused|CERT_|DEPTH_ZERO|SELF_SIGNED|ERR_TLS_CERT|ERR_SSL/;

/** An answer whose body is still to come. */
export interface Begun {
  readonly status: number;
  /** Names in lower case. */
  headers(): Headers;
  readonly pieces: AsyncIterable<Uint8Array>;
}

/** Begins one exchange, which `cut` may end; redirects are answers. */
export type Carrier = (request: Request, cut: Cut) => Promise<Begun>;

/** Ends an exchange before its time. An AbortController is the same at twenty times the price. */
export class Cut {
  done = false;
  private end: () => void = () => undefined;

  /** Says how; at once, if it has been asked for already. */
  by(end: () => void): void {
    this.end = end;
    if (this.done) {
      end();
    }
  }

  now(): void {
    if (!this.done) {
      this.done = true;
      this.end();
    }
  }
}

/** One exchange after the other, each with a deadline and a bound. */
export class HttpTransport implements Transport {
  constructor(private readonly carrier: Carrier) {}

  async send(request: Request, timeoutMs: number, maxBytes: number): Promise<Answer> {
    const cut = new Cut();
    const timer = setTimeout(() => cut.now(), timeoutMs);
    try {
      const begun = await this.begin(request, cut);
      return answered(begun, await body(begun, maxBytes, cut));
    } finally {
      clearTimeout(timer);
    }
  }

  async lines(request: Request, timeoutMs: number, idleMs: number, maxBytes: number, signal?: AbortSignal): Promise<{ answer: Answer; lines: AsyncGenerator<string> | null }> {
    const cut = new Cut();
    const ended = () => cut.now();
    signal?.addEventListener("abort", ended, { once: true });
    if (signal?.aborted) {
      cut.now();
    }
    const timer = setTimeout(ended, timeoutMs);
    try {
      const begun = await this.begin(request, cut);
      if (begun.status === 200) {
        return { answer: answered(begun, new Uint8Array()), lines: lines(begun, idleMs, maxBytes, cut) };
      }
      return { answer: answered(begun, await body(begun, maxBytes, cut)), lines: null };
    } finally {
      clearTimeout(timer);
    }
  }

  private async begin(request: Request, cut: Cut): Promise<Begun> {
    try {
      return await this.carrier(request, cut);
    } catch (failure) {
      if (cut.done) {
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

function answered(begun: Begun, whole: Uint8Array): Answer {
  return {
    status: begun.status,
    // Sorted and copied only where somebody looks: at a failure.
    get headers() {
      return begun.headers();
    },
    body: whole,
  };
}

async function body(begun: Begun, maxBytes: number, cut: Cut): Promise<Uint8Array> {
  const success = begun.status >= 200 && begun.status < 300;
  const most = success ? maxBytes : Math.min(maxBytes, ERROR_BYTES);
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of begun.pieces) {
      pieces.push(piece);
      length += piece.length;
      if (length > most) {
        break;
      }
    }
  } catch (failure) {
    throw cut.done ? new ConnectionFailed("timeout", "the answer did not end in time", { cause: failure })
      : new ConnectionFailed("cut", reasons(failure), { cause: failure });
  }
  if (length > most) {
    cut.now();
  }
  if (length > most && success) {
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

async function* lines(begun: Begun, idleMs: number, maxBytes: number, cut: Cut): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  let timer = setTimeout(() => cut.now(), idleMs);
  try {
    for await (const piece of begun.pieces) {
      clearTimeout(timer);
      timer = setTimeout(() => cut.now(), idleMs);
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
      : new ConnectionFailed(cut.done ? "timeout" : "cut", reasons(failure), { cause: failure });
  } finally {
    clearTimeout(timer);
    cut.now();
  }
}
