package dev.triggers.repair;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.triggers.delivery.DeliveryPolicy;
import dev.triggers.delivery.WorkSignal;
import dev.triggers.key.Caller;
import dev.triggers.key.Requires;
import dev.triggers.key.Scope;
import dev.triggers.web.BodyReader;
import dev.triggers.web.JsonFields;
import dev.triggers.web.PathId;
import dev.triggers.web.PointInTime;
import dev.triggers.web.ProblemException;
import dev.triggers.webhook.Endpoint;
import dev.triggers.webhook.EndpointDirectory;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Sends again what has failed, or what a receiver has lost.
 */
@RestController
@Tag(name = "Repair")
class RepairController {

    private static final int MAX_BODY = 16 * 1024;

    private final RepairRepository repository;

    private final Recoveries recoveries;

    private final EndpointDirectory directory;

    private final DeliveryPolicy policy;

    private final WorkSignal signal;

    private final BodyReader bodies;

    private final Clock clock;

    RepairController(RepairRepository repository, Recoveries recoveries, EndpointDirectory directory,
            DeliveryPolicy policy, WorkSignal signal, BodyReader bodies, Clock clock) {
        this.repository = repository;
        this.recoveries = recoveries;
        this.directory = directory;
        this.policy = policy;
        this.signal = signal;
        this.bodies = bodies;
        this.clock = clock;
    }

    @PostMapping("/api/events/{event_id}/redeliver")
    @Requires(Scope.WEBHOOKS_WRITE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Deliver an event again",
            description = "To every endpoint it went to that has no delivery of it open, with a full set of attempts.",
            operationId = "redeliverEvent")
    Redelivery redeliver(Caller caller, @PathVariable("event_id") String id) {
        UUID eventId = PathId.parse("event_id", id);
        if (!this.repository.eventExists(caller.organizationId(), eventId)) {
            throw ProblemException.notFound("Event");
        }
        List<UUID> endpoints = this.repository.redeliver(caller.organizationId(), eventId, this.policy.attempts());
        this.signal.orderedChanged();
        return new Redelivery(eventId, eventId, "accepted", endpoints.size(), endpoints);
    }

    @PostMapping("/api/webhooks/{endpoint_id}/recover")
    @Requires(value = Scope.WEBHOOKS_WRITE, restricted = true)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Requeue all failed deliveries of an endpoint",
            description = "Those of events accepted since the given time. Asking again while it is under way "
                    + "answers with the same recovery.",
            operationId = "recoverWebhook")
    @RequestBody(required = true, content = @Content(mediaType = "application/json",
            schema = @Schema(implementation = RecoveryRequest.class)))
    Recovery recover(Caller caller, @PathVariable("endpoint_id") String id, HttpServletRequest request) {
        Endpoint endpoint = this.directory.require(caller, id);
        JsonFields fields = JsonFields.parse(this.bodies.read(request, MAX_BODY));
        Instant since = since(PointInTime.parse("since", fields.requiredText("since")));
        return this.recoveries.recover(caller, endpoint.id(), since);
    }

    @GetMapping("/api/webhooks/{endpoint_id}/recover")
    @Requires(value = Scope.WEBHOOKS_READ, restricted = true)
    @Operation(summary = "How the recoveries of an endpoint go", operationId = "listRecoveries")
    RecoveryList recoveries(Caller caller, @PathVariable("endpoint_id") String id) {
        return new RecoveryList(this.recoveries.list(caller, this.directory.require(caller, id).id()));
    }

    private Instant since(Instant since) {
        Instant now = this.clock.instant();
        return since.isAfter(now) ? now : since;
    }

    /**
     * What a redelivery began.
     *
     * @param id the event
     * @param eventId the same
     * @param status always {@code accepted}
     * @param redelivered deliveries that are due again
     * @param endpointIds where to
     */
    record Redelivery(UUID id, UUID eventId, String status, int redelivered, List<UUID> endpointIds) {

    }

    /**
     * What a recovery is asked for with.
     *
     * @param since events accepted before are left alone
     */
    record RecoveryRequest(Instant since) {

    }

    /**
     * The recoveries of an endpoint, latest first.
     */
    record RecoveryList(List<Recovery> recoveries) {

    }

}
