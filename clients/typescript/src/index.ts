export { Inbox, Triggers, type BatchSent, type Clock, type Options, type Sent } from "./client.js";
export { Consumer, type Consumed, type ConsumerSettings, type Handler, type Received } from "./consume.js";
export {
  AnswerTooLarge, ApiError, BatchInterrupted, Conflict, ConnectionFailed, CursorExpired, CursorReset, DuplicateEvent, Forbidden, Gone,
  InvalidRequest, MalformedAnswer, Misdirected, NotFound, RateLimited, ServerError, TooLarge, TriggersError, Unauthorized, Unavailable,
  Unprocessable, type BatchItem,
} from "./errors.js";
export { Log, type FollowSettings } from "./follow.js";
export { Operations } from "./operations.js";
export type { EventToSend } from "./sending.js";
export type { StreamEvent } from "./stream.js";
export type { Answer, Request, Transport } from "./transport.js";
export { FetchTransport } from "./carriers.js";
export type * from "./types.js";
export { VERSION } from "./version.js";
