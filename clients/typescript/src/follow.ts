import type { Triggers } from "./client.js";
import { ApiError, Conflict } from "./errors.js";
import type { InboxItem } from "./types.js";

export interface FollowSettings {
  /** Where to go on from; without it, from `from`. */
  cursor?: string | null;
  /** `earliest`, `latest` or an RFC 3339 time. */
  from?: string;
  /** Keeps the position, after all events of a page were handled. */
  save?: (cursor: string) => unknown;
  /** Keeps the position in the service, under this name. */
  consumer?: string;
  type?: string;
  limit?: number;
  signal?: AbortSignal;
}

/** Everything, from a position that may be kept. */
export class Log {
  constructor(private readonly client: Triggers) {}

  /**
   * Hands each event to `handler`, in order, and then keeps the position. Resolves with it when `signal` is aborted. What a handler
   * throws ends it, and its page comes again the next time. Throws CursorExpired and CursorReset where events would be missed.
   */
  async follow(handler: (event: InboxItem) => unknown, settings: FollowSettings = {}): Promise<string | null> {
    const { from = "earliest", save, consumer, type, limit = 100, signal } = settings;
    let cursor = settings.cursor ?? null;
    let kept: string | null = null;
    if (consumer !== undefined && cursor === null) {
      kept = cursor = await this.kept(consumer);
    }
    while (!signal?.aborted) {
      const page = await this.client.readLog({ ...(cursor === null ? { from } : { cursor }), type, limit, wait: signal ? 2 : 20 });
      for (const event of page.events) {
        await handler(event);
      }
      const moved = page.next_cursor;
      if (typeof moved !== "string" || moved === cursor) {
        continue;
      }
      await save?.(moved);
      if (consumer !== undefined) {
        await this.keep(consumer, kept, moved);
        kept = moved;
      }
      cursor = moved;
    }
    return cursor;
  }

  private async kept(consumer: string): Promise<string | null> {
    try {
      return (await this.client.getConsumer(consumer)).cursor;
    } catch (failure) {
      if (failure instanceof ApiError && failure.status === 404) {
        return null;
      }
      throw failure;
    }
  }

  private async keep(consumer: string, before: string | null, cursor: string): Promise<void> {
    try {
      await this.client.plain("PUT", `/api/consumers/${encodeURIComponent(consumer)}`, {}, { cursor, if_cursor: before }, true);
    } catch (failure) {
      // Our own repeat, or somebody else who follows under the same name.
      if (!(failure instanceof Conflict) || await this.kept(consumer) !== cursor) {
        throw failure;
      }
    }
  }
}
