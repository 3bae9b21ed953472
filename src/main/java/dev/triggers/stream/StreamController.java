package dev.triggers.stream;

import java.io.IOException;

import dev.triggers.inbox.TypeFilter;
import dev.triggers.key.Caller;
import dev.triggers.key.Requires;
import dev.triggers.key.Scope;
import dev.triggers.log.LogCursor;
import dev.triggers.log.LogReader;
import dev.triggers.web.PathId;
import dev.triggers.web.ProblemException;
import dev.triggers.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The stream: everything as it happens.
 */
@RestController
@Tag(name = "Events")
class StreamController {

    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final StreamOpener opener;

    private final LogReader log;

    StreamController(StreamOpener opener, LogReader log) {
        this.opener = opener;
        this.log = log;
    }

    @GetMapping("/api/stream")
    @Requires(value = Scope.EVENTS_READ, restricted = true)
    @Operation(summary = "Everything as it happens", description = """
            An answer that does not end: server-sent events, or a JSON object a line where Accept asks for \
            application/x-ndjson. event.accepted comes in the order of the log and carries its cursor, as the id of \
            the server-sent event or the member cursor; whoever comes back with it, in Last-Event-ID or cursor, goes \
            on there without a gap. The other kinds are live: what happened while nobody listened is not told. Every \
            15 seconds there is a sign of life, which carries a cursor too: a comment, or a line of the kind \
            stream.heartbeat. A stream that is more than 1 MiB behind ends with stream.lagging and the cursor to \
            resume from.""",
            responses = @ApiResponse(responseCode = "200",
                    content = { @Content(mediaType = "text/event-stream", schema = @Schema(type = "string")),
                            @Content(mediaType = "application/x-ndjson",
                                    schema = @Schema(implementation = StreamLine.class)) }))
    @Parameter(name = "kinds", in = ParameterIn.QUERY,
            description = "What to tell of, separated by commas; default: everything",
            schema = @Schema(type = "string", example = "event.accepted,attempt.finished"))
    @Parameter(name = "type", in = ParameterIn.QUERY,
            description = "An event type, or a prefix of it: user.*; narrows the kinds that tell of an event",
            schema = @Schema(type = "string"))
    @Parameter(name = "endpoint_id", in = ParameterIn.QUERY,
            description = "An endpoint; narrows attempt.finished, delivery.dead and endpoint.changed",
            schema = @Schema(type = "string", format = "uuid"))
    @Parameter(name = "payloads", in = ParameterIn.QUERY, description = "false leaves the payloads out",
            schema = @Schema(type = "boolean", defaultValue = "true"))
    @Parameter(name = "cursor", in = ParameterIn.QUERY,
            description = "Where event.accepted goes on: a cursor of a stream or of the log; default: with what comes",
            schema = @Schema(type = "string"))
    @Parameter(name = LAST_EVENT_ID, in = ParameterIn.HEADER,
            description = "The same, as browsers send it when they come back; wins over cursor",
            schema = @Schema(type = "string"))
    void open(@Parameter(hidden = true) Caller caller, @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response) throws IOException, InterruptedException {
        QueryParameters parameters = QueryParameters.of(request);
        StreamFilter filter = filter(caller, parameters);
        LogCursor cursor = cursor(caller, request, parameters);
        StreamFormat format = StreamFormat.of(request.getHeader("Accept"));
        if (HttpMethod.HEAD.matches(request.getMethod())) {
            format.describe(response);
            return;
        }
        this.opener.open(caller, filter, format, filter.showsEvents() ? cursor : null, request, response);
    }

    private static StreamFilter filter(Caller caller, QueryParameters parameters) {
        String endpointId = parameters.text("endpoint_id");
        return new StreamFilter(StreamKind.parse(parameters.text("kinds")), TypeFilter.parse(parameters.text("type")),
                (endpointId != null) ? PathId.parse("endpoint_id", endpointId) : null,
                payloads(parameters.text("payloads")), caller.access());
    }

    private static boolean payloads(@Nullable String text) {
        return switch ((text != null) ? text : "true") {
            case "true" -> true;
            case "false" -> false;
            default -> throw ProblemException.invalid("payloads", "must be true or false");
        };
    }

    private @Nullable LogCursor cursor(Caller caller, HttpServletRequest request, QueryParameters parameters)
            throws InterruptedException {
        String last = request.getHeader(LAST_EVENT_ID);
        boolean fromHeader = last != null && !last.isEmpty();
        String text = fromHeader ? last : parameters.text("cursor");
        if (text == null) {
            return null;
        }
        return this.log.checked(LogCursor.parse(caller.organizationId(), fromHeader ? LAST_EVENT_ID : "cursor", text));
    }

}
