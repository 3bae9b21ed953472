package dev.triggers.move;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import dev.triggers.cell.CellMessages;
import dev.triggers.cell.Cells;
import dev.triggers.cell.OtherCell;
import dev.triggers.move.DepartureRepository.Counts;
import dev.triggers.move.DepartureRepository.ForeignToken;
import dev.triggers.move.MoveRepository.Horizon;
import dev.triggers.move.MovedTable.Kind;
import dev.triggers.placement.MovedPlaces;
import dev.triggers.web.JsonFields;
import dev.triggers.web.PathId;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Goes on with a move that this process has taken. The history is gone through again and
 * again, each time for what came meanwhile, until that is little. Then the fence goes up,
 * and the rest is packed as it is at one moment and sent. Until the target is told to
 * take over, the fence may come down again; from then on the target is asked until it
 * says that it has.
 */
@Component
class Mover {

    private static final Logger logger = LoggerFactory.getLogger(Mover.class);

    private static final int PAGE = 500;

    /** What came during a pass is sent behind the fence if it is no more than this. */
    private static final int LITTLE = 1_000;

    private static final int MOST_PASSES = 20;

    /** What so many commits brought is not sent behind the fence. */
    private static final int MOST_BEHIND = 20_000;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A history is counted in one statement. */
    private static final Duration LONGER_PATIENCE = Duration.ofMinutes(2);

    private static final Duration HELD_BACK = Duration.ofSeconds(10);

    private static final String OLD_TRANSACTION = "A transaction on this cell's server that does not end, "
            + "of whatever database, hides what came after it: see \"The log is held back\"";

    private static final Duration WRITERS = Duration.ofSeconds(1);

    /** What takes longer is attempted again by the target when its lease has run out. */
    private static final Duration ATTEMPTS = Duration.ofMillis(700);

    private static final Duration LOOK = Duration.ofMillis(5);

    /** By then all instances have written what they counted. */
    private static final Duration COUNTED = Duration.ofSeconds(15);

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final MoveRepository moves;

    private final DepartureRepository departures;

    private final RangeSender ranges;

    private final Cells cells;

    private final CellMessages messages;

    private final MovedPlaces places;

    private final MoveEnds ends;

    private final MoveMetrics metrics;

    Mover(MoveRepository moves, DepartureRepository departures, RangeSender ranges, Cells cells, CellMessages messages,
            MovedPlaces places, MoveEnds ends, MoveMetrics metrics) {
        this.moves = moves;
        this.departures = departures;
        this.ranges = ranges;
        this.cells = cells;
        this.messages = messages;
        this.places = places;
        this.ends = ends;
        this.metrics = metrics;
    }

    /**
     * Goes on until the move is over, or has to wait.
     * @throws MoveTakenException if another process goes on with it
     */
    void proceed(Departure taken, UUID worker) throws InterruptedException {
        if (taken.state() == MoveState.FENCED) {
            // Who put it up has ended
            unfence(taken, worker, "The instance that sent the rest has ended");
            return;
        }
        OtherCell target = this.cells.other(taken.target());
        if (target == null) {
            String problem = "CELLS does not name cell " + taken.target();
            if (taken.cancelled() && taken.state() == MoveState.COPYING) {
                this.moves.cancelled(taken.id(), worker, problem);
            }
            else {
                this.moves.leave(taken.id(), worker, PAUSE, problem);
            }
            return;
        }
        switch (taken.state()) {
            case COPYING -> copy(taken, target, worker);
            case SWITCHING -> settle(taken, target, worker);
            case SWITCHED -> complete(taken, target, worker);
            case FENCED, FINISHED, CANCELLED -> {
            }
        }
    }

