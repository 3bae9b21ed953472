package dev.triggers.attempt;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.triggers.attempt.AttemptHistoryRepository.Attempt;
import dev.triggers.attempt.AttemptHistoryRepository.Page;
import dev.triggers.inbox.EventTexts;
import dev.triggers.inbox.ItemRepository;
import dev.triggers.inbox.PageBudget;
import dev.triggers.inbox.ReadGate;
import dev.triggers.key.Caller;
import dev.triggers.key.Requires;
import dev.triggers.key.Scope;
import dev.triggers.replica.StaleReads;
import dev.triggers.web.PathId;
import dev.triggers.web.ProblemException;
import dev.triggers.web.QueryParameters;
import dev.triggers.webhook.Endpoint;
import dev.triggers.webhook.EndpointDirectory;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Attempts across endpoints, and each of them in full.
 */
@RestController
@Tag(name = "Attempts")
class AttemptsController {

    private static final int DEFAULT_LIMIT = 100;

    private static final int MAX_LIMIT = 1_000;

    /** What an attempt's body takes as text, once more in the command, and escaped. */
    private static final int TIMES = 5;

    private static final int MEMBERS = 64 * 1024;

    private final AttemptHistoryRepository history;

    private final AttemptRecordRepository records;

    private final AttemptRequests requests;

    private final EndpointDirectory directory;

    private final ItemRepository items;

    private final ReadGate gate;

    private final PageBudget budget;

    private final StaleReads replica;

    private final Clock clock;

    AttemptsController(AttemptHistoryRepository history, AttemptRecordRepository records, AttemptRequests requests,
            EndpointDirectory directory, ItemRepository items, ReadGate gate, PageBudget budget, StaleReads replica,
            Clock clock) {
        this.history = history;
        this.records = records;
        this.requests = requests;
        this.directory = directory;
        this.items = items;
        this.gate = gate;
        this.budget = budget;
        this.replica = replica;
        this.clock = clock;
    }

