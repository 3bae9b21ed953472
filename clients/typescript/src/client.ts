import { carrier, FetchTransport } from "./carriers.js";
import { Consumer, type Consumed, type ConsumerSettings, type Handler } from "./consume.js";
import {
  AnswerTooLarge, ApiError, apiError, BatchInterrupted, ConnectionFailed, DuplicateEvent, MalformedAnswer, TriggersError, type BatchItem,
} from "./errors.js";
import { Log } from "./follow.js";
import { OPERATIONS, Operations, type Repeat } from "./operations.js";
import { followed } from "./redirect.js";
import { item, joined, make, parts, type EventToSend, type Made } from "./sending.js";
import { Parser, type StreamEvent } from "./stream.js";
import { HttpTransport, type Answer, type Request, type Transport } from "./transport.js";
import type { AcceptedEvent } from "./types.js";
import { VERSION } from "./version.js";

/** Settings of a client: seconds and bytes. */
export interface Options {
  /** Of one call with all its repeats and waits. */
  totalTime: number;
  /** Of one exchange. */
  attemptTime: number;
  maxAnswerBytes: number;
  firstWait: number;
  longestWait: number;
  /** Further hosts that a 421 may lead to. */
  hosts: readonly string[];
  maxBatchEvents: number;
  maxBatchBytes: number;
  /** Sent with every request. */
  headers: Readonly<Record<string, string>>;
  /** The operator's, for what is the operator's; sent with nothing else. */
  adminToken: string | null;
  /** Reads the JSON of answers; for numbers that JavaScript has none for. */
  parse: (text: string) => unknown;
  /** Carries the requests, instead of what does by itself. */
  fetch: typeof globalThis.fetch | null;
  transport: Transport;
  clock: Clock;
}

/** Time and chance, which tests replace. Seconds. */
export interface Clock {
  monotonic(): number;
  wall(): number;
  random(): number;
  sleep(seconds: number): Promise<void>;
}

const CLOCK: Clock = {
  monotonic: () => performance.now() / 1000,
  wall: () => Date.now() / 1000,
  random: Math.random,
  sleep: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
};

const REPEATED = new Set([429, 502, 503, 504]);

/** An event that is stored. */
export interface Sent {
  readonly id: string;
  readonly type: string;
  readonly dedupId: string | null;
  /** An earlier request of this call had stored it already. */
  readonly repeated: boolean;
  readonly answer: AcceptedEvent | null;
}

/** A batch of which each event was answered; by index. */
export interface BatchSent {
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly results: readonly BatchItem[];
}

interface Done {
  readonly answer: Answer;
  readonly requests: number;
  readonly unsure: boolean;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A Triggers API service: `new Triggers("https://api.example.com", "zap_live_…")`. */
export class Triggers extends Operations {
  readonly inbox: Inbox;
  readonly log: Log;
  /** @internal */
  readonly settings: Options;
  private readonly origin: string;
  private readonly prefix: string;
  private readonly headers: Readonly<Record<string, string>>;

  constructor(url: string, key?: string | null, options: Partial<Options> = {}) {
    super();
    const base = new URL(url);
    if (!["http:", "https:"].includes(base.protocol) || base.search || base.hash || base.username || base.password) {
      throw new TypeError(`not an absolute http(s) URL: ${url}`);
    }
    for (const [secret, kind] of [[key, "API key"], [options.adminToken, "admin token"]]) {
      if (secret !== undefined && secret !== null && !/^[\x21-\x7e]+$/.test(secret)) {
        throw new TypeError(`not an ${kind}: it is empty, or has letters that none has`);
      }
    }
    this.origin = base.origin;
    this.prefix = base.pathname.replace(/\/+$/, "");
    this.settings = {
      totalTime: 30, attemptTime: 10, maxAnswerBytes: 16_777_216, firstWait: 0.25, longestWait: 8, hosts: [],
      maxBatchEvents: 1_000, maxBatchBytes: 8_388_608, headers: {}, adminToken: null, parse: JSON.parse, clock: CLOCK,
      fetch: null, transport: options.fetch ? new FetchTransport(options.fetch) : new HttpTransport(carrier()), ...options,
    };
    this.headers = { "User-Agent": agent(), Accept: "application/json, text/plain;q=0.5", ...(key ? { "X-API-Key": key } : {}), ...this.settings.headers };
    this.inbox = new Inbox(this);
    this.log = new Log(this);
  }

