package dev.triggers.attempt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.triggers.attempt.AttemptHistoryRepository.Attempt;
import dev.triggers.attempt.AttemptHistoryRepository.Page;
import dev.triggers.attempt.AttemptHistoryRepository.Position;
import dev.triggers.attempt.AttemptHistoryRepository.Statistics;
import dev.triggers.key.Caller;
import dev.triggers.key.Requires;
import dev.triggers.key.Scope;
import dev.triggers.time.UuidV7;
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

    private final Clock clock;

    AttemptController(AttemptHistoryRepository history, EndpointDirectory directory, Clock clock) {
        this.history = history;
        this.directory = directory;
        this.clock = clock;
    }

    @GetMapping("/api/webhooks/{endpoint_id}/attempts")
    @Requires(Scope.EVENTS_READ)
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
        Page page = this.history.page(caller.organizationId(), endpoint.id(), cursor(query.text("cursor")),
                UuidV7.floor(since(query.text("since"), this.clock.instant())), outcomes, limit);
        String next = (page.next() != null) ? text(page.next()) : null;
        return new AttemptPage(page.attempts(), next, next != null, page.attempts().size(), limit);
    }

    @GetMapping("/api/webhooks/{endpoint_id}/statistics")
    @Requires(Scope.EVENTS_READ)
    @Operation(summary = "Figures of an endpoint's attempts",
            description = "Of the events of the last 24 hours, at most the organization's latest 10,000 attempts.",
            operationId = "getStatistics")
    Statistics statistics(Caller caller, @PathVariable("endpoint_id") String id) {
        Endpoint endpoint = this.directory.require(caller, id);
        return this.history.statistics(caller.organizationId(), endpoint.id(),
                this.clock.instant().minus(Statistics.WINDOW));
    }

    private static Instant since(@Nullable String text, Instant now) {
        if (text == null) {
            return Instant.EPOCH;
        }
        try {
            Instant since = OffsetDateTime.parse(text).toInstant();
            // Ids begin with the epoch, and end with now.
            return since.isBefore(Instant.EPOCH) ? Instant.EPOCH : since.isAfter(now) ? now : since;
        }
        catch (DateTimeException ex) {
            throw ProblemException.invalid("since", "must be a time as in RFC 3339, like 2026-01-31T12:00:00Z");
        }
    }

    private static String text(Position position) {
        ByteBuffer bytes = ByteBuffer.allocate(36);
        bytes.putLong(position.eventId().getMostSignificantBits())
            .putLong(position.eventId().getLeastSignificantBits());
        bytes.putLong(position.endpointId().getMostSignificantBits())
            .putLong(position.endpointId().getLeastSignificantBits());
        bytes.putInt(position.number());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private static Position cursor(@Nullable String text) {
        if (text == null) {
            return Position.START;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.UTF_8)));
            if (bytes.remaining() == 36) {
                return new Position(new UUID(bytes.getLong(), bytes.getLong()),
                        new UUID(bytes.getLong(), bytes.getLong()), bytes.getInt());
            }
        }
        catch (IllegalArgumentException ex) {
            // Falls through: not Base64
        }
        throw ProblemException.invalid("cursor", "must be a next_cursor as it was given");
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
    record AttemptPage(List<Attempt> attempts, @Nullable String nextCursor, boolean hasMore, int count, int limit) {

    }

}
