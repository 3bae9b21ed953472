package dev.triggers.client;

import dev.triggers.client.model.LeasedItem;
import java.time.Duration;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * How to consume.
 *
 * @param type of events, or null
 * @param batch how many events are asked for at once: 100
 * @param parallel how many handlers are under way at once: 1
 * @param lease how long an event is this consumer's own: 30 s, extended while handlers take longer; null: no leases but a long
 * poll, for the only consumer of an inbox
 * @param maxAttempts after which an event that fails is poison: 5
 * @param onPoison says whether to acknowledge the event; else it stays in the inbox
 * @param onError hears of what could not be done for now
 * @param retryWait after the first failure of an event: 1 s, doubled each time
 * @param longestRetryWait 5 minutes
 * @param name of the consumer, for those who look at leases; or null
 */
public record ConsumeOptions(String type, int batch, int parallel, Duration lease, int maxAttempts, BiPredicate<LeasedItem, Exception> onPoison,
        Consumer<TriggersException> onError, Duration retryWait, Duration longestRetryWait, String name) {

    /** Checked once. */
    public ConsumeOptions {
        if (batch < 1 || batch > 1_000 || parallel < 1 || maxAttempts < 1 || (lease != null && lease.toSeconds() < 1)) {
            throw new IllegalArgumentException("batch is 1 to 1000, parallel and maxAttempts at least 1, lease at least a second");
        }
    }

    /** What holds where nothing is said. */
    public static ConsumeOptions defaults() {
        return new ConsumeOptions(null, 100, 1, Duration.ofSeconds(30), 5, (event, failure) -> false, (failure) -> {
        }, Duration.ofSeconds(1), Duration.ofMinutes(5), null);
    }

    /** Of one type of events. */
    public ConsumeOptions withType(String wanted) {
        return new ConsumeOptions(wanted, this.batch, this.parallel, this.lease, this.maxAttempts, this.onPoison, this.onError, this.retryWait,
                this.longestRetryWait, this.name);
    }

    /** Asking for so many at once. */
    public ConsumeOptions withBatch(int events) {
        return new ConsumeOptions(this.type, events, this.parallel, this.lease, this.maxAttempts, this.onPoison, this.onError, this.retryWait,
                this.longestRetryWait, this.name);
    }

    /** With so many handlers at once. */
    public ConsumeOptions withParallel(int handlers) {
        return new ConsumeOptions(this.type, this.batch, handlers, this.lease, this.maxAttempts, this.onPoison, this.onError, this.retryWait,
                this.longestRetryWait, this.name);
    }

    /** With other leases. */
    public ConsumeOptions withLease(Duration time) {
        return new ConsumeOptions(this.type, this.batch, this.parallel, time, this.maxAttempts, this.onPoison, this.onError, this.retryWait,
                this.longestRetryWait, this.name);
    }

    /** Without leases. */
    public ConsumeOptions withLongPoll() {
        return withLease(null);
    }

    /** After so many attempts the event is poison, and this says whether to acknowledge it. */
    public ConsumeOptions withPoison(int attempts, BiPredicate<LeasedItem, Exception> verdict) {
        return new ConsumeOptions(this.type, this.batch, this.parallel, this.lease, attempts, verdict, this.onError, this.retryWait,
                this.longestRetryWait, this.name);
    }

    /** This hears of what could not be done for now. */
    public ConsumeOptions withOnError(Consumer<TriggersException> listener) {
        return new ConsumeOptions(this.type, this.batch, this.parallel, this.lease, this.maxAttempts, this.onPoison, listener, this.retryWait,
                this.longestRetryWait, this.name);
    }

    /** With other waits for an event that failed. */
    public ConsumeOptions withRetryWaits(Duration first, Duration longest) {
        return new ConsumeOptions(this.type, this.batch, this.parallel, this.lease, this.maxAttempts, this.onPoison, this.onError, first, longest,
                this.name);
    }

    /** With a name. */
    public ConsumeOptions withName(String text) {
        return new ConsumeOptions(this.type, this.batch, this.parallel, this.lease, this.maxAttempts, this.onPoison, this.onError, this.retryWait,
                this.longestRetryWait, text);
    }

    Duration waitAfter(long failures) {
        Duration grown = this.retryWait.multipliedBy(1L << Math.min(failures - 1, 20));
        return (grown.compareTo(this.longestRetryWait) < 0) ? grown : this.longestRetryWait;
    }

}
