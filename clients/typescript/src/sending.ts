import type { BatchItem } from "./errors.js";
import type { PostedEvent } from "./types.js";

/** An event to post; without a `dedup_id` it gets one, unless `dedup` is false. */
export interface EventToSend {
  readonly type: string;
  readonly payload: unknown;
  readonly dedup_id?: string | null | undefined;
  readonly deliver_at?: string | null | undefined;
  readonly dedup?: boolean | undefined;
}

/** An event as it goes over the wire; `own` if its `dedup_id` was made here. */
export interface Made {
  readonly event: PostedEvent;
  readonly own: boolean;
  readonly bytes: Uint8Array;
}

const encoder = new TextEncoder();
const FRAME = '{"events":[]}'.length;

/** Gives an event its `dedup_id`, where it has none. */
export function make(given: EventToSend): Made {
  const { dedup, dedup_id, deliver_at, ...rest } = given;
  const event: PostedEvent = { ...rest };
  const own = (dedup_id === undefined || dedup_id === null) && dedup !== false;
  if (own) {
    event.dedup_id = newDedupId();
  } else if (dedup_id !== undefined && dedup_id !== null) {
    event.dedup_id = dedup_id;
  }
  if (deliver_at !== undefined && deliver_at !== null) {
    event.deliver_at = deliver_at;
  }
  return { event, own, bytes: encoder.encode(JSON.stringify(event)) };
}

// Node 18 has no global crypto; Math.random tells the events of a day apart there.
function newDedupId(): string {
  const source = (globalThis as { crypto?: { randomUUID?: () => string } }).crypto;
  return source?.randomUUID?.() ?? Array.from({ length: 4 }, () => Math.floor(Math.random() * 2 ** 32).toString(16).padStart(8, "0")).join("");
}

/** The indexes of the events that go together; what is too large for any part is refused here. */
export function parts(made: readonly Made[], results: BatchItem[], maxBatchEvents: number, maxBatchBytes: number): number[][] {
  const found: number[][] = [];
  let size = 0;
  made.forEach(({ bytes, event }, index) => {
    if (FRAME + bytes.length > maxBatchBytes) {
      results[index] = { ...item(index, "rejected", event), error: `larger than ${maxBatchBytes} bytes` };
      return;
    }
    const last = found.at(-1);
    if (last === undefined || last.length >= maxBatchEvents || size + 1 + bytes.length > maxBatchBytes) {
      found.push([index]);
      size = FRAME + bytes.length;
    } else {
      last.push(index);
      size += 1 + bytes.length;
    }
  });
  return found;
}

/** The body of a part. */
export function joined(events: readonly Uint8Array[]): Uint8Array {
  const body = new Uint8Array(FRAME + events.reduce((size, event) => size + event.length + 1, -1));
  body.set(encoder.encode('{"events":['));
  let at = FRAME - 2;
  events.forEach((event, index) => {
    if (index > 0) {
      body[at++] = 0x2c;
    }
    body.set(event, at);
    at += event.length;
  });
  body.set(encoder.encode("]}"), at);
  return body;
}

/** What is known of an event before it is answered. */
export function item(index: number, status: BatchItem["status"], event: PostedEvent): BatchItem {
  return { index, status, id: null, error: null, dedupId: event.dedup_id ?? null, repeated: false };
}
