import type { Triggers } from "./client.js";
import { ApiError, ConnectionFailed, TriggersError } from "./errors.js";
import type { InboxItem } from "./types.js";

/** An event of the inbox; `receives` where it is leased. */
export type Received = InboxItem & { receives?: number };

export type Handler = (event: Received) => unknown;

export interface ConsumerSettings {
  type?: string;
  /** Events taken at once, 1 to 1,000. */
  batch?: number;
  /** Handlers under way at once. */
  parallel?: number;
  /** How long an event is this consumer's own; null polls instead, for a single consumer. */
  leaseSeconds?: number | null;
  /** After so many failures an event is poison. */
  maxAttempts?: number;
  /** Resolves with true if the event is to be acknowledged; else it stays in the inbox. */
  onPoison?: (event: Received, failure: unknown) => unknown;
  /** What could not be done for now. */
  onError?: (failure: TriggersError) => unknown;
  /** Seconds. */
  retryWait?: number;
  longestRetryWait?: number;
  pollWait?: number;
  name?: string;
  /** Stops it: what is under way is finished and acknowledged. */
  signal?: AbortSignal;
}

/** What came of it. */
export interface Consumed {
  handled: number;
  failed: number;
  acknowledged: number;
  poison: string[];
  /** Handled, but the service could not be told: they will come again. */
  unacknowledged: string[];
}

/** Takes events out of the inbox until it is stopped. */
export class Consumer {
  readonly result: Consumed = { handled: 0, failed: 0, acknowledged: 0, poison: [], unacknowledged: [] };
  private readonly settings: Required<Omit<ConsumerSettings, "type" | "name" | "onPoison" | "onError" | "signal">> & ConsumerSettings;
  private stopped = false;
  private ended = false;
  private queue: Received[] = [];
  private done: string[] = [];
  private readonly running = new Set<string>();
  private readonly told = new Set<string>();
  private readonly confirmed = new Set<string>();
  private readonly failures = new Map<string, number>();
  private readonly resting = new Map<string, number>();
  private readonly leases = new Map<string, Set<string>>();
  private readonly leaseOf = new Map<string, string>();
  private wake: () => void = () => undefined;
  private changed: Promise<void> = Promise.resolve();

  constructor(private readonly client: Triggers, private readonly handler: Handler, settings: ConsumerSettings) {
    this.settings = { batch: 100, parallel: 1, leaseSeconds: 30, maxAttempts: 5, retryWait: 1, longestRetryWait: 300, pollWait: 5, ...settings };
    if (!(this.settings.batch >= 1 && this.settings.batch <= 1000 && this.settings.parallel >= 1 && this.settings.maxAttempts >= 1)) {
      throw new RangeError("batch is 1 to 1000, parallel and maxAttempts at least 1");
    }
    this.again();
  }

  /** No further event is begun; those under way are finished and acknowledged. */
  stop(): void {
    this.stopped = true;
    this.notify();
  }

  async run(): Promise<Consumed> {
    const { signal, parallel } = this.settings;
    const stop = () => this.stop();
    signal?.addEventListener("abort", stop, { once: true });
    if (signal?.aborted) {
      this.stop();
    }
    const telling = this.acknowledge();
    const extending = this.extend();
    try {
      await Promise.all([this.take(), ...Array.from({ length: parallel }, () => this.work())]);
    } finally {
      this.stopped = this.ended = true;
      this.notify();
      signal?.removeEventListener("abort", stop);
      await Promise.all([telling, extending]);
    }
    return this.result;
  }

