package dev.triggers.move;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import dev.triggers.cell.CellMessages;
import dev.triggers.database.HistoryUpkeep;
import dev.triggers.move.DepartureRepository.Counts;
import dev.triggers.time.UuidV7;
import dev.triggers.web.JsonFields;
import dev.triggers.web.PathId;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import dev.triggers.key.Keyless;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What the cell that an organization leaves says to the one that it goes to.
 */
@Hidden
@RestController
class ArrivalController {

    private static final String PREFIX = CellMessages.PREFIX + "moves/";

    /** An organization is to come. */
    static final String BEGIN = PREFIX + "begin";

    /** Rows of its history. */
    static final String ROWS = PREFIX + "rows";

    /** A fence is up, and what is packed behind it follows. */
    static final String RANGE = PREFIX + "range";

    static final String FENCE = PREFIX + "fence";

    /** Some of that. */
    static final String PARCEL = PREFIX + "parcel";

    /** All of that was sent: the organization lives here from now on. */
    static final String SETTLE = PREFIX + "settle";

    /** Nothing more comes. */
    static final String COMPLETE = PREFIX + "complete";

    /** How many rows there are. */
    static final String COUNTS = PREFIX + "counts";

    /** The organization does not come. */
    static final String DROP = PREFIX + "drop";

    /** Where tokens are that were made here. */
    static final String TOKENS = PREFIX + "tokens";

    private static final int LONGEST = 8 * 1024 * 1024;

    private static final Duration DAY = Duration.ofDays(1);

    private final CellMessages messages;

    private final OrganizationArrivals arrivals;

    private final HistoryUpkeep history;

    private final Clock clock;

    ArrivalController(CellMessages messages, OrganizationArrivals arrivals, HistoryUpkeep history, Clock clock) {
        this.messages = messages;
        this.arrivals = arrivals;
        this.history = history;
        this.clock = clock;
    }

    @PostMapping(BEGIN)
    @Keyless
    Begun begin(HttpServletRequest request) {
        JsonFields said = this.messages.receive(request);
        for (MovedTable table : MovedTable.values()) {
            JsonFields columns = Objects.requireNonNull(said.object("columns"));
            this.arrivals.requireColumns(table, texts(columns, table.toString()));
        }
        boolean ready = this.arrivals.begin(id(said, "move_id"), id(said, "organization_id"),
                said.requiredText("source"), integer(said, "generation"));
        UUID oldest = this.arrivals.oldest();
        String first = said.text("first_event_id");
        String open = said.text("first_open_id");
        // What is still to be delivered comes from longer ago than the log goes back
        UUID taken = (open != null && open.compareTo(oldest.toString()) < 0) ? PathId.parse("first_open_id", open)
                : oldest;
        if (ready && first != null) {
            makeDays(UuidV7.instant(PathId.parse("first_event_id", first)), UuidV7.instant(taken));
        }
        return new Begun(ready, taken);
    }

    private void makeDays(Instant first, Instant kept) {
        Instant last = this.clock.instant().plus(DAY);
        for (Instant day = first.isBefore(kept) ? kept : first; day.isBefore(last); day = day.plus(DAY)) {
            this.history.createMissing(day);
        }
    }

    @PostMapping(ROWS)
    @Keyless
    Done rows(HttpServletRequest request) {
        JsonFields said = this.messages.receive(request, LONGEST);
        this.arrivals.store(id(said, "move_id"), id(said, "organization_id"), table(said), texts(said, "columns"),
                said.requiredText("rows"));
        return Done.INSTANCE;
    }

    @PostMapping(RANGE)
    @Keyless
    Done range(HttpServletRequest request) {
        JsonFields said = this.messages.receive(request, LONGEST);
        this.arrivals.replace(id(said, "move_id"), id(said, "organization_id"), integer(said, "turn"), table(said),
                texts(said, "columns"), requiredRange(said), said.requiredText("rows"));
        return Done.INSTANCE;
    }

    @PostMapping(FENCE)
    @Keyless
    Done fence(HttpServletRequest request) {
        JsonFields said = this.messages.receive(request);
        UUID moveId = id(said, "move_id");
        UUID organizationId = id(said, "organization_id");
        int fence = integer(said, "fence");
        int generation = integer(said, "generation");
        boolean begun;
        do {
            begun = this.arrivals.beginFence(moveId, organizationId, fence, generation);
        }
        while (!begun);
        return Done.INSTANCE;
    }

    @PostMapping(PARCEL)
    @Keyless
    Done parcel(HttpServletRequest request) {
        JsonFields said = this.messages.receive(request, LONGEST);
        this.arrivals.store(id(said, "move_id"), id(said, "organization_id"), integer(said, "fence"),
                integer(said, "number"), table(said), texts(said, "columns"), range(said), said.requiredText("rows"));
        return Done.INSTANCE;
    }

    @PostMapping(SETTLE)
    @Keyless
    Done settle(HttpServletRequest request) {
        JsonFields said = this.messages.receive(request);
        this.arrivals.settle(id(said, "move_id"), id(said, "organization_id"), integer(said, "fence"),
                integer(said, "parcels"), Long.parseLong(said.requiredText("floor")));
        return Done.INSTANCE;
    }

    @PostMapping(COMPLETE)
    @Keyless
    Done complete(HttpServletRequest request) {
        JsonFields said = this.messages.receive(request);
        this.arrivals.complete(id(said, "move_id"), id(said, "organization_id"));
        return Done.INSTANCE;
    }

