import { retryAfter } from "./retry-after.js";
import type { FieldError, PostedEvent } from "./types.js";

/** Everything that a call throws. */
export class TriggersError extends Error {
  /** How many requests were made. */
  requests = 0;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** No complete answer. `connect`: nothing was sent; the others: it may have been carried out. */
export class ConnectionFailed extends TriggersError {
  constructor(readonly kind: "connect" | "reset" | "cut" | "timeout", message: string, options?: ErrorOptions) {
    super(`${kind}: ${message}`, options);
  }
}

/** An answer larger than `maxAnswerBytes`. */
export class AnswerTooLarge extends TriggersError {}

/** A success that is not the JSON that it should be. */
export class MalformedAnswer extends TriggersError {}

export type Headers = Readonly<Record<string, string>>;

/** An answer that is no success. */
export class ApiError extends TriggersError {
  readonly code: string | null;
  readonly errors: readonly FieldError[];
  readonly requestId: string | null;
  /** Seconds. */
  readonly retryAfter: number | null;
  /** @internal */
  unsure = false;

  constructor(readonly status: number, headers: Headers, readonly problem: Readonly<Record<string, unknown>>, readonly detail: string, now: number) {
    const code = typeof problem["code"] === "string" ? problem["code"] : null;
    super([status, code].filter((part) => part !== null).join(" ") + (detail ? `: ${detail}` : ""));
    this.code = code;
    this.errors = Array.isArray(problem["errors"]) ? problem["errors"].filter((error) => typeof error === "object" && error !== null) as FieldError[] : [];
    this.requestId = headers["x-request-id"] ?? null;
    this.retryAfter = retryAfter(headers["retry-after"], problem["retry_after"], now);
  }

  /** @internal */
  protected text(member: string): string | null {
    const value = this.problem[member];
    return typeof value === "string" ? value : null;
  }
}

/** The request is wrong; `errors` names the fields. */
export class InvalidRequest extends ApiError {}

/** No key, or none that is valid. */
export class Unauthorized extends ApiError {}

/** The key may not do this. */
export class Forbidden extends ApiError {}

/** There is none, or it is another organization's. */
export class NotFound extends ApiError {}

/** It contradicts what is there. */
export class Conflict extends ApiError {}

/** An event with this `dedup_id` was stored before: `id`. */
export class DuplicateEvent extends Conflict {
  get id(): string | null {
    return this.text("id");
  }

  get dedupId(): string | null {
    return this.text("dedup_id");
  }
}

/** It is there no more. */
export class Gone extends ApiError {}

/** Days behind the cursor were dropped; `cursor` is the earliest position that is left. */
export class CursorExpired extends Gone {
  get cursor(): string | null {
    return this.text("earliest_cursor");
  }
}

/** The database was restored to before the cursor; `cursor` is the position to go on from. */
export class CursorReset extends Gone {
  get cursor(): string | null {
    return this.text("cursor");
  }
}

/** The body or the headers are too large. */
export class TooLarge extends ApiError {}

/** Well formed, but not acceptable. */
export class Unprocessable extends ApiError {}

/** Over the limit, for longer than the call had time. */
export class RateLimited extends ApiError {}

/** The service or its database was away for longer than the call had time. */
export class Unavailable extends ApiError {}

/** The service failed. */
export class ServerError extends ApiError {}

/** Another host is responsible, and it is none that this client may follow to. */
export class Misdirected extends ApiError {}

/** What became of an event of a batch. `unknown` (it may be stored) and `unsent` are in a {@link BatchInterrupted} alone. */
export interface BatchItem {
  readonly index: number;
  readonly status: "accepted" | "duplicate" | "rejected" | "unknown" | "unsent";
  readonly id: string | null;
  readonly error: string | null;
  readonly dedupId: string | null;
  /** An earlier request of the same call had stored it already. */
  readonly repeated: boolean;
}

/**
 * A part of a batch was not answered. `remaining` are the events that are `unknown` or `unsent`, with their dedup ids: sending
 * them again stores none twice.
 */
export class BatchInterrupted extends TriggersError {
  constructor(override readonly cause: TriggersError, readonly results: readonly BatchItem[], readonly remaining: readonly PostedEvent[]) {
    super(`${remaining.length} of ${results.length} events are not known to be stored: ${cause.message}`);
    this.requests = cause.requests;
    // Thousands of lines are nothing to print.
    for (const name of ["results", "remaining"]) {
      Object.defineProperty(this, name, { enumerable: false });
    }
  }
}

type Kind = typeof InvalidRequest;

export const CODES: Readonly<Record<string, Kind>> = {
  malformed_request: InvalidRequest, validation_error: InvalidRequest, unauthorized: Unauthorized, insufficient_scope: Forbidden,
  forbidden: Forbidden, not_found: NotFound, method_not_allowed: InvalidRequest, not_acceptable: InvalidRequest,
  request_timeout: InvalidRequest, conflict: Conflict, duplicate_event: DuplicateEvent, cursor_expired: CursorExpired,
  cursor_reset: CursorReset, payload_too_large: TooLarge, unsupported_media_type: InvalidRequest, unprocessable: Unprocessable,
  rate_limit_exceeded: RateLimited, headers_too_large: TooLarge, internal_error: ServerError, service_unavailable: Unavailable,
  public_url_not_set: Conflict, tier_not_allowed: Forbidden, organization_suspended: Forbidden, too_many_streams: RateLimited,
  misdirected: Misdirected, cell_broke_off: Unavailable, cell_unavailable: Unavailable, cell_timeout: Unavailable, cell_loop: ServerError,
};

const STATUSES: Readonly<Record<number, Kind>> = {
  401: Unauthorized, 403: Forbidden, 404: NotFound, 409: Conflict, 410: Gone, 413: TooLarge, 421: Misdirected, 422: Unprocessable,
  429: RateLimited, 431: TooLarge, 502: Unavailable, 503: Unavailable, 504: Unavailable,
};

/** The error that an answer is. */
export function apiError(status: number, headers: Headers, body: string, now: number): ApiError {
  let problem: unknown = null;
  try {
    problem = JSON.parse(body);
  } catch {
    // A proxy's page, for example.
  }
  let members: Record<string, unknown> = {};
  let detail = body.slice(0, 1024);
  if (typeof problem === "object" && problem !== null && !Array.isArray(problem)) {
    members = problem as Record<string, unknown>;
    detail = typeof members["detail"] === "string" ? members["detail"] : "";
  }
  const code = members["code"];
  const kind = (typeof code === "string" && Object.hasOwn(CODES, code) ? CODES[code] : undefined) ?? STATUSES[status]
    ?? (status >= 400 && status < 500 ? InvalidRequest : status >= 500 && status < 600 ? ServerError : ApiError);
  return new kind(status, headers, members, detail, now);
}
