package dev.triggers.catalogue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import dev.triggers.key.Caller;
import dev.triggers.key.Requires;
import dev.triggers.key.Scope;
import dev.triggers.web.ProblemException;
import dev.triggers.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The types of events that were seen.
 */
@RestController
@Tag(name = "Events")
class TypeController {

    private static final int DEFAULT_LIMIT = 100;

    /** A page looks at one row a day of each. */
    private static final int LARGEST_LIMIT = 150;

    private final TypeRepository types;

    TypeController(TypeRepository types) {
        this.types = types;
    }

    @GetMapping("/api/event-types")
    @Requires(value = Scope.EVENTS_READ, restricted = true)
    @Operation(summary = "List the types of events that were seen", operationId = "listEventTypes",
            description = "In alphabetical order, with counts a day in UTC. Counts are written every five seconds; those "
                    + "of the last five are lost if a process is killed. An organization's first 1,000 types are counted.")
    @Parameter(name = "cursor", in = ParameterIn.QUERY, description = "The next_cursor of an earlier page",
            schema = @Schema(type = "string"))
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = "Clamped to 1 to 150",
            schema = @Schema(type = "integer", defaultValue = "100"))
    TypePage list(@Parameter(hidden = true) Caller caller, HttpServletRequest request) {
        QueryParameters parameters = QueryParameters.of(request);
        int limit = parameters.clamped("limit", DEFAULT_LIMIT, 1, LARGEST_LIMIT);
        List<EventType> found = this.types.page(caller.organizationId(), caller.types(),
                after(parameters.text("cursor")), limit + 1);
        boolean more = found.size() > limit;
        List<EventType> page = more ? found.subList(0, limit) : found;
        return new TypePage(page, more ? cursor(page.getLast().type()) : null, more);
    }

    private static String cursor(String type) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(type.getBytes(StandardCharsets.UTF_8));
    }

    private static String after(@Nullable String cursor) {
        if (cursor == null) {
            return "";
        }
        try {
            String type = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (!type.isEmpty() && cursor(type).equals(cursor) && type.indexOf('\0') < 0) {
                return type;
            }
        }
        catch (IllegalArgumentException ex) {
            // falls through: not Base64
        }
        throw ProblemException.invalid("cursor", "must be the next_cursor of an earlier answer");
    }

    /**
     * A page of types.
     *
     * @param eventTypes the types, in alphabetical order
     * @param nextCursor where the next page begins; null at the end
     * @param hasMore whether there are more
     */
    @Schema(name = "EventTypePage")
    record TypePage(List<EventType> eventTypes, @Nullable String nextCursor, boolean hasMore) {

    }

}
