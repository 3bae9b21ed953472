package dev.triggers.time;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

import org.springframework.stereotype.Component;

/**
 * Makes identifiers of version 7 (RFC 9562, section 5.7): a millisecond timestamp, then a
 * 12-bit counter, so that the identifiers of one instance strictly increase, then 62
 * random bits.
 */
@Component
public final class UuidV7 {

    private static final int COUNTER_BITS = 12;

    private final Clock clock;

    /** Milliseconds and counter of the latest identifier, as one number. */
    private final AtomicLong latest = new AtomicLong();

    public UuidV7(Clock clock) {
        this.clock = clock;
    }

    public UUID next() {
        long now = this.clock.millis() << COUNTER_BITS;
        // An exhausted counter borrows from the next millisecond, as the RFC allows.
        long tick = this.latest.updateAndGet((previous) -> Math.max(now, previous + 1));
        long high = (tick >>> COUNTER_BITS << 16) | 0x7000 | (tick & 0xFFF);
        long low = (ThreadLocalRandom.current().nextLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /**
     * The instant that an identifier of version 7 carries, in milliseconds.
     */
    public static Instant instant(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }

    /**
     * The lowest identifier that sorts at or after the given instant.
     */
    public static UUID floor(Instant instant) {
        return new UUID(instant.toEpochMilli() << 16, 0);
    }

}
