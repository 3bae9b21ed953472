package dev.triggers.attempt;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.triggers.attempt.AttemptHistoryRepository.Attempt;
import dev.triggers.attempt.AttemptHistoryRepository.Page;
import dev.triggers.key.Caller;
import dev.triggers.key.Requires;
import dev.triggers.key.Scope;
import dev.triggers.web.PointInTime;
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
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * What an endpoint did with its deliveries.
 */
@RestController
@Tag(name = "Webhooks")
class AttemptController {

    private static final int DEFAULT_LIMIT = 100;

    private static final int MAX_LIMIT = 1_000;

    private static final Map<String, List<String>> OUTCOMES = Map.of("delivered", List.of("d"), "retried", List.of("r"),
            "failed", List.of("f"), "all", List.of("d", "r", "f"));

    private final AttemptHistoryRepository history;

    private final EndpointDirectory directory;

    AttemptController(AttemptHistoryRepository history, EndpointDirectory directory) {
        this.history = history;
        this.directory = directory;
    }

    @GetMapping("/api/webhooks/{endpoint_id}/attempts")
    @Requires(value = Scope.EVENTS_READ, restricted = true)
    @Operation(summary = "Attempts of an endpoint",
            description = "Those of the latest event first. A page looks at a bounded number of rows: it may be short "
                    + "while has_more is true.",
            operationId = "listAttempts",
            parameters = {
                    @Parameter(name = "outcome", in = ParameterIn.QUERY,
                            schema = @Schema(defaultValue = "all",
                                    allowableValues = { "all", "delivered", "retried", "failed" })),
                    @Parameter(name = "since", in = ParameterIn.QUERY,
                            description = "Attempts of events accepted since",
                            schema = @Schema(type = "string", format = "date-time")),
                    @Parameter(name = "cursor", in = ParameterIn.QUERY, schema = @Schema(type = "string")),
                    @Parameter(name = "limit", in = ParameterIn.QUERY,
                            schema = @Schema(type = "integer", defaultValue = "100")) })
    AttemptPage attempts(Caller caller, @PathVariable("endpoint_id") String id,
            @Parameter(hidden = true) HttpServletRequest request) {
        Endpoint endpoint = this.directory.require(caller, id);
        QueryParameters query = QueryParameters.of(request);
        int limit = query.clamped("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        String outcome = query.text("outcome");
        List<String> outcomes = OUTCOMES.get((outcome != null) ? outcome : "all");
        if (outcomes == null) {
            throw ProblemException.invalid("outcome", "must be all, delivered, retried or failed");
        }
        String since = query.text("since");
        Instant from = (since != null) ? PointInTime.parse("since", since) : Instant.EPOCH;
        Page page = this.history.page(caller, AttemptFilter.of(endpoint.id(), from, outcomes),
                AttemptPosition.parse(query.text("cursor")), limit);
        String next = (page.next() != null) ? page.next().cursor() : null;
        return new AttemptPage(page.attempts().stream().map(EndpointAttempt::of).toList(), next, next != null,
                page.attempts().size(), limit);
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
    @Schema(name = "EndpointAttemptPage")
    record AttemptPage(List<EndpointAttempt> attempts, @Nullable String nextCursor, boolean hasMore, int count,
            int limit) {

    }

    /**
     * One attempt.
     *
     * @param eventId the event
     * @param number counts the delivery's attempts
     * @param outcome {@code delivered}, {@code retried} or {@code failed} (the last one)
     * @param startedAt when it began
     * @param durationMs how long it took
     * @param responseStatus the status of the answer, if there was one
     * @param errorCode why it failed, a stable code
     * @param error the same in words for the endpoint's owner
     * @param responseBody the first KiB of the answer
     */
    @Schema(name = "EndpointAttempt")
    record EndpointAttempt(UUID eventId, int number, String outcome, Instant startedAt, int durationMs,
            @Nullable Integer responseStatus, @Nullable String errorCode, @Nullable String error,
            @Nullable String responseBody) {

        static EndpointAttempt of(Attempt attempt) {
            String outcome = switch (attempt.outcome()) {
                case "d" -> "delivered";
                case "r" -> "retried";
                default -> "failed";
            };
            return new EndpointAttempt(attempt.eventId(), attempt.number(), outcome, attempt.startedAt(),
                    attempt.durationMs(), attempt.responseStatus(), attempt.errorCode(), attempt.error(),
                    attempt.responseBody());
        }

    }

}
