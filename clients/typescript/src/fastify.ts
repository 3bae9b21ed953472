import { Webhook, WebhookError, type Delivery, type WebhookHeaders } from "./webhook.js";

interface Request {
  headers: WebhookHeaders;
  body: unknown;
  delivery?: Delivery | null;
}

interface Reply {
  code(status: number): { send(body: unknown): unknown };
}

/** What it needs of a Fastify instance. */
interface Scope {
  removeAllContentTypeParsers(): unknown;
  addContentTypeParser(type: string, options: { parseAs: "buffer" }, parser: (request: never, body: Buffer, done: (failure: Error | null, body?: unknown) => void) => void): unknown;
  decorateRequest(name: string, value: unknown): unknown;
  addHook(name: "preHandler", hook: (request: never, reply: never) => Promise<unknown>): unknown;
}

/**
 * Lets deliveries pass alone to the routes of this scope, as `request.delivery`; answers 401 to others. Bodies stay bytes there,
 * so it should be a scope of its own: `app.register(async (scope) => { verified(scope, secret); scope.post(…); })`.
 */
export function verified(scope: unknown, keys: string | readonly string[] | Webhook): void {
  const webhook = keys instanceof Webhook ? keys : new Webhook(keys);
  const own = scope as Scope;
  own.removeAllContentTypeParsers();
  own.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  own.decorateRequest("delivery", null);
  own.addHook("preHandler", async (request: Request, reply: Reply) => {
    try {
      request.delivery = webhook.verify(request.headers, request.body instanceof Uint8Array ? request.body : new Uint8Array());
      return undefined;
    } catch (failure) {
      if (!(failure instanceof WebhookError)) {
        throw failure;
      }
      return reply.code(401).send({ error: "not a delivery", part: failure.part });
    }
  });
}

/** The delivery of a request that passed. */
export function delivery(request: object): Delivery {
  return (request as { delivery: Delivery }).delivery;
}
