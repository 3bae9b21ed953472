package dev.triggers.log;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.triggers.database.ReadRoute;
import dev.triggers.database.ReplicaBehindException;
import dev.triggers.inbox.EventState;
import dev.triggers.inbox.EventTexts;
import dev.triggers.inbox.InboxItem;
import dev.triggers.inbox.ItemRepository;
import dev.triggers.inbox.PageBudget;
import dev.triggers.inbox.ReadGate;
import dev.triggers.inbox.TypeFilter;
import dev.triggers.key.Caller;
import dev.triggers.key.Requires;
import dev.triggers.key.Scope;
import dev.triggers.replica.StaleReads;
import dev.triggers.web.ProblemException;
import dev.triggers.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The log: everything, from a position that may be kept.
 */
@RestController
@Tag(name = "Events")
class LogController {

    private static final int LONGEST_WAIT = 30;

    /** A page ends here, though more would fit its limit. */
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    /** What an event adds to an answer besides its texts, generously. */
    private static final int MEMBERS = 512;

    private final LogReader reader;

    private final ItemRepository items;

    private final ReadGate gate;

    private final PageBudget budget;

    private final StaleReads replica;

    private final LogMetrics metrics;

    LogController(LogReader reader, ItemRepository items, ReadGate gate, PageBudget budget, StaleReads replica,
            LogMetrics metrics) {
        this.reader = reader;
        this.items = items;
        this.gate = gate;
        this.budget = budget;
        this.replica = replica;
        this.metrics = metrics;
    }

