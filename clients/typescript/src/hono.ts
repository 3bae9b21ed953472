import { Webhook, WebhookError, type Delivery } from "./webhook.js";

/** What it needs of Hono's context. */
interface Context {
  req: { raw: Request; arrayBuffer(): Promise<ArrayBuffer> };
  json(body: object, status: 401): Response;
  set(name: "delivery", value: Delivery): void;
}

/** What a Hono application is declared with: `new Hono<{ Variables: Deliveries }>()`. */
export interface Deliveries {
  delivery: Delivery;
}

/** Lets deliveries pass alone, as `context.get("delivery")`; answers 401 to others. */
export function verified(keys: string | readonly string[] | Webhook): (context: never, next: () => Promise<void>) => Promise<Response | void> {
  const webhook = keys instanceof Webhook ? keys : new Webhook(keys);
  return async (given: unknown, next) => {
    const context = given as Context;
    try {
      context.set("delivery", webhook.verify(context.req.raw.headers, new Uint8Array(await context.req.arrayBuffer())));
    } catch (failure) {
      if (!(failure instanceof WebhookError)) {
        throw failure;
      }
      return context.json({ error: "not a delivery", part: failure.part }, 401);
    }
    return next();
  };
}
