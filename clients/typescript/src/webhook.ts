import { createHmac, createPublicKey, timingSafeEqual, verify, type KeyObject } from "node:crypto";

/** What is wrong with a delivery. */
export type Part = "key" | "webhook-id" | "webhook-timestamp" | "webhook-signature" | "too-old" | "too-new" | "no-version" | "signature" | "body";

/** Not a delivery; `part` says what is wrong. */
export class WebhookError extends Error {
  constructor(readonly part: Part, message: string) {
    super(`${part}: ${message}`);
    this.name = "WebhookError";
  }
}

/** A delivery that was checked. Drop repeats by `id`. */
export interface Delivery {
  readonly id: string;
  readonly type: string;
  readonly timestamp: string | null;
  readonly data: unknown;
  /** All members of the body. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** Node's, Fetch's, or pairs. */
export type WebhookHeaders = Readonly<Record<string, string | readonly string[] | undefined>> | Iterable<readonly [string, string]>;

type Key = { readonly version: "v1"; readonly secret: Buffer } | { readonly version: "v1a"; readonly key: KeyObject };

const MOST_SIGNATURES = 16;

// What stands before the 32 bytes of an Ed25519 public key in its DER form.
const ED25519 = Buffer.from("302a300506032b6570032100", "hex");

/** Checks deliveries against one or several keys: secrets (`whsec_…`) or public keys (`whpk_…`). */
export class Webhook {
  private readonly keys: readonly Key[];

  /** @param options `tolerance` and `now` in seconds */
  constructor(keys: string | readonly string[], private readonly options: { tolerance?: number; now?: () => number } = {}) {
    this.keys = (typeof keys === "string" ? [keys] : keys).map(parse);
    if (this.keys.length === 0) {
      throw new WebhookError("key", "none was given");
    }
  }

  /** The delivery, or a WebhookError. `body` are the bytes as they came, before anything parses them. */
  verify(headers: WebhookHeaders, body: Uint8Array | string): Delivery {
    const found = collect(headers);
    const id = one(found, "webhook-id");
    const timestamp = one(found, "webhook-timestamp");
    const signatures = one(found, "webhook-signature").split(" ").slice(0, MOST_SIGNATURES);
    if (!/^[0-9]{1,12}$/.test(timestamp)) {
      throw new WebhookError("webhook-timestamp", "not a Unix second");
    }
    const { tolerance = 300, now = () => Date.now() / 1000 } = this.options;
    const age = now() - Number(timestamp);
    if (age > tolerance) {
      throw new WebhookError("too-old", `signed ${Math.floor(age)} seconds ago`);
    }
    if (age < -tolerance) {
      throw new WebhookError("too-new", `signed ${Math.floor(-age)} seconds ahead`);
    }
    const raw = typeof body === "string" ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    this.check(Buffer.concat([Buffer.from(`${id}.${timestamp}.`), raw]), signatures);
    let value: unknown;
    try {
      value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(raw));
    } catch {
      value = null;
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new WebhookError("body", "no JSON object");
    }
    const members = value as Record<string, unknown>;
    return {
      id: String(members["id"] ?? id), type: String(members["type"] ?? ""),
      timestamp: typeof members["timestamp"] === "string" ? members["timestamp"] : null, data: members["data"], body: members,
    };
  }

  private check(message: Buffer, signatures: readonly string[]): void {
    let possible = false;
    let matches = false;
    for (const signature of signatures) {
      const comma = signature.indexOf(",");
      const version = signature.slice(0, Math.max(comma, 0));
      for (const key of this.keys) {
        if (key.version === version) {
          possible = true;
          // Every one is looked at, in the same time whatever differs, which would tell how to forge it.
          matches = genuine(key, message, signature.slice(comma + 1)) || matches;
        }
      }
    }
    if (!possible) {
      throw new WebhookError("no-version", "no signature of a kind that these keys make");
    }
    if (!matches) {
      throw new WebhookError("signature", "none is of any of these keys");
    }
  }
}

function genuine(key: Key, message: Buffer, text: string): boolean {
  const given = base64(text);
  if (key.version === "v1") {
    const expected = createHmac("sha256", key.secret).update(message).digest();
    return given !== null && given.length === expected.length && timingSafeEqual(given, expected);
  }
  return given !== null && given.length === 64 && verify(null, message, key.key, given);
}

function parse(text: string): Key {
  const data = typeof text === "string" ? base64(text.slice(text.indexOf("_") + 1)) : null;
  if (data !== null && data.length > 0 && text.startsWith("whsec_")) {
    return { version: "v1", secret: data };
  }
  if (data !== null && data.length === 32 && text.startsWith("whpk_")) {
    return { version: "v1a", key: createPublicKey({ key: Buffer.concat([ED25519, data]), format: "der", type: "spki" }) };
  }
  throw new WebhookError("key", "neither a secret (whsec_…) nor a public key (whpk_…)");
}

function base64(text: string): Buffer | null {
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text) ? Buffer.from(text, "base64") : null;
}

function collect(headers: WebhookHeaders): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const pairs = Symbol.iterator in headers ? headers as Iterable<readonly [string, string]> : Object.entries(headers);
  for (const [name, value] of pairs) {
    if (value !== undefined) {
      found.set(name.toLowerCase(), [...found.get(name.toLowerCase()) ?? [], ...(typeof value === "string" ? [value] : value)]);
    }
  }
  return found;
}

function one(headers: Map<string, string[]>, name: "webhook-id" | "webhook-timestamp" | "webhook-signature"): string {
  const values = headers.get(name) ?? [];
  // Node joins a header that is there twice by a comma and a space.
  if (values.length !== 1 || !values[0] || values[0].includes(", ")) {
    throw new WebhookError(name, values[0] ? "there twice" : "missing");
  }
  return values[0];
}