    private void copy(Departure taken, OtherCell target, UUID worker) throws InterruptedException {
        if (taken.cancelled()) {
            cancel(taken, target, worker);
            return;
        }
        if (this.departures.isErasing(taken.organizationId()).orElse(true)) {
            giveUp(taken, target, worker, "The organization is being erased");
            return;
        }
        Map<MovedTable, List<String>> columns = columns();
        UUID oldest = begin(taken, target, columns);
        if (oldest == null) {
            this.moves.leave(taken.id(), worker, PAUSE,
                    "Cell " + target.digits() + " still removes what an earlier move left there");
            return;
        }
        Departure move = taken;
        while (true) {
            move = pass(move, target, worker, columns, oldest);
            if (move.cancelled()) {
                cancel(move, target, worker);
                return;
            }
            if (move.passed() <= LITTLE || move.pass() > MOST_PASSES) {
                break;
            }
        }
        if (this.departures.isHeldBack(move, MOST_BEHIND)) {
            this.moves.leave(move.id(), worker, HELD_BACK, OLD_TRANSACTION);
            return;
        }
        if (fence(move, target, worker, columns)) {
            settle(this.moves.keep(move.id(), worker), target, worker);
        }
        else {
            giveUp(move, target, worker, "The organization is being erased");
        }
    }

    private Map<MovedTable, List<String>> columns() {
        Map<MovedTable, List<String>> columns = new HashMap<>();
        Stream.of(MovedTable.values()).forEach((table) -> columns.put(table, this.departures.columns(table)));
        return columns;
    }

    /** The first event that the target takes; null: it is not ready. */
    private @Nullable UUID begin(Departure move, OtherCell target, Map<MovedTable, List<String>> columns) {
        Map<String, List<String>> named = new HashMap<>();
        columns.forEach((table, names) -> named.put(table.toString(), names));
        JsonFields begun = this.messages.ask(target, ArrivalController.BEGIN,
                new ArrivalController.Coming(move.id(), move.organizationId(), this.cells.here(),
                        this.departures.horizon().generation(),
                        this.departures.firstEvent(move.organizationId()).orElse(null),
                        this.departures.firstOpen(move.organizationId()).orElse(null), named),
                PATIENCE);
        return Boolean.TRUE.equals(begun.flag("ready")) ? PathId.parse("oldest", begun.requiredText("oldest")) : null;
    }

    /**
     * Goes through the history once, and then through what changes, as long as the
     * organization is here.
     */
    private Departure pass(Departure taken, OtherCell target, UUID worker, Map<MovedTable, List<String>> columns,
            UUID oldest) {
        Departure move = taken;
        Horizon horizon = this.departures.horizon();
        // After a restore, other transactions have these ids
        boolean anew = move.generation() != horizon.generation();
        if (move.horizon() == null || anew) {
            this.moves.beginPass(move.id(), worker, horizon, oldest, anew);
            move = this.moves.keep(move.id(), worker);
        }
        List<MovedTable> tables = (move.state() == MoveState.COPYING) ? join(Kind.HISTORY, Kind.RANGES)
                : MovedTable.of(Kind.HISTORY);
        while (move.step() < tables.size() && !move.cancelled()) {
            MovedTable table = tables.get(move.step());
            if (table.kind() == Kind.RANGES) {
                move = this.ranges.send(move, table, of(columns, table), target, worker);
                continue;
            }
            RowPage page = this.departures.page(table, move.organizationId(), move.since(),
                    Objects.requireNonNull(move.horizon()), move.oldest(), move.after(), PAGE);
            if (page.rows() > 0) {
                this.messages.ask(target, ArrivalController.ROWS, new ArrivalController.Rows(move.id(),
                        move.organizationId(), table.toString(), of(columns, table), page.content()), PATIENCE);
                this.metrics.copied(page.rows());
            }
            boolean over = page.rows() == 0;
            move = this.moves.proceed(move.id(), worker, over ? move.step() + 1 : move.step(),
                    over ? null : page.last(), page.rows());
        }
        if (!move.cancelled()) {
            this.moves.endPass(move.id(), worker);
            move = this.moves.keep(move.id(), worker);
        }
        return move;
    }

