package dev.triggers.search;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.triggers.inbox.EventState;
import dev.triggers.inbox.EventTexts;
import dev.triggers.inbox.InboxItem;
import dev.triggers.inbox.ItemRepository;
import dev.triggers.inbox.PageBudget;
import dev.triggers.inbox.ReadGate;
import dev.triggers.key.Caller;
import dev.triggers.key.Requires;
import dev.triggers.key.Scope;
import dev.triggers.replica.StaleReads;
import dev.triggers.search.EventSearch.Found;
import dev.triggers.time.UuidV7;
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
 * One box to find events with.
 */
@RestController
@Tag(name = "Events")
class SearchController {

    private static final int DEFAULT_LIMIT = 50;

    private static final int MAX_LIMIT = 100;

    private static final int MOST_BYTES = 4 * 1024 * 1024;

    /** What an event adds to an answer besides its texts, generously. */
    private static final int MEMBERS = 512;

    private final EventSearch search;

    private final ItemRepository items;

    private final ReadGate gate;

    private final PageBudget budget;

    private final StaleReads replica;

    private final Clock clock;

    SearchController(EventSearch search, ItemRepository items, ReadGate gate, PageBudget budget, StaleReads replica,
            Clock clock) {
        this.search = search;
        this.items = items;
        this.gate = gate;
        this.budget = budget;
        this.replica = replica;
        this.clock = clock;
    }

    @GetMapping("/api/events/search")
    @Requires(value = Scope.EVENTS_READ, restricted = true)
    @Operation(summary = "Search events", description = """
            Newest first. q holds terms between spaces, all of which must hold; - before a term negates it, quotes \
            keep spaces and colons together. type:user.*, status:failed, endpoint:<id>, code:5xx, \
            error:connect_timeout, dedup:<id>, id:<id>, since:2h, until:2026-01-31T12:00:00Z, attempts:>3, \
            payload.user.id:42, payload.tags[]:vip; any other word is looked for in names and values of the payload. \
            Numbers compare exactly however they are spelt; in quotes a value is a string. A page looks at 100,000 \
            events, and for half a second: it may be short or empty while has_more is true, and searched_until says \
            how far it came. One search of an organization runs at a time. An answer with X-Staleness-Ms came from a \
            replica: what happened so many milliseconds before, or less, may not be in it yet.""")
    @Parameter(name = "q", in = ParameterIn.QUERY, required = true,
            description = "At most 2 KiB and 20 terms; paths at most 16 deep",
            schema = @Schema(type = "string", example = "type:user.* code:5xx payload.user.id:42"))
    @Parameter(name = "cursor", in = ParameterIn.QUERY, description = "The next_cursor of an earlier page",
            schema = @Schema(type = "string"))
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = "Clamped to 1 to 100",
            schema = @Schema(type = "integer", defaultValue = "50"))
    SearchPage find(@Parameter(hidden = true) Caller caller, @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response) throws InterruptedException {
        QueryParameters parameters = QueryParameters.of(request);
        int limit = parameters.clamped("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        UUID before = SearchCursor.parse(parameters.text("cursor"));
        SearchQuery query = QueryParser.parse(parameters.text("q"), this.clock.instant());
        return this.replica.answer(caller, request, response, () -> page(caller, query, before, limit, request));
    }

    private SearchPage page(Caller caller, SearchQuery query, UUID before, int limit, HttpServletRequest request)
            throws InterruptedException {
        Found found = this.search.search(caller, query, before, limit);
        Fitting page = fitting(caller.organizationId(), found);
        UUID edge = page.edge();
        if (!this.budget.take(request, page.bytes())) {
            throw ProblemException.unavailable("Too many large pages are being read", Duration.ofSeconds(1));
        }
        List<InboxItem> events = items(caller.organizationId(), page.events());
        return new SearchPage(events, (edge != null) ? UuidV7.instant(edge) : query.since(), edge != null,
                (edge != null) ? SearchCursor.text(edge) : null, events.size(), limit);
    }

    /** As many as fit an answer. */
    private Fitting fitting(UUID organizationId, Found found) throws InterruptedException {
        Map<UUID, EventState> states = this.gate.read(() -> this.items.states(organizationId, found.eventIds()));
        List<EventState> page = new ArrayList<>();
        int bytes = 0;
        for (UUID id : found.eventIds()) {
            EventState state = states.get(id);
            if (state != null) {
                int more = state.bytes() + MEMBERS;
                if (bytes + more > MOST_BYTES && !page.isEmpty()) {
                    return new Fitting(page, bytes, page.getLast().eventId());
                }
                page.add(state);
                bytes += more;
            }
        }
        return new Fitting(page, bytes, found.edge());
    }

    private List<InboxItem> items(UUID organizationId, List<EventState> page) throws InterruptedException {
        List<UUID> ids = page.stream().map(EventState::eventId).toList();
        Map<UUID, EventTexts> texts = this.gate.read(() -> this.items.texts(organizationId, ids));
        List<InboxItem> items = new ArrayList<>(page.size());
        for (EventState state : page) {
            EventTexts found = texts.get(state.eventId());
            if (found != null) {
                items.add(InboxItem.of(state, found));
            }
        }
        return items;
    }

    private record Fitting(List<EventState> events, int bytes, @Nullable UUID edge) {

    }

    /**
     * What a search found.
     *
     * @param events the events, newest first
     * @param searchedUntil how far back it looked; null: to the beginning
     * @param hasMore whether there is more to look at
     * @param nextCursor where to go on
     * @param count the events on this page
     * @param limit the most events of a page
     */
    @Schema(name = "SearchPage")
    record SearchPage(List<InboxItem> events, @Nullable Instant searchedUntil, boolean hasMore,
            @Nullable String nextCursor, int count, int limit) {

    }

}