    @PostMapping(COUNTS)
    @Keyless
    Counts counts(HttpServletRequest request) {
        JsonFields said = this.messages.receive(request);
        return this.arrivals.counts(id(said, "organization_id"), id(said, "oldest"),
                Long.parseLong(said.requiredText("below")));
    }

    @PostMapping(DROP)
    @Keyless
    Done drop(HttpServletRequest request) {
        JsonFields said = this.messages.receive(request);
        this.arrivals.drop(id(said, "move_id"), id(said, "organization_id"));
        return Done.INSTANCE;
    }

    @PostMapping(TOKENS)
    @Keyless
    Done tokens(HttpServletRequest request) {
        JsonFields said = this.messages.receive(request);
        this.arrivals.noteTokens(texts(said, "tokens"), texts(said, "expires_at"), said.requiredText("cell"));
        return Done.INSTANCE;
    }

    private static UUID id(JsonFields said, String name) {
        return PathId.parse(name, said.requiredText(name));
    }

    private static int integer(JsonFields said, String name) {
        Integer value = said.integer(name, 0, Integer.MAX_VALUE);
        if (value == null) {
            throw ProblemException.invalid(name, "is required");
        }
        return value;
    }

    /** The events that rows are all of; null: they come on top. */
    private static @Nullable EventRange range(JsonFields said) {
        JsonFields range = said.object("range");
        if (range == null) {
            return null;
        }
        String until = range.text("until");
        return new EventRange(id(range, "first"), (until != null) ? PathId.parse("until", until) : null);
    }

    private static EventRange requiredRange(JsonFields said) {
        EventRange range = range(said);
        if (range == null) {
            throw ProblemException.invalid("range", "is required");
        }
        return range;
    }

    private static List<String> texts(JsonFields said, String name) {
        List<String> texts = said.texts(name);
        if (texts == null) {
            throw ProblemException.invalid(name, "is required");
        }
        return texts;
    }

    private static MovedTable table(JsonFields said) {
        try {
            return MovedTable.parse(said.requiredText("table"));
        }
        catch (IllegalArgumentException ex) {
            throw ProblemException.of(ProblemKind.CONFLICT, String.valueOf(ex.getMessage()));
        }
    }

    /**
     * Says that an organization is to come.
     *
     * @param moveId the move
     * @param organizationId the organization
     * @param source the digits of the cell that it comes from
     * @param generation the generation of that cell's log
     * @param firstEventId its first event; null: it has none
     * @param firstOpenId the first that is still to be delivered; null: there is none
     * @param columns the columns that come, by table
     */
    record Coming(UUID moveId, UUID organizationId, String source, int generation, @Nullable UUID firstEventId,
            @Nullable UUID firstOpenId, Map<String, List<String>> columns) {
    }

    /**
     * Whether it may.
     *
     * @param ready whether nothing is left of it here
     * @param oldest events before it are not kept here
     */
    record Begun(boolean ready, UUID oldest) {
    }

    /**
     * Rows of the history.
     *
     * @param moveId the move
     * @param organizationId the organization
     * @param table the table
     * @param columns its columns
     * @param rows a JSON array
     */
    record Rows(UUID moveId, UUID organizationId, String table, List<String> columns, String rows) {
    }

    /**
     * What there is of some events.
     *
     * @param moveId the move
     * @param organizationId the organization
     * @param turn counts the source's processes that went on with the move
     * @param table the table
     * @param columns its columns
     * @param range the events
     * @param rows a JSON array
     */
    record Range(UUID moveId, UUID organizationId, int turn, String table, List<String> columns, EventRange range,
            String rows) {
    }

    /**
     * Rows that were packed.
     *
     * @param moveId the move
     * @param organizationId the organization
     * @param fence the number of the fence; 0: the organization has arrived
     * @param number the number of the parcel
     * @param table the table
     * @param columns its columns
     * @param range the events that the rows are all of; null: they come on top
     * @param rows a JSON array
     */
    record Packed(UUID moveId, UUID organizationId, int fence, int number, String table, List<String> columns,
            @Nullable EventRange range, String rows) {
    }

    /**
     * Names a fence, and how much was packed behind it.
     *
     * @param moveId the move
     * @param organizationId the organization
     * @param fence the number of the fence
     * @param generation the generation of the source's log
     * @param parcels how many parcels there are
     * @param floor before which position of the source a cursor may have missed events
     */
    record Fence(UUID moveId, UUID organizationId, int fence, int generation, int parcels, String floor) {
    }

    /**
     * Names a move.
     *
     * @param moveId the move
     * @param organizationId the organization
     */
    record Named(UUID moveId, UUID organizationId) {
    }

    /**
     * Asks how many rows there are.
     *
     * @param organizationId the organization
     * @param oldest of events from this one on
     * @param below events that were stored where it lives now have positions behind it
     */
    record ToCount(UUID organizationId, UUID oldest, String below) {
    }

    /**
     * Says where tokens are.
     *
     * @param tokens their public ids
     * @param expiresAt when each ends
     * @param cell the digits of the cell
     */
    record Tokens(List<String> tokens, List<String> expiresAt, String cell) {
    }

    /**
     * It is done.
     *
     * @param done true
     */
    record Done(boolean done) {

        static final Done INSTANCE = new Done(true);

    }

}
