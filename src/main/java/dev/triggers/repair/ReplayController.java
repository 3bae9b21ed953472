package dev.triggers.repair;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.triggers.inbox.ReadGate;
import dev.triggers.key.Caller;
import dev.triggers.key.Requires;
import dev.triggers.key.Scope;
import dev.triggers.time.UuidV7;
import dev.triggers.web.BodyReader;
import dev.triggers.web.JsonFields;
import dev.triggers.web.PathId;
import dev.triggers.web.ProblemException;
import dev.triggers.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Replays: many deliveries again, or events to a new receiver.
 */
@RestController
@Tag(name = "Repair")
class ReplayController {

    private static final int MAX_BODY = 16 * 1024;

    private static final int PAGE = 20;

    private static final int LARGEST_PAGE = 100;

    private static final UUID LATEST = new UUID(-1, -1);

    private final ReplayRequests requests;

    private final ReplayDesk desk;

    private final ReplayRepository repository;

    private final ReadGate gate;

    private final BodyReader bodies;

    private final Clock clock;

    ReplayController(ReplayRequests requests, ReplayDesk desk, ReplayRepository repository, ReadGate gate,
            BodyReader bodies, Clock clock) {
        this.requests = requests;
        this.desk = desk;
        this.repository = repository;
        this.gate = gate;
        this.bodies = bodies;
        this.clock = clock;
    }

