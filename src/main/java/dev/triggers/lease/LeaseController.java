package dev.triggers.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.triggers.event.ArrivalSignals;
import dev.triggers.inbox.PageBudget;
import dev.triggers.inbox.ReadGate;
import dev.triggers.key.Caller;
import dev.triggers.key.Requires;
import dev.triggers.key.Scope;
import dev.triggers.lease.LeaseRepository.Released;
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
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Leases: consumers that share an inbox.
 */
@RestController
@Tag(name = "Inbox")
class LeaseController {

    private static final int LARGEST_BODY = 64 * 1024;

    private static final int LARGEST_BATCH = 1_000;

    private static final int LARGEST_PAGE = 100;

    private final Leases leases;

    private final LeaseRepository repository;

    private final OrganizationTurns turns;

    private final ReadGate gate;

    private final PageBudget budget;

    private final ArrivalSignals signals;

    private final BodyReader bodies;

    private final UuidV7 ids;

    private final LeaseMetrics metrics;

    LeaseController(Leases leases, LeaseRepository repository, OrganizationTurns turns, ReadGate gate,
            PageBudget budget, ArrivalSignals signals, BodyReader bodies, UuidV7 ids, LeaseMetrics metrics) {
        this.leases = leases;
        this.repository = repository;
        this.turns = turns;
        this.gate = gate;
        this.budget = budget;
        this.signals = signals;
        this.bodies = bodies;
        this.ids = ids;
        this.metrics = metrics;
    }

    @PostMapping("/api/inbox/lease")
    @Requires(value = Scope.INBOX_WRITE, restricted = true)
    @Operation(summary = "Lease events",
            description = """
                    Pending or failed events that nobody else has leased, oldest first, 4 MiB at the most; none or fewer \
                    than the limit when there are no more. Two callers never hold the same event at the same time. \
                    Acknowledging an event ends its lease; what is not acknowledged until leased_until is leased again. \
                    receives counts how often an event has been leased, and only an acknowledgement ends the count: it goes \
                    on when an event that was delivered is sent again. Events keep their status meanwhile: webhook deliveries go on, and listings show them.""")
    @RequestBody(content = @Content(mediaType = "application/json", schema = @Schema(implementation = Wish.class)))
    LeaseAnswer lease(Caller caller, HttpServletRequest request) throws InterruptedException {
        JsonFields fields = JsonFields.parseOptional(this.bodies.read(request, LARGEST_BODY));
        LeaseRequest wish = LeaseRequest.parse(caller, fields);
        return this.leases.lease(wish, (bytes) -> {
            boolean fits = this.budget.takeNow(request, bytes);
            if (!fits) {
                this.metrics.refused();
            }
            return fits;
        });
    }

