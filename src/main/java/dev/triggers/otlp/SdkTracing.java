package dev.triggers.otlp;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

import dev.triggers.trace.AttemptSpan;
import dev.triggers.trace.AttemptTarget;
import dev.triggers.trace.Lineage;
import dev.triggers.trace.TraceContext;
import dev.triggers.trace.Tracestate;
import dev.triggers.trace.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.TraceStateBuilder;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/**
 * Records spans with OpenTelemetry's SDK, named and described as its semantic conventions
 * for HTTP and messaging have it. No span is ever the current one of a thread: who needs
 * it holds it.
 */
final class SdkTracing implements Tracing {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final Tracer tracer;

    SdkTracing(Tracer tracer) {
        this.tracer = tracer;
    }

    private static Context under(@Nullable TraceContext parent) {
        return (parent != null) ? Context.root().with(Span.wrap(remote(parent))) : Context.root();
    }

    private static SpanContext remote(TraceContext context) {
        return SpanContext.createFromRemoteParent(context.traceId(), context.spanId(),
                context.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(), state(context.state()));
    }

    private static TraceState state(Tracestate told) {
        if (told.isEmpty()) {
            return TraceState.getDefault();
        }
        TraceStateBuilder state = TraceState.builder();
        // Each is put before what is there
        for (String entry : told.entries().reversed()) {
            int end = entry.indexOf('=');
            state.put(entry.substring(0, end), entry.substring(end + 1));
        }
        return state.build();
    }

    private static TraceContext context(Span span, Tracestate state) {
        SpanContext context = span.getSpanContext();
        return new TraceContext(context.getTraceId(), context.getSpanId(), context.isSampled(), state);
    }

    @Override
    public RequestSpan request(String method, String path, @Nullable TraceContext client) {
        String known = METHODS.contains(method) ? method : "_OTHER";
        Span span = this.tracer.spanBuilder(known)
            .setSpanKind(SpanKind.SERVER)
            .setParent(under(client))
            .setAttribute("http.request.method", known)
            .setAttribute("url.scheme", "http")
            .setAttribute("url.path", path)
            .startSpan();
        return new Request(span, known, client);
    }

    @Override
    public StepSpan validation(TraceContext request, int events) {
        return new Step(this.tracer.spanBuilder("validate")
            .setParent(under(request))
            .setAttribute("triggers.events.posted", events)
            .startSpan(), "triggers.events.valid");
    }

    @Override
    public StepSpan commit(Collection<TraceContext> requests, int events) {
        // Under the first, so that it is recorded where they are
        SpanBuilder builder = this.tracer.spanBuilder("store events")
            .setSpanKind(SpanKind.CLIENT)
            .setParent(under(requests.iterator().next()))
            .setAttribute("db.system.name", "postgresql")
            .setAttribute("db.operation.name", "INSERT")
            .setAttribute("db.collection.name", "events")
            .setAttribute("db.operation.batch.size", events);
        requests.forEach((request) -> builder.addLink(remote(request)));
        return new Step(builder.startSpan(), "triggers.events.stored");
    }

    @Override
    public AttemptSpan attempt(Lineage lineage, AttemptTarget target) {
        TraceContext creation = lineage.creation();
        SpanBuilder builder = this.tracer.spanBuilder("deliver " + target.type())
            .setSpanKind(SpanKind.CONSUMER)
            .setParent(under(creation))
            .addLink(remote(creation))
            .setAttribute("messaging.system", "triggers")
            .setAttribute("messaging.operation.name", "deliver")
            .setAttribute("messaging.operation.type", "process")
            .setAttribute("messaging.destination.name", target.type())
            .setAttribute("messaging.message.id", target.eventId().toString())
            .setAttribute("messaging.message.body.size", target.bytes())
            .setAttribute("triggers.endpoint.id", target.endpointId().toString())
            .setAttribute("triggers.attempt.number", target.number());
        if (lineage.previous() != null) {
            builder.addLink(remote(new TraceContext(creation.traceId(), lineage.previous(), creation.sampled())));
        }
        Span delivery = builder.startSpan();
        Span http = http(delivery, target);
        return new Attempt(delivery, http, context(http, creation.state()));
    }

    private Span http(Span delivery, AttemptTarget target) {
        SpanBuilder builder = this.tracer.spanBuilder("POST")
            .setSpanKind(SpanKind.CLIENT)
            .setParent(Context.root().with(delivery))
            .setAttribute("http.request.method", "POST")
            .setAttribute("url.scheme", target.url().getScheme())
            .setAttribute("server.address", target.url().getHost());
        if (target.url().getPort() > 0) {
            builder.setAttribute("server.port", target.url().getPort());
        }
        if (target.number() > 1) {
            builder.setAttribute("http.request.resend_count", target.number() - 1L);
        }
        return builder.startSpan();
    }

    /**
     * A client's request.
     *
     * @param span its span
     * @param method its method
     * @param client the client's span; null if it tells of none
     */
    private record Request(Span span, String method, @Nullable TraceContext client) implements RequestSpan {

        @Override
        public @Nullable TraceContext context() {
            if (this.client != null) {
                return SdkTracing.context(this.span, this.client.state());
            }
            return this.span.getSpanContext().isSampled() ? SdkTracing.context(this.span, Tracestate.NONE) : null;
        }

        @Override
        public void end(int status, @Nullable String route) {
            if (route != null) {
                this.span.updateName(this.method + " " + route);
                this.span.setAttribute("http.route", route);
            }
            this.span.setAttribute("http.response.status_code", status);
            if (status >= 500) {
                this.span.setAttribute("error.type", Integer.toString(status));
                this.span.setStatus(StatusCode.ERROR);
            }
            this.span.end();
        }

    }

    /**
     * A step of events on their way in.
     *
     * @param span its span
     * @param counted the attribute for those that came through
     */
    private record Step(Span span, String counted) implements StepSpan {

        @Override
        public void end(int passed) {
            this.span.setAttribute(this.counted, passed);
            this.span.end();
        }

    }

    /** An attempt, and its request within it. */
    private static final class Attempt implements AttemptSpan {

        private final Span delivery;

        private final Span http;

        private final TraceContext sent;

        Attempt(Span delivery, Span http, TraceContext sent) {
            this.delivery = delivery;
            this.http = http;
            this.sent = sent;
        }

        @Override
        public TraceContext sent() {
            return this.sent;
        }

        @Override
        public String id() {
            return this.delivery.getSpanContext().getSpanId();
        }

        @Override
        public void answered(@Nullable Integer status, @Nullable String error, @Nullable String address,
                Map<String, Integer> phases) {
            if (status != null) {
                this.http.setAttribute("http.response.status_code", status);
            }
            if (address != null) {
                this.http.setAttribute("network.peer.address", address);
            }
            phases.forEach((phase, millis) -> this.http.setAttribute("triggers.phase." + phase + "_ms", millis));
            if (error != null) {
                this.http.setAttribute("error.type", (status != null) ? status.toString() : error);
                this.http.setStatus(StatusCode.ERROR);
                this.delivery.setAttribute("error.type", error);
                this.delivery.setStatus(StatusCode.ERROR);
            }
            this.http.end();
        }

        @Override
        public void end(@Nullable String outcome) {
            if (outcome != null) {
                this.delivery.setAttribute("triggers.outcome", outcome);
            }
            else {
                this.http.end();
            }
            this.delivery.end();
        }

    }

}