    @PostMapping("/api/replays")
    @Requires(value = {}, suspended = true)
    @Operation(summary = "Replay deliveries", description = """
            Opens the deliveries that the filter lets through again, each with a full set of attempts; what is open \
            already is skipped. With to_endpoint_id it makes one delivery an event to that endpoint, whatever its \
            types, unless it has an open one or, without again, has received the event: a new receiver is filled \
            with history. Acknowledged events are replayed too, and stay delivered. webhook-id stays the event's id, \
            so that receivers drop repeats. A replay goes on in small steps, beside which fresh events are delivered \
            as ever. A key that is held to types or endpoints replays by recovering its own endpoints. With dry_run \
            it answers 200 with what it would do, as far as 10,000 rows tell.

            Scope: `webhooks:write`, with to_endpoint_id also `events:read`; with dry_run `events:read` alone.""",
            operationId = "createReplay")
    @RequestBody(required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Request.class)))
    @ApiResponse(responseCode = "202", description = "Begun",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Replay.View.class)))
    @ApiResponse(responseCode = "200", description = "What it would do: dry_run",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = DryRun.class)))
    ResponseEntity<Object> create(Caller caller, HttpServletRequest request) throws InterruptedException {
        if (!caller.access().scopes().has(Scope.EVENTS_READ)) {
            // Whatever the body says
            caller.require(Scope.WEBHOOKS_WRITE);
        }
        JsonFields fields = JsonFields.parse(this.bodies.read(request, MAX_BODY));
        boolean dryRun = Boolean.TRUE.equals(fields.flag("dry_run"));
        if (dryRun || fields.text("to_endpoint_id") != null) {
            caller.require(Scope.EVENTS_READ);
        }
        if (!dryRun) {
            caller.requireActive();
            caller.require(Scope.WEBHOOKS_WRITE);
        }
        ReplayOrder order = this.requests.parse(caller, fields);
        if (dryRun) {
            ReplayDesk.Preview preview = this.gate.read(() -> this.desk.preview(order));
            return ResponseEntity.ok(DryRun.of(order, preview));
        }
        Replay replay = this.gate.read(() -> this.desk.begin(order));
        return ResponseEntity.status(HttpStatus.ACCEPTED).body(replay.view(this.clock.instant()));
    }

    @GetMapping("/api/replays")
    @Requires(Scope.WEBHOOKS_READ)
    @Operation(summary = "List replays", description = "Latest first, recoveries of endpoints included.",
            operationId = "listReplays")
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = "Clamped to 1 to 100",
            schema = @Schema(type = "integer", defaultValue = "20"))
    @Parameter(name = "cursor", in = ParameterIn.QUERY, description = "The next_cursor of an earlier page",
            schema = @Schema(type = "string"))
    ReplayList list(Caller caller, HttpServletRequest request) throws InterruptedException {
        QueryParameters parameters = QueryParameters.of(request);
        int limit = parameters.clamped("limit", PAGE, 1, LARGEST_PAGE);
        String cursor = parameters.text("cursor");
        UUID before = (cursor != null) ? PathId.parse(cursor) : LATEST;
        if (before == null) {
            throw ProblemException.invalid("cursor", "must be the next_cursor of an earlier answer");
        }
        List<Replay> found = this.gate.read(() -> this.repository.list(caller.organizationId(), before, limit + 1));
        boolean more = found.size() > limit;
        List<Replay> page = more ? found.subList(0, limit) : found;
        Instant now = this.clock.instant();
        return new ReplayList(page.stream().map((replay) -> replay.view(now)).toList(),
                more ? page.getLast().id().toString() : null, more);
    }

    @GetMapping("/api/replays/{replay_id}")
    @Requires(Scope.WEBHOOKS_READ)
    @Operation(summary = "How a replay goes", operationId = "getReplay")
    Replay.View get(Caller caller, @PathVariable("replay_id") String id) {
        return view(this.repository.find(caller.organizationId(), PathId.parse("replay_id", id)));
    }

    @DeleteMapping("/api/replays/{replay_id}")
    @Requires(Scope.WEBHOOKS_WRITE)
    @Operation(summary = "Cancel a replay",
            description = "What was not requeued yet is left alone; what was is delivered. A replay that has ended "
                    + "stays as it is.",
            operationId = "cancelReplay")
    Replay.View cancel(Caller caller, @PathVariable("replay_id") String id) {
        return view(this.repository.cancel(caller.organizationId(), PathId.parse("replay_id", id)));
    }

    private Replay.View view(@Nullable Replay replay) {
        if (replay == null) {
            throw ProblemException.notFound("Replay");
        }
        return replay.view(this.clock.instant());
    }

    /**
     * What a replay is asked for with.
     *
     * @param filter which deliveries
     * @param dryRun whether to answer only what it would do
     * @param ratePerSecond how many deliveries a second; if left out, as many as leave
     * fresh ones alone
     * @param toEndpointId where the events go, if not where they went before
     * @param again whether to send there what has been received there
     */
    @Schema(name = "ReplayRequest")
    record Request(Filter filter, @Schema(defaultValue = "false") @Nullable Boolean dryRun,
            @Schema(minimum = "1", maximum = "10000") @Nullable Integer ratePerSecond, @Nullable UUID toEndpointId,
            @Schema(defaultValue = "false") @Nullable Boolean again) {

    }

    /**
     * Which deliveries are to be replayed.
     *
     * @param endpointId those to an endpoint
     * @param type those of events of a type, or a prefix of it: {@code user.*}
     * @param outcome what had become of them
     * @param errorCode what the last attempt failed with
     * @param since events accepted before are left alone
     * @param until so are those accepted then or later; if left out, the time of the
     * request
     */
    @Schema(name = "ReplayRequestFilter")
    record Filter(@Nullable UUID endpointId, @Nullable String type, @Schema(allowableValues = {
            "failed", "delivered", "any" }, defaultValue = "failed") @Nullable String outcome,
            @Nullable String errorCode, Instant since, @Nullable Instant until){

    }

    /**
     * What a replay would do.
     *
     * @param matching how many deliveries the filter lets through, as far as was looked
     * @param capped whether there may be more
     * @param sample the first five of them
     * @param since where it begins
     * @param sinceClamped whether that is later than asked for, since older events are
     * not kept any more
     */
    @Schema(name = "ReplayDryRun")
    record DryRun(int matching, boolean capped, List<Sample> sample, Instant since, boolean sinceClamped) {

        static DryRun of(ReplayOrder order, ReplayDesk.Preview preview) {
            return new DryRun(preview.matching(), preview.capped(), preview.sample().stream().map(Sample::of).toList(),
                    order.filter().since(), order.sinceClamped());
        }

    }

    /**
     * A delivery that would be made.
     *
     * @param eventId the event
     * @param type its type
     * @param createdAt when it was accepted
     * @param endpointId where it would go
     */
    @Schema(name = "ReplaySample")
    record Sample(UUID eventId, String type, Instant createdAt, UUID endpointId) {

        static Sample of(ReplayPage.Match match) {
            return new Sample(match.eventId(), match.type(), UuidV7.instant(match.eventId()),
                    match.pair().endpointId());
        }

    }

    /**
     * A page of replays.
     *
     * @param replays the replays, latest first
     * @param nextCursor where the next page begins
     * @param hasMore whether there is a next page
     */
    @Schema(name = "ReplayList")
    record ReplayList(List<Replay.View> replays, @Nullable String nextCursor, boolean hasMore) {

    }

}
