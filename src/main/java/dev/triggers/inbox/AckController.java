package dev.triggers.inbox;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.triggers.key.Caller;
import dev.triggers.key.Requires;
import dev.triggers.key.Scope;
import dev.triggers.web.BodyReader;
import dev.triggers.web.JsonFields;
import dev.triggers.web.PathId;
import dev.triggers.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Acknowledgements: an integrator has an event and wants it no more.
 */
@RestController
@Tag(name = "Inbox")
class AckController {

    private static final int LARGEST_BATCH = 1_000;

    private static final int LARGEST_BODY = 256 * 1024;

    private final AckRepository acks;

    private final BodyReader bodies;

    private final InboxMetrics metrics;

    private final Acknowledgements acknowledgements;

    AckController(AckRepository acks, BodyReader bodies, InboxMetrics metrics, Acknowledgements acknowledgements) {
        this.acks = acks;
        this.bodies = bodies;
        this.metrics = metrics;
        this.acknowledgements = acknowledgements;
    }

    @PostMapping({ "/api/ack/{event_id}", "/api/inbox/ack/{event_id}" })
    @Requires(value = Scope.INBOX_WRITE, restricted = true)
    @Operation(summary = "Acknowledge an event",
            description = "Ends its deliveries. Answers the same again when repeated.")
    Receipt acknowledge(@Parameter(hidden = true) Caller caller, @PathVariable("event_id") String eventId) {
        UUID id = PathId.parse("event_id", eventId);
        Instant acknowledgedAt = this.acks.acknowledge(caller.organizationId(), caller.types(), List.of(id)).get(id);
        if (acknowledgedAt == null) {
            throw ProblemException.notFound("Event");
        }
        this.metrics.acknowledged(1);
        this.acknowledgements.made(caller.organizationId(), List.of(id));
        return new Receipt(true, id, id, "delivered", acknowledgedAt, "Event acknowledged");
    }

    @PostMapping("/api/ack")
    @Requires(value = Scope.INBOX_WRITE, restricted = true)
    @Operation(summary = "Acknowledge up to 1,000 events", description = "One result an id, in the order given.")
    @RequestBody(required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Batch.class)))
    BatchReceipt acknowledgeAll(@Parameter(hidden = true) Caller caller, HttpServletRequest request) {
        List<String> given = JsonFields.parse(this.bodies.read(request, LARGEST_BODY)).texts("event_ids");
        if (given == null) {
            throw ProblemException.invalid("event_ids", "is required");
        }
        if (given.isEmpty() || given.size() > LARGEST_BATCH) {
            throw ProblemException.invalid("event_ids", "must hold 1 to " + LARGEST_BATCH + " ids");
        }
        List<UUID> ids = given.stream().map(PathId::parse).filter(Objects::nonNull).toList();
        Map<UUID, Instant> acknowledged = this.acks.acknowledge(caller.organizationId(), caller.types(), ids);
        this.metrics.acknowledged(acknowledged.size());
        this.acknowledgements.made(caller.organizationId(), acknowledged.keySet());
        return BatchReceipt.of(given.stream().map((id) -> result(id, acknowledged)).toList());
    }

    private static Result result(String given, Map<UUID, Instant> acknowledged) {
        UUID id = PathId.parse(given);
        if (id == null) {
            return new Result(given, "failed", "must be a UUID");
        }
        return acknowledged.containsKey(id) ? new Result(given, "acknowledged", null)
                : new Result(given, "failed", "Event not found");
    }

    /**
     * The acknowledgement of one event.
     *
     * @param success true
     * @param id the event's id
     * @param eventId the same
     * @param status delivered, as it is from now on
     * @param acknowledgedAt when it was acknowledged first
     * @param message the same in words
     */
    @Schema(name = "Acknowledgement")
    record Receipt(boolean success, UUID id, UUID eventId, String status, Instant acknowledgedAt, String message) {
    }

    /**
     * What is to be acknowledged.
     *
     * @param eventIds up to 1,000 ids
     */
    @Schema(name = "AcknowledgementBatch")
    record Batch(List<UUID> eventIds) {
    }

    /**
     * The acknowledgements of a batch.
     *
     * @param acknowledged how many results are acknowledgements
     * @param failed how many are not
     * @param results a result an id, in the order given
     */
    @Schema(name = "AcknowledgementResults")
    record BatchReceipt(int acknowledged, int failed, List<Result> results) {

        static BatchReceipt of(List<Result> results) {
            int failed = (int) results.stream().filter((result) -> result.error() != null).count();
            return new BatchReceipt(results.size() - failed, failed, results);
        }

    }

    /**
     * What became of one id of a batch.
     *
     * @param id the id as given
     * @param status acknowledged or failed
     * @param error why it failed
     */
    @Schema(name = "AcknowledgementResult")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Result(String id, @Schema(allowableValues = {
            "acknowledged", "failed" }) String status, @Nullable String error){
    }

}