    private static List<MovedTable> join(Kind... kinds) {
        return Stream.of(kinds).flatMap((kind) -> MovedTable.of(kind).stream()).toList();
    }

    private static List<String> of(Map<MovedTable, List<String>> columns, MovedTable table) {
        return Optional.ofNullable(columns.get(table)).orElseThrow();
    }

    /**
     * Sends the rest behind the fence.
     * @return false if there is no organization any more that could move
     */
    private boolean fence(Departure copied, OtherCell target, UUID worker, Map<MovedTable, List<String>> columns)
            throws InterruptedException {
        long floor = this.departures.floor(copied.organizationId(), copied.oldest());
        long began = System.nanoTime();
        if (!this.departures.fence(copied.id(), worker, copied.organizationId())) {
            return false;
        }
        Departure move = copied;
        try {
            move = this.moves.keep(copied.id(), worker);
            awaitQuiet(move);
            int parcels = this.departures.pack(move, worker, join(Kind.HISTORY, Kind.RANGES, Kind.STATE));
            this.messages.ask(target, ArrivalController.FENCE, fence(move, parcels, floor), PATIENCE);
            send(move, target, worker, columns, move.fence());
            this.moves.beginSwitch(move.id(), worker);
        }
        catch (RuntimeException | InterruptedException ex) {
            unfence(move, worker, String.valueOf(ex.getMessage()));
            throw ex;
        }
        this.metrics.fenced(Duration.ofNanos(System.nanoTime() - began));
        return true;
    }

    private ArrivalController.Fence fence(Departure move, int parcels, long floor) {
        return new ArrivalController.Fence(move.id(), move.organizationId(), move.fence(),
                this.departures.horizon().generation(), parcels, Long.toString(floor));
    }

    /** Waits for who may not have seen the fence, and a moment for attempts under way. */
    private void awaitQuiet(Departure move) throws InterruptedException {
        Set<String> writers = Set.copyOf(this.departures.writers());
        if (!await(WRITERS, () -> this.departures.writers().stream().noneMatch(writers::contains))) {
            throw ProblemException.of(ProblemKind.UNAVAILABLE,
                    "A transaction that began before the fence does not end");
        }
        await(ATTEMPTS, () -> !this.departures.attempts(move.organizationId()));
    }

    /** Takes the fence down, not to put it up again too soon. */
    private void unfence(Departure move, UUID worker, String problem) {
        this.departures.unfence(move.id(), worker, move.organizationId());
        Duration pause = Duration.ofSeconds(1L << Math.min(move.fence(), 6));
        this.moves.leave(move.id(), worker, (pause.compareTo(LONGEST_PAUSE) < 0) ? pause : LONGEST_PAUSE, problem);
    }