    @GetMapping("/api/events")
    @Requires(value = Scope.EVENTS_READ, restricted = true)
    @Operation(summary = "Read the log", description = """
            Every event that was accepted, oldest first, in an order in which nothing ever appears behind a cursor \
            that was given out. next_cursor goes on exactly there, now or weeks later, on any instance. It is always \
            there, and moves on where the filter lets nothing through. A filtered page looks at 10,000 events and a \
            page ends at 4 MiB: it may be short or empty while has_more is true. A cursor behind which a day has \
            been dropped answers 410 cursor_expired with earliest_cursor; one that knows of events that a restored \
            database lost answers 410 cursor_reset with the cursor to go on from. An answer with X-Staleness-Ms came \
            from a replica: what was accepted so many milliseconds before, or less, may not be in it yet.""")
    @Parameter(name = "cursor", in = ParameterIn.QUERY, description = "The next_cursor of an earlier page",
            schema = @Schema(type = "string"))
    @Parameter(name = "from", in = ParameterIn.QUERY,
            description = "Where to begin without a cursor: earliest, latest, or a time, behind which everything comes "
                    + "that was accepted then or later, and perhaps a little that was accepted before",
            schema = @Schema(type = "string", defaultValue = "earliest"))
    @Parameter(name = "type", in = ParameterIn.QUERY, description = "An event type, or a prefix of it: user.*",
            schema = @Schema(type = "string"))
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = "Clamped to 1 to 1000",
            schema = @Schema(type = "integer", defaultValue = "100"))
    @Parameter(name = "wait", in = ParameterIn.QUERY,
            description = "Seconds to wait for an event when there is none, clamped to 0 to 30",
            schema = @Schema(type = "integer", defaultValue = "0"))
    @Parameter(name = "fields", in = ParameterIn.QUERY, description = "summary leaves the payloads out",
            schema = @Schema(allowableValues = { "all", "summary" }, defaultValue = "all"))
    LogPage read(@Parameter(hidden = true) Caller caller, HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response) throws InterruptedException {
        QueryParameters parameters = QueryParameters.of(request);
        Duration wait = Duration.ofSeconds(parameters.clamped("wait", 0, 0, LONGEST_WAIT));
        TypeFilter type = TypeFilter.parse(parameters.text("type"));
        int limit = parameters.clamped("limit", LogQuery.DEFAULT_LIMIT, 1, LogQuery.LARGEST_LIMIT);
        boolean payloads = payloads(parameters);
        StaleReads.Reading<LogPage> reading = () -> {
            LogCursor cursor = cursor(caller.organizationId(), parameters);
            LogSlice slice = this.reader.read(new LogQuery(cursor, type, caller.types(), limit), wait);
            return page(slice, limit, payloads, request);
        };
        // Who waits, or begins at the end, asks for what is the latest
        boolean latest = !wait.isZero() || "latest".equals(parameters.text("from"));
        LogPage page = latest ? reading.read() : this.replica.answer(caller, request, response, reading);
        this.metrics.read(page.events().size());
        return page;
    }

    private static boolean payloads(QueryParameters parameters) {
        String fields = parameters.text("fields");
        return switch ((fields != null) ? fields : "all") {
            case "all" -> true;
            case "summary" -> false;
            default -> throw ProblemException.invalid("fields", "must be all or summary");
        };
    }

    private LogCursor cursor(UUID organizationId, QueryParameters parameters) throws InterruptedException {
        String cursor = parameters.text("cursor");
        String from = parameters.text("from");
        if (cursor != null) {
            if (from != null) {
                throw ProblemException.invalid("from", "has no meaning beside a cursor");
            }
            return LogCursor.parse(organizationId, "cursor", cursor);
        }
        return switch (from) {
            case null -> this.reader.earliest(organizationId);
            case "earliest" -> this.reader.earliest(organizationId);
            case "latest" -> this.reader.latest(organizationId);
            default -> this.reader.from(organizationId, time(from));
        };
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        }
        catch (DateTimeException ex) {
            throw ProblemException.invalid("from",
                    "must be earliest, latest, or a time as in RFC 3339, like 2026-01-31T12:00:00Z");
        }
    }

    private LogPage page(LogSlice found, int limit, boolean payloads, HttpServletRequest request)
            throws InterruptedException {
        UUID organizationId = found.from().organizationId();
        LogSlice slice = (found.entries().size() > limit) ? found.first(limit) : found;
        Map<UUID, EventState> states = this.gate.read(() -> this.items.states(organizationId, ids(slice)));
        LogSlice kept = payloads ? fitting(slice, states) : slice;
        int bytes = kept.entries().stream().mapToInt((entry) -> bytes(states.get(entry.eventId()))).sum();
        if (payloads && !this.budget.take(request, bytes)) {
            this.metrics.pageRefused();
            throw ProblemException.unavailable("Too many large pages are being read", Duration.ofSeconds(1));
        }
        Map<UUID, EventTexts> texts = this.gate.read(() -> this.items.texts(organizationId, ids(kept), payloads));
        List<InboxItem> events = new ArrayList<>(texts.size());
        for (LogEntry entry : kept.entries()) {
            EventState state = states.get(entry.eventId());
            EventTexts text = texts.get(entry.eventId());
            if (ReadRoute.leadsToReplica() && (state == null || text == null)) {
                throw new ReplicaBehindException();
            }
            // Without them its day was dropped meanwhile, which the next page tells
            if (state != null && text != null) {
                events.add(InboxItem.of(state, text));
            }
        }
        return new LogPage(events, kept.next().text(), kept.edge() != null);
    }

    private static List<UUID> ids(LogSlice slice) {
        return slice.entries().stream().map(LogEntry::eventId).toList();
    }

    private static LogSlice fitting(LogSlice slice, Map<UUID, EventState> states) {
        int bytes = 0;
        for (int i = 0; i < slice.entries().size(); i++) {
            bytes += bytes(states.get(slice.entries().get(i).eventId()));
            if (bytes > MOST_BYTES && i > 0) {
                return slice.first(i);
            }
        }
        return slice;
    }

    private static int bytes(@Nullable EventState state) {
        return (state != null) ? state.bytes() + MEMBERS : 0;
    }

}