    @GetMapping("/api/attempts")
    @Operation(summary = "List attempts", description = """
            Those of the latest event first, and of an event the latest first, endpoint by endpoint. A page looks at \
            10,000 attempts: it may be short or empty while has_more is true. since and until are about when \
            attempts began; those of events that were accepted before the day of since are left out. An answer with \
            X-Staleness-Ms came from a replica: what happened so many milliseconds before, or less, may not be in \
            it yet.""")
    @Parameter(name = "endpoint_id", in = ParameterIn.QUERY, schema = @Schema(type = "string", format = "uuid"))
    @Parameter(name = "event_id", in = ParameterIn.QUERY, schema = @Schema(type = "string", format = "uuid"))
    @Parameter(name = "type", in = ParameterIn.QUERY, description = "An event type, or a prefix of it: user.*",
            schema = @Schema(type = "string"))
    @Parameter(name = "outcome", in = ParameterIn.QUERY,
            description = "failed is retrying (tried again) or dead (the last one of its set)",
            schema = @Schema(defaultValue = "all",
                    allowableValues = { "all", "succeeded", "failed", "retrying", "dead" }))
    @Parameter(name = "status", in = ParameterIn.QUERY, description = "The answer's: 503, or 5xx for all like it",
            schema = @Schema(type = "string"))
    @Parameter(name = "error_code", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
    @Parameter(name = "since", in = ParameterIn.QUERY, schema = @Schema(type = "string", format = "date-time"))
    @Parameter(name = "until", in = ParameterIn.QUERY, schema = @Schema(type = "string", format = "date-time"))
    @Parameter(name = "cursor", in = ParameterIn.QUERY, description = "The next_cursor of an earlier page",
            schema = @Schema(type = "string"))
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = "Clamped to 1 to 1000",
            schema = @Schema(type = "integer", defaultValue = "100"))
    @Requires(value = Scope.EVENTS_READ, restricted = true)
    AttemptList list(@Parameter(hidden = true) Caller caller, @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response) throws InterruptedException {
        QueryParameters query = QueryParameters.of(request);
        int limit = query.clamped("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        AttemptFilter filter = AttemptFilter.of(query);
        AttemptPosition position = AttemptPosition.parse(query.text("cursor"));
        Page page = this.replica.answer(caller, request, response,
                () -> this.gate.read(() -> this.history.page(caller, filter, position, limit)));
        String next = (page.next() != null) ? page.next().cursor() : null;
        return new AttemptList(page.attempts().stream().map(AttemptSummary::of).toList(), next, next != null,
                page.attempts().size(), limit);
    }

    @GetMapping("/api/attempts/{event_id}/{endpoint_id}/{number}")
    @Operation(summary = "Show an attempt in full",
            description = """
                    The request as it was sent, and the answer. Phases, the address and the answer's headers are kept of \
                    failures, and of successes that took over a second. Values of the endpoint's own headers are kept \
                    nowhere. The signature is there as long as the secret is that made it. curl repeats the request, \
                    signed anew, for keys that may write webhooks; the values of the endpoint's own headers are variables in it.""")
    @Requires(value = Scope.EVENTS_READ, restricted = true)
    FullAttempt show(@Parameter(hidden = true) Caller caller, @PathVariable("event_id") String event,
            @PathVariable("endpoint_id") String endpoint, @PathVariable("number") String number,
            @Parameter(hidden = true) HttpServletRequest request) throws InterruptedException {
        UUID eventId = PathId.parse("event_id", event);
        UUID endpointId = PathId.parse("endpoint_id", endpoint);
        int attempt = number(number);
        UUID organizationId = caller.organizationId();
        AttemptRecord found = this.gate
            .<@Nullable AttemptRecord>read(() -> this.records.find(organizationId, eventId, endpointId, attempt));
        if (found == null || !caller.types().include(found.type()) || !caller.endpoints().include(endpointId)) {
            throw ProblemException.notFound("Attempt");
        }
        if (!this.budget.take(request, found.payloadBytes() * TIMES + MEMBERS)) {
            throw ProblemException.unavailable("Too many large events are being read", Duration.ofSeconds(1));
        }
        EventTexts texts = this.gate.read(() -> this.items.texts(organizationId, List.of(eventId))).get(eventId);
        String payload = (texts != null) ? texts.payload() : null;
        if (payload == null) {
            throw ProblemException.notFound("Attempt");
        }
        Endpoint current = caller.access().scopes().has(Scope.WEBHOOKS_WRITE) ? this.directory.find(endpointId) : null;
        return this.gate.read(() -> FullAttempt.of(found, this.requests.sent(found, payload),
                (current != null) ? this.requests.curl(current, found, payload, this.clock.instant()) : null));
    }

    private static int number(String text) {
        if (text.matches("[1-9][0-9]{0,8}")) {
            return Integer.parseInt(text);
        }
        throw ProblemException.invalid("number", "must be the number of an attempt, from 1");
    }

    /**
     * A page of attempts.
     *
     * @param attempts what was found
     * @param nextCursor where the next page begins; null at the end
     * @param hasMore whether there may be more
     * @param count the attempts on this page
     * @param limit the most attempts of a page
     */
    @Schema(name = "AttemptPage")
    record AttemptList(List<AttemptSummary> attempts, @Nullable String nextCursor, boolean hasMore, int count,
            int limit) {

    }

    /**
     * An attempt in a list.
     *
     * @param eventId the event
     * @param endpointId the endpoint
     * @param number its number among the attempts of this delivery
     * @param type the event's type
     * @param outcome how it ended: a delivery that is retrying is tried again
     * @param startedAt when it began
     * @param durationMs how long it took
     * @param responseStatus the status of the answer, if there was one
     * @param errorCode why it failed, a stable code
     * @param error the same in words
     * @param responseBody the first KiB of the answer
     */
    @Schema(name = "Attempt")
    record AttemptSummary(UUID eventId, UUID endpointId, int number, @Nullable String type, @Schema(allowableValues = {
            "succeeded", "retrying", "dead" }) String outcome, Instant startedAt, int durationMs,
            @Nullable Integer responseStatus, @Nullable String errorCode, @Nullable String error,
            @Nullable String responseBody){

        static AttemptSummary of(Attempt attempt) {
            return new AttemptSummary(attempt.eventId(), attempt.endpointId(), attempt.number(), attempt.type(),
                    AttemptOutcomes.name(attempt.outcome()), attempt.startedAt(), attempt.durationMs(),
                    attempt.responseStatus(), attempt.errorCode(), attempt.error(), attempt.responseBody());
        }

    }

}
