package dev.triggers.log;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

import dev.triggers.time.UuidV7;
import org.springframework.stereotype.Component;

/**
 * From which day on the history need be opened for a position: what is read at the end of
 * the log lies in the latest days, and opening a month of them takes longer than reading.
 */
@Component
class LogMarks {

    /**
     * Whatever was added to a day that had been over for an hour is written down; another
     * hour is more than any transaction takes.
     */
    private static final Duration OVER = Duration.ofHours(2);

    private static final UUID ANY_DAY = new UUID(0, 0);

    private volatile Mark latest = new Mark(Long.MAX_VALUE, ANY_DAY);

    /**
     * Transactions from this position on began at this time or later.
     */
    void mark(long position, Instant at) {
        Instant day = at.minus(OVER).atOffset(ZoneOffset.UTC).toLocalDate().atStartOfDay().toInstant(ZoneOffset.UTC);
        this.latest = new Mark(position, UuidV7.floor(day));
    }

    /**
     * The lowest identifier of events at a position or behind it, but for those that were
     * written down as late.
     */
    UUID lowestAt(long position) {
        Mark mark = this.latest;
        return (position >= mark.position) ? mark.lowest : ANY_DAY;
    }

    private record Mark(long position, UUID lowest) {

    }

}
