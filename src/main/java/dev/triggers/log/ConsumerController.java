package dev.triggers.log;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

import dev.triggers.key.Caller;
import dev.triggers.key.Requires;
import dev.triggers.key.Scope;
import dev.triggers.web.BodyReader;
import dev.triggers.web.JsonFields;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Keeps positions in the log for consumers that would rather not keep them themselves.
 */
@RestController
@Tag(name = "Events")
class ConsumerController {

    private static final int MOST = 100;

    private static final int MAX_BODY = 16 * 1024;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private final ConsumerRepository consumers;

    private final BodyReader bodies;

    ConsumerController(ConsumerRepository consumers, BodyReader bodies) {
        this.consumers = consumers;
        this.bodies = bodies;
    }

    @GetMapping("/api/consumers")
    @Requires(Scope.EVENTS_READ)
    @Operation(summary = "List the positions that are kept", operationId = "listConsumers")
    ConsumerList list(@Parameter(hidden = true) Caller caller) {
        return new ConsumerList(this.consumers.list(caller.organizationId()));
    }

    @GetMapping("/api/consumers/{name}")
    @Requires(Scope.EVENTS_READ)
    @Operation(summary = "Show a position that is kept", operationId = "getConsumer")
    Consumer get(@Parameter(hidden = true) Caller caller, @PathVariable String name) {
        return find(caller.organizationId(), name).orElseThrow(() -> ProblemException.notFound("Consumer"));
    }

    @PutMapping("/api/consumers/{name}")
    @Requires(Scope.INBOX_WRITE)
    @Operation(summary = "Keep a position", operationId = "putConsumer",
            description = "With if_cursor only where that is the position kept now, or where none is, if it is null: of "
                    + "two that go on from the same position one wins, and the other hears 409 with the cursor that is kept.")
    @RequestBody(required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Position.class)))
    Consumer put(@Parameter(hidden = true) Caller caller, @PathVariable String name, HttpServletRequest request) {
        UUID organizationId = caller.organizationId();
        require(name);
        JsonFields fields = JsonFields.parse(this.bodies.read(request, MAX_BODY));
        String cursor = cursor(organizationId, "cursor", fields.requiredText("cursor"));
        boolean kept = fields.has("if_cursor") ? keep(organizationId, name, cursor, fields.text("if_cursor"))
                : this.consumers.set(organizationId, name, cursor, MOST);
        return find(organizationId, name).filter((found) -> kept).orElseThrow(() -> refusal(organizationId, name));
    }

    private boolean keep(UUID organizationId, String name, String cursor, @Nullable String expected) {
        return (expected != null)
                ? this.consumers.replace(organizationId, name, cursor, cursor(organizationId, "if_cursor", expected))
                : this.consumers.insert(organizationId, name, cursor, MOST);
    }

    private ProblemException refusal(UUID organizationId, String name) {
        Optional<Consumer> found = find(organizationId, name);
        if (found.isEmpty() && this.consumers.list(organizationId).size() >= MOST) {
            return ProblemException.of(ProblemKind.CONFLICT, "An organization may have " + MOST + " consumers");
        }
        ProblemException changed = ProblemException.of(ProblemKind.CONFLICT, "Another position is kept");
        return found.map((consumer) -> changed.with(Map.of("cursor", consumer.cursor()))).orElse(changed);
    }

    @DeleteMapping("/api/consumers/{name}")
    @Requires(Scope.INBOX_WRITE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Forget a position", operationId = "deleteConsumer")
    void delete(@Parameter(hidden = true) Caller caller, @PathVariable String name) {
        if (!this.consumers.delete(caller.organizationId(), name)) {
            throw ProblemException.notFound("Consumer");
        }
    }

    private Optional<Consumer> find(UUID organizationId, String name) {
        return this.consumers.find(organizationId, name);
    }

    private static void require(String name) {
        if (!NAME.matcher(name).matches()) {
            throw ProblemException.invalid("name", "must be 1 to 100 letters, digits, dots, dashes or underscores");
        }
    }

    /** As it will be given back: in the one form that the service writes. */
    private static String cursor(UUID organizationId, String field, String text) {
        return LogCursor.parse(organizationId, field, text).text();
    }

    /**
     * A position to keep.
     *
     * @param cursor the next_cursor of a page of the log
     * @param ifCursor the position that must be kept now; null: none
     */
    @Schema(name = "ConsumerPosition")
    record Position(String cursor, @Nullable String ifCursor) {

    }

    /**
     * The positions that are kept.
     */
    record ConsumerList(List<Consumer> consumers) {

    }

}