  /** Shows no key. */
  toJSON(): unknown {
    return { url: this.origin + this.prefix };
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return `Triggers(${this.origin}${this.prefix})`;
  }

  /** Any operation, by its `operationId`. */
  async operation(name: string, path: readonly string[] = [], query: object = {}, body?: unknown): Promise<unknown> {
    const [method, segments, rule, text, , operator] = OPERATIONS[name] ?? missing(name);
    return this.plain(method, target(segments, path), query, body, repeatable(rule, body), text, operator);
  }

  /** @internal */
  async plain(method: string, path: string, query: object, body: unknown, repeat: boolean, text = false, operator = false): Promise<unknown> {
    const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
    const wait = Number((query as { wait?: number }).wait ?? (path === "/api/inbox/lease" ? (body as { wait?: number }).wait : 0) ?? 0);
    const search = given.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`).join("&");
    const bytes = body === undefined ? null : encoder.encode(JSON.stringify(body));
    const done = await this.call(method, path + (search && `?${search}`), bytes, repeat, Math.min(Math.max(wait || 0, 0), 30), operator);
    return text ? decoder.decode(done.answer.body) : this.read(done);
  }

  /** The items of all pages of an operation. */
  async *each(name: string, path: readonly string[] = [], query: object = {}): AsyncGenerator<unknown, void, undefined> {
    const items = (OPERATIONS[name] ?? missing(name))[4] ?? missing(name);
    let cursor = (query as { cursor?: string }).cursor;
    for (;;) {
      const page = await this.operation(name, path, { ...query, cursor }) as Record<string, unknown>;
      const found = page[items];
      if (!Array.isArray(found)) {
        throw new MalformedAnswer("a page without its items");
      }
      yield* found;
      if (!page["has_more"]) {
        return;
      }
      const next = page["next_cursor"];
      if (typeof next !== "string" || next === cursor) {
        throw new MalformedAnswer("the walk stands still");
      }
      cursor = next;
    }
  }

  /**
   * Posts an event; it is stored when this resolves. A `dedup_id` is made where none is given, so that repeats of this call
   * store it once; `dedup: false` leaves it out, and then nothing is repeated that may have been stored.
   */
  async send(type: string, payload: unknown, options: Omit<EventToSend, "type" | "payload"> = {}): Promise<Sent> {
    const { event, own, bytes } = make({ type, payload, ...options });
    const dedupId = event.dedup_id ?? null;
    let done: Done;
    try {
      done = await this.call("POST", "/api/events", bytes, dedupId !== null, 0);
    } catch (failure) {
      if (failure instanceof DuplicateEvent && failure.id !== null && (own || failure.unsure)) {
        return { id: failure.id, type, dedupId, repeated: true, answer: null };
      }
      throw failure;
    }
    const answer = this.read(done) as AcceptedEvent | undefined;
    if (typeof answer?.id !== "string") {
      throw malformed(done, "an answer without the event's id");
    }
    return { id: answer.id, type, dedupId, repeated: false, answer };
  }

  /**
   * Posts any number of events, in parts of 1,000 and 8 MiB. Throws BatchInterrupted, with all that is known, if a part is not
   * answered.
   */
  async sendBatch(events: Iterable<EventToSend>): Promise<BatchSent> {
    const { maxBatchBytes, maxBatchEvents } = this.settings;
    const made = Array.from(events, make);
    const results: BatchItem[] = made.map(({ event }, index) => item(index, "unsent", event));
    for (const part of parts(made, results, maxBatchEvents, maxBatchBytes)) {
      const repeat = part.every((index) => made[index]!.event.dedup_id !== undefined);
      try {
        this.merge(part, await this.call("POST", "/api/events/batch", joined(part.map((index) => made[index]!.bytes)), repeat, 0), made, results);
      } catch (failure) {
        if (!(failure instanceof TriggersError)) {
          throw failure;
        }
        // An answer of the 400s stored nothing, unless an earlier request of the part did.
        if (!(failure instanceof ApiError) || failure.status >= 500 || failure.unsure) {
          part.forEach((index) => {
            results[index] = item(index, "unknown", made[index]!.event);
          });
        }
        const remaining = results.filter(({ status }) => status === "unknown" || status === "unsent").map(({ index }) => made[index]!.event);
        throw new BatchInterrupted(failure, results, remaining);
      }
    }
    const count = (status: string) => results.filter((result) => result.status === status).length;
    return { accepted: count("accepted"), duplicates: count("duplicate"), rejected: count("rejected"), results };
  }

  /**
   * Everything as it happens. Goes on where it was after a break: of `event.accepted` nothing is missed, the other kinds are live
   * only. It ends with `signal`, or when the loop over it is left.
   */
  async *stream(query: {
    kinds?: readonly string[]; type?: string; endpoint_id?: string; payloads?: boolean; cursor?: string; signal?: AbortSignal;
  } = {}): AsyncGenerator<StreamEvent, void, undefined> {
    const { signal, kinds, payloads, ...rest } = query;
    const parameters = Object.entries({ kinds: kinds?.join(","), ...rest, payloads: payloads === false ? "false" : undefined });
    const search = parameters.filter(([, value]) => value !== undefined).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join("&");
    const { transport, clock, attemptTime, maxAnswerBytes } = this.settings;
    const parser = new Parser();
    for (let failures = 0; !signal?.aborted; failures++) {
      let pause = parser.retry;
      try {
        const headers = this.traced({ Accept: "text/event-stream", ...(parser.cursor ? { "Last-Event-ID": parser.cursor } : {}) });
        const request = { method: "GET", url: `${this.origin}${this.prefix}/api/stream${search && `?${search}`}`, headers, body: null };
        const { answer, lines } = await transport.lines(request, attemptTime * 1000, 45_000, maxAnswerBytes, signal);
        if (lines === null) {
          throw apiError(answer.status, answer.headers, decoder.decode(answer.body), clock.wall());
        }
        for await (const line of lines) {
          const event = parser.line(line);
          if (event?.kind === "stream.lagging") {
            const cursor = (event.data as { cursor?: unknown } | null)?.cursor;
            parser.cursor = typeof cursor === "string" ? cursor : parser.cursor;
            break;
          }
          if (event) {
            failures = 0;
            yield event;
          }
        }
      } catch (failure) {
        if (failure instanceof ApiError && REPEATED.has(failure.status)) {
          pause = failure.retryAfter ?? pause;
        } else if (!(failure instanceof ConnectionFailed)) {
          throw failure;
        }
      }
      if (!signal?.aborted) {
        await clock.sleep(pause * Math.min(30, 2 ** Math.min(failures, 5)) * (1 + clock.random()) / 2);
      }
    }
  }

  private async call(method: string, path: string, body: Uint8Array | null, repeat: boolean, wait: number, operator = false): Promise<Done> {
    const { clock, transport, totalTime, attemptTime, maxAnswerBytes, firstWait, longestWait, hosts, adminToken } = this.settings;
    const headers = this.traced({
      ...(body === null ? {} : { "Content-Type": "application/json" }), ...(operator && adminToken ? { "X-Admin-Token": adminToken } : {}),
    });
    const deadline = clock.monotonic() + totalTime + wait;
    let origin = this.origin;
    let unsure = false;
    for (let requests = 1, waits = 0; ;) {
      const timeout = Math.min(attemptTime + wait, deadline - clock.monotonic());
      const request: Request = { method, url: origin + this.prefix + path, headers, body };
      let failure: TriggersError;
      let again: boolean;
      let hint: number | null = null;
      try {
        const answer = await transport.send(request, timeout * 1000, maxAnswerBytes);
        if (answer.status >= 200 && answer.status < 300) {
          return { answer, requests, unsure };
        }
        const error = apiError(answer.status, answer.headers, decoder.decode(answer.body), clock.wall());
        if (answer.status === 421 && origin === this.origin) {
          const to = followed(this.origin, error.problem["location"] ?? answer.headers["location"], hosts);
          if (to !== null && to !== origin) {
            origin = to;
            requests++;
            continue;
          }
        }
        error.unsure = unsure;
        unsure ||= answer.status !== 429;
        failure = error;
        hint = error.retryAfter;
        again = REPEATED.has(answer.status) && (repeat || answer.status === 429);
      } catch (broken) {
        if (broken instanceof AnswerTooLarge) {
          broken.requests = requests;
          throw broken;
        }
        if (!(broken instanceof ConnectionFailed)) {
          throw broken;
        }
        unsure ||= broken.kind !== "connect";
        failure = broken;
        again = repeat || broken.kind === "connect";
      }
      failure.requests = requests;
      if (!again) {
        throw failure;
      }
      waits++;
      const backoff = Math.min(longestWait, firstWait * 2 ** Math.min(waits - 1, 30));
      const chance = clock.random();
      const pause = hint === null ? backoff * (1 + chance) / 2 : hint + backoff * chance / 2;
      if (clock.monotonic() + pause >= deadline) {
        throw failure;
      }
      await clock.sleep(pause);
      requests++;
    }
  }

  private traced(more: Readonly<Record<string, string>>): Record<string, string> {
    const headers: Record<string, string> = { ...this.headers, ...more };
    trace(headers);
    return headers;
  }

  private read(done: Done): unknown {
    const { status, body } = done.answer;
    if (body.length === 0 && [202, 204, 205].includes(status)) {
      return undefined;
    }
    let value: unknown;
    try {
      value = this.settings.parse(decoder.decode(body));
    } catch {
      throw malformed(done, "a success that is no JSON");
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw malformed(done, "a success that is no JSON object");
    }
    return value;
  }

  private merge(part: readonly number[], done: Done, made: readonly Made[], results: BatchItem[]): void {
    const answered = (this.read(done) as { results?: unknown } | undefined)?.results;
    if (!Array.isArray(answered) || answered.length !== part.length) {
      throw malformed(done, "a batch's answer without a result for each event");
    }
    part.forEach((index, place) => {
      const one = answered[place] as { status: BatchItem["status"]; id?: string | null; error?: string | null };
      const { event, own } = made[index]!;
      const repeated = one.status === "duplicate" && (own || (event.dedup_id !== undefined && done.unsure));
      results[index] = { ...item(index, repeated ? "accepted" : one.status, event), id: one.id ?? null, error: one.error ?? null, repeated };
    });
  }
}

function missing(name: string): never {
  throw new TypeError(`no operation ${name} (or it has no pages)`);
}

function target(segments: readonly string[], path: readonly string[]): string {
  return segments.map((segment, place) => {
    if (place % 2 === 0) {
      return segment;
    }
    const value = String(path[(place - 1) / 2] ?? "");
    if (value === "" || value === "." || value === "..") {
      throw new TypeError(`not a part of a path: ${JSON.stringify(value)}`);
    }
    return encodeURIComponent(value);
  }).join("");
}

function repeatable(rule: Repeat, body: unknown): boolean {
  const members = typeof body === "object" && body !== null ? body as Record<string, unknown> : {};
  switch (rule) {
    case "always":
      return true;
    case "unsent":
      return false;
    case "compared":
      return !("if_cursor" in members);
    case "dedup": {
      const events = Array.isArray(members["events"]) ? members["events"] as unknown[] : [members];
      return events.length > 0 && events.every((event) => typeof (event as { dedup_id?: unknown } | null)?.dedup_id === "string");
    }
  }
}

function malformed(done: Done, text: string): MalformedAnswer {
  const error = new MalformedAnswer(text);
  error.requests = done.requests;
  return error;
}

function agent(): string {
  const { process, navigator } = globalThis as { process?: { versions?: { node?: string } }; navigator?: { userAgent?: string } };
  const runtime = process?.versions?.node ? `Node.js ${process.versions.node}` : navigator?.userAgent?.replace(/[^\x20-\x7e]/g, "") ?? "unknown";
  return `triggers-api-typescript/${VERSION} (${runtime})`;
}

interface OpenTelemetry {
  context?: { active(): unknown };
  propagation?: { inject(context: unknown, carrier: object, setter: object): void };
}

/** Passes the trace on that the caller is in, where OpenTelemetry's API has registered itself: it does so under this symbol. */
function trace(headers: Record<string, string>): void {
  const api = (globalThis as Record<symbol, OpenTelemetry | undefined>)[Symbol.for("opentelemetry.js.api.1")];
  if (api?.context && api.propagation) {
    api.propagation.inject(api.context.active(), headers, { set: (carrier: Record<string, string>, name: string, value: string) => {
      carrier[name] = value;
    } });
  }
}

/** What is still open. */
export class Inbox {
  constructor(private readonly client: Triggers) {}

  /** A consumer to run and to stop. */
  consumer(handler: Handler, settings: ConsumerSettings = {}): Consumer {
    return new Consumer(this.client, handler, settings);
  }

  /** Handles events until `signal` is aborted; those whose handler has ended well are acknowledged. */
  consume(handler: Handler, settings: ConsumerSettings = {}): Promise<Consumed> {
    return this.consumer(handler, settings).run();
  }
}