    @PostMapping("/api/inbox/extend")
    @Requires(value = Scope.INBOX_WRITE, restricted = true)
    @Operation(summary = "Extend a lease",
            description = "It ends so many seconds from now. A lease that has run out, or of which all events are "
                    + "acknowledged or released, is not found.",
            operationId = "extendLease")
    @RequestBody(required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Extension.class)))
    Lease extend(Caller caller, HttpServletRequest request) {
        JsonFields fields = JsonFields.parse(this.bodies.read(request, LARGEST_BODY));
        UUID leaseId = id("lease_id", fields.requiredText("lease_id"));
        Integer seconds = fields.integer("lease_seconds", 1, LeaseRequest.LONGEST_LEASE);
        if (seconds == null) {
            throw ProblemException.invalid("lease_seconds", "is required");
        }
        Lease lease = this.repository.extend(caller.organizationId(), caller.types(), leaseId,
                Duration.ofSeconds(seconds));
        if (lease == null) {
            throw ProblemException.notFound("Lease");
        }
        this.metrics.extended();
        return lease;
    }

    @PostMapping("/api/inbox/release")
    @Requires(value = Scope.INBOX_WRITE, restricted = true)
    @Operation(summary = "Release a lease, or some events",
            description = "They may be leased again at once, or after delay_seconds. Events that nobody has leased "
                    + "are left alone.",
            operationId = "releaseLease")
    @RequestBody(required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Return.class)))
    Receipt release(Caller caller, HttpServletRequest request) throws InterruptedException {
        JsonFields fields = JsonFields.parse(this.bodies.read(request, LARGEST_BODY));
        String lease = fields.text("lease_id");
        List<String> events = fields.texts("event_ids");
        if ((lease == null) == (events == null)) {
            throw ProblemException.invalid("lease_id", "is required, or event_ids, and not both");
        }
        Integer seconds = fields.integer("delay_seconds", 0, LeaseRequest.LONGEST_LEASE);
        Duration delay = Duration.ofSeconds((seconds != null) ? seconds : 0);
        Released released = (lease != null) ? release(caller, id("lease_id", lease), delay)
                : release(caller, eventIds(events), delay);
        this.metrics.released(released.events());
        if (released.events() > 0 && released.until() == null) {
            this.signals.arrived(List.of(caller.organizationId()));
        }
        return new Receipt(released.events(), released.until());
    }

    private Released release(Caller caller, UUID leaseId, Duration delay) throws InterruptedException {
        Released released = this.turns.take(caller.organizationId(), () -> this.repository
            .release(caller.organizationId(), caller.types(), leaseId, delay, this.ids.next()));
        if (released.events() == 0) {
            throw ProblemException.notFound("Lease");
        }
        return released;
    }

    private Released release(Caller caller, List<UUID> eventIds, Duration delay) throws InterruptedException {
        return this.turns.take(caller.organizationId(), () -> this.repository.release(caller.organizationId(),
                caller.types(), eventIds, delay, this.ids.next()));
    }

    private static List<UUID> eventIds(@Nullable List<String> given) {
        if (given == null || given.isEmpty() || given.size() > LARGEST_BATCH) {
            throw ProblemException.invalid("event_ids", "must hold 1 to " + LARGEST_BATCH + " ids");
        }
        return given.stream().map((text) -> id("event_ids", text)).toList();
    }

    private static UUID id(String field, String text) {
        UUID id = PathId.parse(text);
        if (id == null) {
            throw ProblemException.invalid(field, "must be a UUID");
        }
        return id;
    }

    @GetMapping("/api/inbox/leases")
    @Requires(value = Scope.EVENTS_READ, restricted = true)
    @Operation(summary = "List the leases that have not ended",
            description = "In the order in which they were given. A page holds up to 100 leases, and fewer where "
                    + "they are large. To a key that is held to types, a lease that holds an event of another type "
                    + "is not there.",
            operationId = "listLeases")
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = "Clamped to 1 to 100",
            schema = @Schema(type = "integer", defaultValue = "100"))
    @Parameter(name = "cursor", in = ParameterIn.QUERY, description = "The next_cursor of an earlier page",
            schema = @Schema(type = "string"))
    LeaseList list(Caller caller, HttpServletRequest request) throws InterruptedException {
        QueryParameters parameters = QueryParameters.of(request);
        int limit = parameters.clamped("limit", LARGEST_PAGE, 1, LARGEST_PAGE);
        String cursor = parameters.text("cursor");
        UUID after = (cursor != null) ? id("cursor", cursor) : Walk.START;
        LeaseRepository.Page page = this.gate
            .read(() -> this.repository.leases(caller.organizationId(), caller.types(), after, limit));
        String next = page.more() ? page.leases().getLast().leaseId().toString() : null;
        return new LeaseList(page.leases().stream().filter((lease) -> lease.count() > 0).toList(), next, page.more());
    }

    /**
     * What a consumer asks for; all of it may be left out.
     *
     * @param limit how many events at the most; 100, if left out
     * @param leaseSeconds for how long they are its own; 30, if left out
     * @param type an event type, or a prefix of it: {@code user.*}
     * @param patience seconds to wait for the first event, if there is none
     * @param maxReceives events that were received that often are left alone
     * @param consumer who it is, for the list of leases
     */
    @Schema(name = "LeaseRequest")
    record Wish(@Schema(minimum = "1", maximum = "1000", defaultValue = "100") @Nullable Integer limit,
            @Schema(minimum = "1", maximum = "43200", defaultValue = "30") @Nullable Integer leaseSeconds,
            @Nullable String type,
            @JsonProperty("wait") @Schema(minimum = "0", maximum = "30", defaultValue = "0") @Nullable Integer patience,
            @Schema(minimum = "1") @Nullable Integer maxReceives, @Schema(maxLength = 255) @Nullable String consumer) {

    }

    /**
     * What a lease is extended with.
     *
     * @param leaseId the lease
     * @param leaseSeconds when it ends, from now
     */
    @Schema(name = "LeaseExtension")
    record Extension(UUID leaseId, @Schema(minimum = "1", maximum = "43200") int leaseSeconds) {

    }

    /**
     * What is given back: a lease, or events of any.
     *
     * @param leaseId the lease
     * @param eventIds up to 1,000 events
     * @param delaySeconds for how long nobody gets them; 0, if left out
     */
    @Schema(name = "LeaseRelease")
    record Return(@Nullable UUID leaseId, @Nullable List<UUID> eventIds,
            @Schema(minimum = "0", maximum = "43200", defaultValue = "0") @Nullable Integer delaySeconds) {

    }

    /**
     * What was given back.
     *
     * @param released how many events
     * @param delayedUntil when they may be leased again; null: at once
     */
    @Schema(name = "LeaseReleased")
    record Receipt(int released, @Nullable Instant delayedUntil) {

    }

    /**
     * A page of leases.
     *
     * @param leases the leases
     * @param nextCursor where the next page begins
     * @param hasMore whether there is a next page
     */
    @Schema(name = "LeaseList")
    record LeaseList(List<Lease> leases, @Nullable String nextCursor, boolean hasMore) {

    }

}
