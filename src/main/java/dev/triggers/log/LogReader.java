package dev.triggers.log;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

import dev.triggers.database.ReadRoute;
import dev.triggers.database.ReplicaBehindException;
import dev.triggers.event.ArrivalSignals;
import dev.triggers.inbox.ReadGate;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import dev.triggers.web.RequestPlaces;
import org.springframework.stereotype.Component;

/**
 * Reads the log from a cursor, at once or when something is there, and says of a cursor
 * that cannot go on without a gap that it cannot.
 */
@Component
public class LogReader {

    /** Arrivals are signalled; this is for what a lost connection swallowed. */
    private static final long RECHECK = Duration.ofSeconds(5).toNanos();

    /**
     * What arrived is in the log once nothing before it is under way, mostly after some
     * milliseconds.
     */
    private static final long SHORTEST_GAP = Duration.ofMillis(5).toNanos();

    /** A filter that lets nothing through must not turn every arrival into a look. */
    private static final long LONGEST_GAP = Duration.ofMillis(500).toNanos();

    private final LogRepository log;

    private final ReadGate gate;

    private final ArrivalSignals signals;

    private final RequestPlaces places;

    private final LogMetrics metrics;

    LogReader(LogRepository log, ReadGate gate, ArrivalSignals signals, RequestPlaces places, LogMetrics metrics) {
        this.log = log;
        this.gate = gate;
        this.signals = signals;
        this.places = places;
        this.metrics = metrics;
    }

    /** A reader that begins with the oldest event that is kept. */
    LogCursor earliest(UUID organizationId) {
        return LogCursor.beginning(organizationId, LogPosition.before(0));
    }

    /** A reader that begins with what is accepted from now on. */
    public LogCursor latest(UUID organizationId) throws InterruptedException {
        LogState state = this.gate.read(this.log::state);
        return LogCursor.at(organizationId, state.horizonPosition(), state.firstDay());
    }

    /** A reader to whom everything comes that was accepted at the time or later. */
    LogCursor from(UUID organizationId, Instant time) throws InterruptedException {
        return LogCursor.beginning(organizationId, this.gate.read(() -> this.log.at(organizationId, time)));
    }

    /**
     * Refuses a cursor that cannot go on without a gap.
     * @throws ProblemException 410 with the cursor to go on from
     */
    public LogCursor checked(LogCursor cursor) throws InterruptedException {
        check(cursor, this.gate.read(this.log::state));
        return cursor;
    }

    /**
     * What lies behind the cursor. Where nothing does, it waits for as long as it is told
     * to.
     */
    LogSlice read(LogQuery query, Duration wait) throws InterruptedException {
        if (wait.isZero()) {
            return look(query);
        }
        try (ArrivalSignals.Waiter waiter = this.signals.register(query.organizationId())) {
            LogSlice slice = look(query);
            if (waiter == null) {
                this.metrics.waitRefused();
                return slice;
            }
            return isOver(slice) ? await(waiter, query, slice, wait) : slice;
        }
    }

    private LogSlice await(ArrivalSignals.Waiter waiter, LogQuery query, LogSlice empty, Duration wait)
            throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        long lookedAt = System.nanoTime();
        long gap = SHORTEST_GAP;
        long rest = RECHECK;
        LogSlice slice = empty;
        while (isOver(slice)) {
            long start = System.nanoTime();
            long most = Math.min(rest, end - start);
            long notBefore = lookedAt + gap;
            if (most <= 0 || !this.places.away(() -> {
                boolean goOn = waiter.await(Duration.ofNanos(most));
                pause(Math.min(end, notBefore) - System.nanoTime());
                return goOn;
            })) {
                return slice;
            }
            boolean arrived = System.nanoTime() - start < most;
            slice = look(query.at(slice.next()));
            lookedAt = System.nanoTime();
            gap = Math.min(2 * gap, LONGEST_GAP);
            // What arrived is not in the log yet, if it is for this reader at all
            rest = arrived ? gap : Math.min(2 * rest, RECHECK);
        }
        return slice;
    }

    private static void pause(long nanos) throws InterruptedException {
        if (nanos > 0) {
            Thread.sleep(Duration.ofNanos(nanos));
        }
    }

    private LogSlice look(LogQuery query) throws InterruptedException {
        LogSlice slice = this.gate.read(() -> this.log.page(query));
        check(slice.from(), slice.state());
        return slice.before(ReadRoute.logHorizon());
    }

    private static boolean isOver(LogSlice slice) {
        return slice.entries().isEmpty() && slice.edge() == null;
    }

    private void check(LogCursor cursor, LogState state) throws InterruptedException {
        boolean lost = isFromLostTail(cursor, state);
        if (ReadRoute.leadsToReplica() && (lost || missed(cursor, state))) {
            throw new ReplicaBehindException();
        }
        if (lost) {
            this.metrics.cursorReset();
            LogPosition start = LogPosition.beginning(state.generation());
            throw ProblemException
                .of(ProblemKind.CURSOR_RESET,
                        "The cursor knows of events that the database lost; go on from the cursor given here")
                .with(Map.of("cursor", LogCursor.at(cursor.organizationId(), start, state.firstDay()).text()));
        }
        if (missed(cursor, state)) {
            this.metrics.cursorExpired();
            throw ProblemException
                .of(ProblemKind.CURSOR_EXPIRED,
                        "Events behind the cursor are no longer kept; the earliest that are begin at earliest_cursor")
                .with(Map.of("earliest_cursor", state.earliest(cursor.organizationId()).text()));
        }
    }

    /** Positions of other cells compare with their own. */
    private boolean missed(LogCursor cursor, LogState state) throws InterruptedException {
        if (cursor.firstDay() == state.firstDay() || cursor.position().generation() >= state.generation()) {
            return state.missed(cursor);
        }
        OptionalLong floor = this.gate
            .read(() -> this.log.floorElsewhere(cursor.organizationId(), cursor.position().generation()));
        return floor.isPresent() ? cursor.position().position() < floor.getAsLong() : state.missed(cursor);
    }

    private boolean isFromLostTail(LogCursor cursor, LogState state) throws InterruptedException {
        LogPosition position = cursor.position();
        if (position.position() > state.newest()) {
            return true;
        }
        return position.generation() < state.generation() && cursor.sawAnything()
                && !this.gate.read(() -> this.log.remembers(cursor.organizationId(), cursor.seen()));
    }

}
