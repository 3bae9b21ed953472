package dev.triggers.event;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.triggers.event.BatchReader.Span;
import dev.triggers.key.Caller;
import dev.triggers.key.Requires;
import dev.triggers.key.Scope;
import dev.triggers.ratelimit.RateLimits;
import dev.triggers.trace.TraceContext;
import dev.triggers.trace.Tracing;
import dev.triggers.trace.Tracing.StepSpan;
import dev.triggers.web.BodyReader;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import dev.triggers.web.RequestDeadline;
import dev.triggers.web.RequestTrace;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes events in, one or many. An answer that accepts an event means that it is
 * committed.
 */
@RestController
@Tag(name = "Events")
class EventController {

    /** A payload of the largest size, and what stands around it. */
    private static final int MAX_BODY = 2 * EventReader.MAX_PAYLOAD;

    private static final String NDJSON = "application/x-ndjson";

    private final EventReader events;

    private final BatchReader batches;

    private final EventIngest ingest;

    private final RateLimits limits;

    private final BodyReader bodies;

    private final EventAnswers answers;

    private final EventMetrics metrics;

    private final OriginalRepository originals;

    private final List<RefusedListener> refused;

    private final @Nullable Tracing tracing;

    EventController(EventReader events, BatchReader batches, EventIngest ingest, RateLimits limits, BodyReader bodies,
            EventAnswers answers, EventMetrics metrics, OriginalRepository originals, List<RefusedListener> refused,
            @Nullable Tracing tracing) {
        this.events = events;
        this.batches = batches;
        this.ingest = ingest;
        this.limits = limits;
        this.bodies = bodies;
        this.answers = answers;
        this.metrics = metrics;
        this.originals = originals;
        this.refused = refused;
        this.tracing = tracing;
    }

