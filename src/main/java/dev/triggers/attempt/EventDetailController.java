package dev.triggers.attempt;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.triggers.inbox.EventTexts;
import dev.triggers.inbox.InboxItem;
import dev.triggers.inbox.ItemRepository;
import dev.triggers.inbox.PageBudget;
import dev.triggers.inbox.ReadGate;
import dev.triggers.key.Caller;
import dev.triggers.key.Requires;
import dev.triggers.key.Scope;
import dev.triggers.web.PathId;
import dev.triggers.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Single events, with every attempt to deliver them.
 */
@RestController
@Tag(name = "Events")
class EventDetailController {

    /** What deliveries and their log may add to the payload. */
    private static final int LOG_BYTES = 256 * 1024;

    private final EventDetailRepository details;

    private final ItemRepository items;

    private final ReadGate gate;

    private final PageBudget budget;

    EventDetailController(EventDetailRepository details, ItemRepository items, ReadGate gate, PageBudget budget) {
        this.details = details;
        this.items = items;
        this.gate = gate;
        this.budget = budget;
    }

    @GetMapping("/api/events/{event_id}")
    @Operation(summary = "Show an event",
            description = "With its deliveries, the latest 200 attempts, and a timeline of all that happened to it.")
    @Requires(value = Scope.EVENTS_READ, restricted = true)
    EventDetail show(@Parameter(hidden = true) Caller caller, @PathVariable("event_id") String eventId,
            HttpServletRequest request) throws InterruptedException {
        UUID id = PathId.parse("event_id", eventId);
        EventDetailRepository.Found found = this.gate.<EventDetailRepository
            .@Nullable Found>read(() -> this.details.find(caller.organizationId(), id));
        if (found == null) {
            throw ProblemException.notFound("Event");
        }
        if (!this.budget.take(request, found.state().bytes() + LOG_BYTES)) {
            throw ProblemException.unavailable("Too many large events are being read", Duration.ofSeconds(1));
        }
        EventTexts texts = this.gate.read(() -> this.items.texts(caller.organizationId(), List.of(id))).get(id);
        if (texts == null || !caller.types().include(texts.type())) {
            throw ProblemException.notFound("Event");
        }
        return new EventDetail(InboxItem.of(found.state(), texts),
                found.deliveries()
                    .stream()
                    .filter((delivery) -> caller.endpoints().include(delivery.endpointId()))
                    .toList(),
                found.timeline()
                    .stream()
                    .filter((entry) -> entry.endpointId() == null || caller.endpoints().include(entry.endpointId()))
                    .toList());
    }

}
