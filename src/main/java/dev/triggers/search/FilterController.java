package dev.triggers.search;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.triggers.inbox.ReadGate;
import dev.triggers.key.Caller;
import dev.triggers.key.EventTypes;
import dev.triggers.key.Requires;
import dev.triggers.key.Scope;
import dev.triggers.search.FilterRepository.Taken;
import dev.triggers.time.UuidV7;
import dev.triggers.web.BodyReader;
import dev.triggers.web.JsonFields;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows what an endpoint's filters would let through, before there is an endpoint.
 */
@RestController
@Tag(name = "Webhooks")
class FilterController {

    private static final int MAX_BODY = 65_536;

    private static final int DEFAULT_LIMIT = 20;

    private static final int MAX_LIMIT = 100;

    private final FilterRepository filters;

    private final ReadGate gate;

    private final BodyReader bodies;

    FilterController(FilterRepository filters, ReadGate gate, BodyReader bodies) {
        this.filters = filters;
        this.gate = gate;
        this.bodies = bodies;
    }

    @PostMapping("/api/filters/try")
    @Requires(value = Scope.EVENTS_READ, restricted = true, suspended = true)
    @Operation(summary = "Try filters out",
            description = "Which of the latest 10,000 events an endpoint with these event_types would take.")
    @RequestBody(required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = FilterTrial.class)))
    TrialPage tryOut(@Parameter(hidden = true) Caller caller, @Parameter(hidden = true) HttpServletRequest request)
            throws InterruptedException {
        JsonFields fields = JsonFields.parse(this.bodies.read(request, MAX_BODY));
        List<String> given = fields.texts("event_types");
        Integer wanted = fields.integer("limit", 1, MAX_LIMIT);
        int limit = (wanted != null) ? wanted : DEFAULT_LIMIT;
        EventTypes types = (given == null || given.isEmpty()) ? EventTypes.EVERY
                : EventTypes.of(EventTypes.check("event_types", given));
        Taken taken = this.gate.read(() -> this.filters.taken(caller, types, limit));
        UUID edge = taken.edge();
        return new TrialPage(taken.events()
            .stream()
            .map((event) -> new TrialEvent(event.id(), String.valueOf(event.type()), UuidV7.instant(event.id())))
            .toList(), taken.events().size(), (edge != null) ? UuidV7.instant(edge) : null, edge != null);
    }

    /**
     * Filters to try.
     *
     * @param eventTypes as an endpoint has them; none: every type
     * @param limit how many events to show, 1 to 100
     */
    @Schema(name = "FilterTrial")
    record FilterTrial(@Nullable List<String> eventTypes, @Schema(defaultValue = "20") @Nullable Integer limit) {

    }

    /**
     * Events that the filters let through.
     *
     * @param events the events, latest first
     * @param count how many these are
     * @param searchedUntil how far back was looked; null: to the beginning
     * @param hasMore whether there may be more further back
     */
    @Schema(name = "FilterTrialPage")
    record TrialPage(List<TrialEvent> events, int count, @Nullable Instant searchedUntil, boolean hasMore) {

    }

    /**
     * An event.
     *
     * @param id its id
     * @param type its type
     * @param createdAt when it was accepted
     */
    @Schema(name = "FilterTrialEvent")
    record TrialEvent(UUID id, String type, Instant createdAt) {

    }

}