    @PostMapping("/api/events")
    @Requires(value = Scope.EVENTS_WRITE, restricted = true)
    @Operation(summary = "Post an event",
            description = "A 201 means that the event is stored. "
                    + "The payload is kept and delivered exactly as posted.",
            operationId = "postEvent")
    @RequestBody(required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = PostedEvent.class)))
    @ApiResponse(responseCode = "201", description = "The event is stored",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = AcceptedEvent.class)))
    void post(Caller caller, HttpServletRequest request, HttpServletResponse response) throws IOException {
        this.limits.charge(caller, 1, response);
        NewEvent event = read(caller, request);
        switch (this.ingest.ingest(event, RequestDeadline.remainingNanos(request))) {
            case IngestResult.Accepted _ -> this.answers.accepted(event, response);
            case IngestResult.Duplicate duplicate -> {
                refused(caller, 1, 0);
                throw duplicate(event, this.originals.shown(caller, duplicate)[0]);
            }
            case IngestResult.Rejected _ -> {
                refused(caller, 0, 1);
                throw ProblemException.invalid("payload", IngestResult.Rejected.REASON);
            }
            case IngestResult.Unavailable unavailable -> throw unavailable.problem();
        }
    }

    private NewEvent read(Caller caller, HttpServletRequest request) {
        try {
            byte[] body = this.bodies.read(request, MAX_BODY);
            return validate(caller, request, body);
        }
        catch (ProblemException ex) {
            this.metrics.refused();
            refused(caller, 0, 1);
            throw ex;
        }
    }

    private NewEvent validate(Caller caller, HttpServletRequest request, byte[] body) {
        StepSpan span = validation(request, 1);
        int valid = 0;
        try {
            NewEvent event = allowed(caller, this.events.read(caller.organizationId(), body, 0, body.length));
            valid = 1;
            return traced(request, event);
        }
        finally {
            if (span != null) {
                span.end(valid);
            }
        }
    }

    private @Nullable StepSpan validation(HttpServletRequest request, int events) {
        TraceContext trace = (this.tracing != null) ? RequestTrace.of(request) : null;
        return (this.tracing != null && trace != null && trace.sampled()) ? this.tracing.validation(trace, events)
                : null;
    }

    private void refused(Caller caller, int duplicates, int rejected) {
        if (duplicates + rejected > 0) {
            this.refused.forEach((listener) -> listener.refused(caller.organizationId(), duplicates, rejected));
        }
    }

    private NewEvent traced(HttpServletRequest request, NewEvent event) {
        TraceContext trace = (this.tracing != null) ? RequestTrace.of(request) : null;
        return (trace != null) ? event.tracedBy(trace) : event;
    }

    private static NewEvent allowed(Caller caller, NewEvent event) {
        if (!caller.types().include(event.type())) {
            throw ProblemException.of(ProblemKind.INSUFFICIENT_SCOPE, "type: the key is held to other types");
        }
        return event;
    }

    private static ProblemException duplicate(NewEvent event, IngestResult shown) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("dedup_id", event.dedupId());
        if (shown instanceof IngestResult.Duplicate duplicate && duplicate.originalId() != null) {
            members.put("id", duplicate.originalId());
            members.put("event_id", duplicate.originalId());
        }
        return ProblemException
            .of(ProblemKind.DUPLICATE, "An event with this dedup_id was accepted within the last 24 hours")
            .with(members);
    }

    @PostMapping("/api/events/batch")
    @Requires(value = Scope.EVENTS_WRITE, restricted = true)
    @Operation(summary = "Post many events",
            description = "Up to 1,000 events and 8 MiB, as an object with events, as a bare array, or as "
                    + "newline-delimited JSON. One bad event does not refuse the others.",
            operationId = "postEvents")
    @RequestBody(required = true,
            content = { @Content(mediaType = "application/json", schema = @Schema(implementation = PostedEvents.class)),
                    @Content(mediaType = NDJSON, schema = @Schema(type = "string")) })
    @ApiResponse(responseCode = "200", description = "What became of each event",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = BatchAnswer.class)))
    void postBatch(Caller caller, HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] body = this.bodies.read(request, BatchReader.MAX_BODY, NDJSON, "application/ndjson");
        List<Span> spans = spans(caller, request, response, body);
        this.limits.charge(caller, spans.size(), response);
        Object[] outcomes = new Object[spans.size()];
        List<NewEvent> valid = validate(caller, request, body, spans, outcomes);
        IngestResult[] results = valid.isEmpty() ? new IngestResult[0]
                : this.ingest.ingest(valid, RequestDeadline.remainingNanos(request));
        int rejected = outcomes.length - valid.size();
        int duplicates = 0;
        for (IngestResult result : results) {
            duplicates += (result instanceof IngestResult.Duplicate) ? 1 : 0;
            rejected += (result instanceof IngestResult.Rejected) ? 1 : 0;
        }
        refused(caller, duplicates, rejected);
        this.answers.batch(outcomes, this.originals.shown(caller, results), response);
    }

    /** Those that are valid; what became of each stands in the outcomes. */
    private List<NewEvent> validate(Caller caller, HttpServletRequest request, byte[] body, List<Span> spans,
            Object[] outcomes) {
        StepSpan span = validation(request, outcomes.length);
        List<NewEvent> valid = new ArrayList<>(outcomes.length);
        try {
            for (int i = 0; i < outcomes.length; i++) {
                try {
                    NewEvent event = traced(request, allowed(caller,
                            this.events.read(caller.organizationId(), body, spans.get(i).from(), spans.get(i).to())));
                    outcomes[i] = event;
                    valid.add(event);
                }
                catch (ProblemException ex) {
                    this.metrics.refused();
                    outcomes[i] = ex;
                }
            }
            return valid;
        }
        finally {
            if (span != null) {
                span.end(valid.size());
            }
        }
    }

    /** What is no batch at all counts as one event. */
    private List<Span> spans(Caller caller, HttpServletRequest request, HttpServletResponse response, byte[] body) {
        try {
            return BodyReader.mediaType(request).endsWith("ndjson") ? this.batches.readLines(body)
                    : this.batches.read(body);
        }
        catch (ProblemException ex) {
            this.limits.charge(caller, 1, response);
            throw ex;
        }
    }

}