    private static boolean await(Duration longest, BooleanSupplier condition) throws InterruptedException {
        long began = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - began > longest.toNanos()) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
        }
        return true;
    }

    private void send(Departure move, OtherCell target, UUID worker, Map<MovedTable, List<String>> columns, int fence) {
        for (Parcel parcel = next(move, 0); parcel != null; parcel = next(move, parcel.number() + 1)) {
            this.messages.ask(target, ArrivalController.PARCEL,
                    new ArrivalController.Packed(move.id(), move.organizationId(), fence, parcel.number(),
                            parcel.table().toString(), of(columns, parcel.table()), parcel.range(), parcel.content()),
                    PATIENCE);
            this.metrics.copied(parcel.rows());
            this.moves.proceed(move.id(), worker, move.step(), move.after(), parcel.rows());
        }
    }

    private @Nullable Parcel next(Departure move, int from) {
        return this.departures.parcel(move.id(), from).orElse(null);
    }

    /** Tells the target to take over, as often as it takes to hear that it has. */
    private void settle(Departure move, OtherCell target, UUID worker) {
        this.messages.ask(target, ArrivalController.SETTLE, fence(move, this.departures.parcels(move.id()),
                this.departures.floor(move.organizationId(), move.oldest())), PATIENCE);
        this.departures.release(move, worker);
        logger.info("Organization {} lives in cell {} now", move.organizationId(), target.digits());
        this.moves.leave(move.id(), worker, PAUSE, null);
    }

    /** Has those know who will be asked. */
    private void tell(Departure move, OtherCell target) {
        this.departures.externalId(move.organizationId()).ifPresent((id) -> this.places.tell(id, target.digits()));
        Map<String, List<ForeignToken>> tokens = new HashMap<>();
        this.departures.foreignTokens(move.organizationId(), this.cells.here())
            .forEach((token) -> tokens.computeIfAbsent(token.cell(), (cell) -> new ArrayList<>()).add(token));
        tokens.forEach((digits, some) -> {
            OtherCell origin = this.cells.other(digits);
            if (origin != null) {
                this.messages.ask(origin, ArrivalController.TOKENS,
                        new ArrivalController.Tokens(some.stream().map(ForeignToken::token).toList(),
                                some.stream().map(ForeignToken::expiresAt).toList(), target.digits()),
                        PATIENCE);
            }
        });
    }

    /** Sends what came late, counts, and has the rest of it removed. */
    private void complete(Departure taken, OtherCell target, UUID worker) throws InterruptedException {
        tell(taken, target);
        Duration away = this.moves.away(taken.id());
        if (away.compareTo(COUNTED) < 0) {
            this.moves.leave(taken.id(), worker, COUNTED.minus(away), null);
            return;
        }
        Map<MovedTable, List<String>> columns = columns();
        Departure move = pass(taken, target, worker, columns, taken.oldest());
        if (move.passed() > 0) {
            // More may have come meanwhile
            this.moves.leave(move.id(), worker, PAUSE, null);
            return;
        }
        if (this.departures.isHeldBack(move)) {
            this.moves.leave(move.id(), worker, HELD_BACK, OLD_TRANSACTION);
            return;
        }
        if (!move.counted()) {
            this.departures.pack(move, worker, MovedTable.of(Kind.COUNTS));
        }
        send(move, target, worker, columns, 0);
        String missing = missing(move, target);
        if (missing != null) {
            this.moves.leave(move.id(), worker, LONGEST_PAUSE, missing);
            return;
        }
        this.messages.ask(target, ArrivalController.COMPLETE,
                new ArrivalController.Named(move.id(), move.organizationId()), PATIENCE);
        this.ends.finish(move, worker);
    }

    /** What is not in the target, in words; null: nothing. */
    private @Nullable String missing(Departure move, OtherCell target) {
        Counts here = this.departures.counts(move.organizationId(), move.oldest());
        JsonFields there = this.messages.ask(target, ArrivalController.COUNTS,
                new ArrivalController.ToCount(move.organizationId(), move.oldest(), Long.toString(here.below())),
                LONGER_PATIENCE);
        Map<String, Long> counts = Map.of("events", here.events(), "attempts", here.attempts(), "acks", here.acks());
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            Integer found = there.integer(count.getKey(), 0, Integer.MAX_VALUE);
            if (found == null || found < count.getValue()) {
                return "Of " + count.getValue() + " " + count.getKey() + " cell " + target.digits() + " has " + found
                        + ": nothing is removed here";
            }
        }
        return null;
    }

    private void cancel(Departure move, OtherCell target, UUID worker) {
        giveUp(move, target, worker, null);
    }

    private void giveUp(Departure move, OtherCell target, UUID worker, @Nullable String why) {
        this.messages.ask(target, ArrivalController.DROP, new ArrivalController.Named(move.id(), move.organizationId()),
                PATIENCE);
        this.moves.cancelled(move.id(), worker, why);
    }

}
