package dev.triggers.inbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.triggers.key.Caller;
import dev.triggers.key.Requires;
import dev.triggers.key.Scope;
import dev.triggers.web.ProblemException;
import dev.triggers.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The inbox: what integrators poll.
 */
@RestController
@Tag(name = "Inbox", description = "Poll events and acknowledge them")
class InboxController {

    private static final int LONGEST_WAIT = 30;

    private final LongPoll poll;

    private final ItemRepository items;

    private final ReadGate gate;

    private final PageBudget budget;

    private final InboxMetrics metrics;

    InboxController(LongPoll poll, ItemRepository items, ReadGate gate, PageBudget budget, InboxMetrics metrics) {
        this.poll = poll;
        this.items = items;
        this.gate = gate;
        this.budget = budget;
        this.metrics = metrics;
    }

    @GetMapping("/api/inbox")
    @Requires(value = Scope.EVENTS_READ, restricted = true)
    @Operation(summary = "List events", description = """
            Undelivered events, newest first, unless asked otherwise. To consume, poll and acknowledge. A cursor \
            walks a listing: every event that stood at its start comes exactly once. It is no position to keep, \
            since events commit out of order. A filtered page looks at 10,000 rows and a page ends at 4 MiB: it \
            may be short or empty while has_more is true.""")
    @Parameter(name = "status", in = ParameterIn.QUERY,
            description = "Default: undelivered, that is pending or failed. dead_letter is failed, retrying is "
                    + "pending and tried before, acknowledged is delivered.",
            schema = @Schema(allowableValues = { "pending", "retrying", "delivered", "acknowledged", "failed",
                    "dead_letter", "all" }))
    @Parameter(name = "type", in = ParameterIn.QUERY, description = "An event type, or a prefix of it: user.*",
            schema = @Schema(type = "string"))
    @Parameter(name = "order", in = ParameterIn.QUERY,
            schema = @Schema(allowableValues = { "desc", "asc" }, defaultValue = "desc"))
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = "Clamped to 1 to 1000",
            schema = @Schema(type = "integer", defaultValue = "100"))
    @Parameter(name = "cursor", in = ParameterIn.QUERY, description = "The next_cursor of an earlier page",
            schema = @Schema(type = "string"))
    @Parameter(name = "offset", in = ParameterIn.QUERY,
            description = "How many events to pass over, at most 10,000; a cursor wins over it",
            schema = @Schema(type = "integer", defaultValue = "0"))
    @Parameter(name = "wait", in = ParameterIn.QUERY,
            description = "Seconds to wait for an event when there is none, clamped to 0 to 30",
            schema = @Schema(type = "integer", defaultValue = "0"))
    @Parameter(name = "min_receives", in = ParameterIn.QUERY,
            description = "Only events that were leased that often, and not acknowledged since",
            schema = @Schema(type = "integer", minimum = "1"))
    InboxPage list(@Parameter(hidden = true) Caller caller, HttpServletRequest request) throws InterruptedException {
        QueryParameters parameters = QueryParameters.of(request);
        int offset = parameters.ranged("offset", 0, 0, InboxQuery.LARGEST_OFFSET);
        Duration wait = Duration.ofSeconds(parameters.clamped("wait", 0, 0, LONGEST_WAIT));
        InboxQuery query = query(caller, parameters, offset);
        InboxSlice slice = this.poll.find(caller.organizationId(), query, wait);
        if (!this.budget.take(request, slice.bytes())) {
            this.metrics.pageRefused();
            throw ProblemException.unavailable("Too many large pages are being read", Duration.ofSeconds(1));
        }
        List<InboxItem> events = events(caller.organizationId(), slice);
        this.metrics.polled(events.size());
        return InboxPage.of(events, slice.next(), query.limit(), offset);
    }

    private static InboxQuery query(Caller caller, QueryParameters parameters, int offset) {
        String cursor = parameters.text("cursor");
        return InboxQuery
            .of(InboxStatus.parse(parameters.text("status")), TypeFilter.parse(parameters.text("type"), caller.types()),
                    Direction.parse(parameters.text("order")), (cursor != null) ? InboxCursor.parse(cursor) : null,
                    offset, parameters.clamped("limit", InboxQuery.DEFAULT_LIMIT, 1, InboxQuery.LARGEST_LIMIT))
            .received(parameters.ranged("min_receives", 0, 1, Integer.MAX_VALUE));
    }

    /** An event without texts fell out of the history between the two statements. */
    private List<InboxItem> events(UUID organizationId, InboxSlice slice) throws InterruptedException {
        if (slice.events().isEmpty()) {
            return List.of();
        }
        Map<UUID, EventTexts> texts = this.gate.read(() -> this.items.texts(organizationId, slice.eventIds()));
        List<InboxItem> items = new ArrayList<>(texts.size());
        for (EventState state : slice.events()) {
            EventTexts found = texts.get(state.eventId());
            if (found != null) {
                items.add(InboxItem.of(state, found));
            }
        }
        return items;
    }

}