  private again(): void {
    this.changed = new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  private notify(): void {
    this.wake();
    this.again();
  }

  /** Until something changes, or so many seconds are over. */
  private async rest(seconds: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    await Promise.race([this.changed, new Promise((resolve) => {
      timer = setTimeout(resolve, seconds * 1000);
    })]);
    clearTimeout(timer);
  }

  private async take(): Promise<void> {
    try {
      while (!this.stopped) {
        if (this.queue.length >= this.settings.parallel) {
          await this.rest(1);
          continue;
        }
        const page = this.fetch();
        let arrived = false;
        page.then(() => { arrived = true; this.notify(); }, () => { arrived = true; this.notify(); });
        while (!arrived && !this.stopped) {
          await this.rest(60);
        }
        if (!arrived) {
          // What comes now is given back at once, not held until its lease ends.
          page.then((events) => this.release(events.map(({ id }) => id), 0), () => undefined);
          return;
        }
        for (const event of await page) {
          this.running.add(event.id);
          this.queue.push(event);
        }
        this.notify();
      }
    } catch (failure) {
      this.stop();
      throw failure;
    }
  }

  private async fetch(): Promise<Received[]> {
    try {
      return this.settings.leaseSeconds === null ? await this.listed() : await this.leased();
    } catch (failure) {
      const passing = failure instanceof ConnectionFailed || (failure instanceof ApiError && (failure.status >= 500 || failure.status === 429));
      if (!passing) {
        throw failure;
      }
      // The call has been repeated for its total time already.
      this.settings.onError?.(failure);
      await this.rest(1);
      return [];
    }
  }

  private async leased(): Promise<Received[]> {
    const { batch, leaseSeconds, pollWait, maxAttempts, type, name } = this.settings;
    // Acknowledged before this call begins: no later one leases them.
    this.confirmed.clear();
    const answer = await this.client.plain("POST", "/api/inbox/lease", {}, {
      limit: batch, lease_seconds: leaseSeconds, wait: pollWait, max_receives: maxAttempts, type, consumer: name,
    }, true) as { lease_id: string; events: Received[] };
    // What it has already, under an earlier lease that has ended, it does not handle again.
    const open = answer.events.filter(({ id }) => !this.confirmed.has(id));
    const fresh = open.filter(({ id }) => !this.leaseOf.has(id));
    const ids = open.map(({ id }) => id);
    this.forget(ids);
    if (ids.length > 0) {
      this.leases.set(answer.lease_id, new Set(ids));
      ids.forEach((id) => this.leaseOf.set(id, answer.lease_id));
    }
    return fresh;
  }

  /** The open events that this consumer has neither under way nor set aside. */
  private async listed(): Promise<Received[]> {
    // Acknowledged before this listing begins: no later one shows them.
    const forgotten = [...this.confirmed];
    let cursor: string | undefined;
    for (;;) {
      const idle = cursor === undefined && this.running.size === 0 && this.resting.size === 0 && this.done.length === 0;
      const page = await this.client.listInbox({
        type: this.settings.type, order: "asc", limit: this.settings.batch, cursor, wait: idle ? this.settings.pollWait : 0,
      });
      const now = performance.now() / 1000;
      const fresh = page.events.filter(({ id }) => !this.running.has(id) && !this.told.has(id) && (this.resting.get(id) ?? 0) <= now);
      fresh.forEach(({ id }) => this.resting.delete(id));
      if (!page.has_more) {
        forgotten.forEach((id) => {
          this.told.delete(id);
          this.confirmed.delete(id);
        });
      }
      cursor = page.next_cursor ?? undefined;
      if (fresh.length > 0 || this.stopped) {
        return fresh;
      }
      if (!page.has_more) {
        if (!idle) {
          await this.rest(this.running.size > 0 || this.done.length > 0 ? 0.02 : 0.5);
        }
        return [];
      }
    }
  }

  private async work(): Promise<void> {
    while (!this.stopped) {
      const event = this.queue.shift();
      if (event === undefined) {
        await this.rest(60);
        continue;
      }
      if (this.queue.length < this.settings.parallel) {
        this.notify();
      }
      try {
        await this.handler(event);
      } catch (failure) {
        await this.fail(event, failure);
        continue;
      }
      this.result.handled++;
      this.failures.delete(event.id);
      this.finish(event.id);
    }
  }

  private finish(id: string): void {
    this.told.add(id);
    this.running.delete(id);
    this.done.push(id);
    this.notify();
  }

  private async fail(event: Received, failure: unknown): Promise<void> {
    const { id } = event;
    const { maxAttempts, retryWait, longestRetryWait, leaseSeconds, onPoison } = this.settings;
    this.result.failed++;
    const count = Math.max((this.failures.get(id) ?? 0) + 1, event.receives ?? 0);
    this.failures.set(id, count);
    const poison = count >= maxAttempts;
    const delay = poison ? longestRetryWait : Math.min(longestRetryWait, retryWait * 2 ** (count - 1));
    if (poison) {
      this.result.poison.push(id);
      this.failures.delete(id);
      if (await onPoison?.(event, failure) === true) {
        this.finish(id);
        return;
      }
    }
    this.running.delete(id);
    if (leaseSeconds === null) {
      this.resting.set(id, poison ? Infinity : performance.now() / 1000 + delay);
    } else {
      await this.release([id], Math.ceil(delay));
    }
    this.notify();
  }

  private async release(ids: readonly string[], delay: number): Promise<void> {
    if (ids.length === 0 || this.settings.leaseSeconds === null) {
      return;
    }
    this.forget(ids);
    await this.quietly(() => this.client.plain("POST", "/api/inbox/release", {}, { event_ids: ids, delay_seconds: delay }, true));
  }

  /** A lease that could not be changed ends by itself; who gets it then may handle an event beside this one. */
  private async quietly(action: () => Promise<unknown>): Promise<boolean> {
    try {
      await action();
      return true;
    } catch (failure) {
      if (!(failure instanceof TriggersError)) {
        throw failure;
      }
      this.settings.onError?.(failure);
      return false;
    }
  }

  private forget(ids: readonly string[]): void {
    for (const id of ids) {
      const lease = this.leaseOf.get(id) ?? "";
      this.leaseOf.delete(id);
      this.leases.get(lease)?.delete(id);
      if (this.leases.get(lease)?.size === 0) {
        this.leases.delete(lease);
      }
    }
  }

  private async acknowledge(): Promise<void> {
    for (;;) {
      if (this.done.length === 0) {
        if (this.ended) {
          break;
        }
        await this.rest(60);
        continue;
      }
      if (this.done.length < 1000 && !this.ended) {
        // A little company for the batch.
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      const batch = this.done.splice(0, 1000);
      if (await this.quietly(() => this.client.acknowledgeEvents({ event_ids: batch }))) {
        this.result.acknowledged += batch.length;
        batch.forEach((id) => this.confirmed.add(id));
        if (this.settings.leaseSeconds !== null) {
          batch.forEach((id) => this.told.delete(id));
        }
        this.forget(batch);
        this.notify();
      } else if (this.ended) {
        this.result.unacknowledged.push(...batch, ...this.done);
        return;
      } else {
        this.done.unshift(...batch);
        await this.rest(1);
      }
    }
    for (const ids of [...this.leases.values()]) {
      await this.release([...ids], 0);
    }
  }

  private async extend(): Promise<void> {
    const { leaseSeconds } = this.settings;
    if (leaseSeconds === null) {
      return;
    }
    let next = performance.now() + leaseSeconds * 333;
    while (!this.ended) {
      await this.rest(Math.max(0.001, (next - performance.now()) / 1000));
      if (performance.now() < next || this.ended) {
        continue;
      }
      next = performance.now() + leaseSeconds * 333;
      for (const lease of [...this.leases.keys()]) {
        await this.quietly(() => this.client.plain("POST", "/api/inbox/extend", {}, { lease_id: lease, lease_seconds: leaseSeconds }, true));
      }
    }
  }
}
