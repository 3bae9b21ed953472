import type { IncomingMessage, ServerResponse } from "node:http";

import { Webhook, WebhookError, type Delivery } from "./webhook.js";

type Request = IncomingMessage & { body?: unknown; delivery?: Delivery };

declare global {
  // Where Express's own types are, they take it from here.
  namespace Express {
    interface Request {
      delivery?: Delivery;
    }
  }
}

const MOST_BYTES = 1_048_576;

/**
 * Lets deliveries pass alone, as `request.delivery`; answers 401 to others. It needs the bytes as they came: put it before any
 * parser of bodies, or after `express.raw({ type: "*\/*" })`.
 */
export function verified(keys: string | readonly string[] | Webhook): (request: Request, response: ServerResponse, next: (failure?: unknown) => void) => void {
  const webhook = keys instanceof Webhook ? keys : new Webhook(keys);
  return (request, response, next) => {
    raw(request).then((body) => {
      try {
        request.delivery = webhook.verify(request.headers, body);
      } catch (failure) {
        if (!(failure instanceof WebhookError)) {
          throw failure;
        }
        response.writeHead(401, { "Content-Type": "application/json" });
        response.end(JSON.stringify({ error: "not a delivery", part: failure.part }));
        return;
      }
      next();
    }).catch(next);
  };
}

async function raw(request: Request): Promise<Uint8Array> {
  if (request.body instanceof Uint8Array) {
    return request.body;
  }
  if (request.readableEnded || request.body !== undefined) {
    throw new Error("the body was parsed before it was checked: put verified() before the parser, or use express.raw()");
  }
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request) {
    length += (piece as Buffer).length;
    if (length > MOST_BYTES) {
      throw Object.assign(new Error("a delivery of more than a megabyte"), { status: 413 });
    }
    pieces.push(piece as Buffer);
  }
  return Buffer.concat(pieces);
}
