package dev.triggers.openapi;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.triggers.web.ProblemKind;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * What an operation answers: the status that it succeeds with, and the errors that it can
 * end in.
 */
final class Responses {

    private static final Map<Integer, String> REASONS = Map.of(400, "Malformed, incomplete, or of a wrong type", 401,
            "No key, or none that is valid", 403, "The key lacks a scope, or is held to types or endpoints", 404,
            "There is none with this id in the organization", 413, "The body is too large", 415,
            "The body is not JSON in UTF-8", 503,
            "The database is away, or a buffer is full; nothing is wrong with the request");

    private Responses() {
    }

    static void addSchemas(OpenAPI api) {
        api.getComponents().addSchemas("Problem", problem());
        api.getComponents().addSchemas("FieldError", fieldError());
    }

    static void addTo(Described described) {
        ApiResponses responses = new ApiResponses();
        responses.addApiResponse(Integer.toString(described.details().success()), success(described));
        others(described)
            .forEach((status, response) -> responses.addApiResponse(status, describe(response, described)));
        for (int status : new int[] { 400, 401, 403, 404, 409, 413, 415, 422, 429, 503 }) {
            String reason = reason(described, status);
            if (reason != null) {
                responses.addApiResponse(Integer.toString(status), error(status, reason));
            }
        }
        if (described.isApi()) {
            responses.addApiResponse(ApiResponses.DEFAULT, error(0, "Any other problem"));
        }
        described.operation().setResponses(responses);
    }

    private static ApiResponse success(Described described) {
        ApiResponse declared = described.operation()
            .getResponses()
            .get(Integer.toString(described.details().success()));
        ApiResponse response = Stream.concat(Stream.ofNullable(declared), successes(described))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("No success of " + described.details().id()
                    + ": errors are described in Operations, since @ApiResponse hides what a method returns"));
        response.setDescription(described.details().meaning());
        return describe(response, described);
    }

    private static Stream<ApiResponse> successes(Described described) {
        return described.operation()
            .getResponses()
            .entrySet()
            .stream()
            .filter((entry) -> entry.getKey().startsWith("2"))
            .map(Map.Entry::getValue);
    }

    /**
     * Where an operation declares more than one success, those that are not the usual
     * one.
     */
    private static Map<String, ApiResponse> others(Described described) {
        Map<String, ApiResponse> others = new LinkedHashMap<>();
        if (successes(described).count() > 1) {
            others.putAll(described.operation().getResponses());
            others.remove(Integer.toString(described.details().success()));
            others.keySet().removeIf((status) -> !status.startsWith("2"));
        }
        return others;
    }

    private static ApiResponse describe(ApiResponse response, Described described) {
        response.addHeaderObject("X-Request-ID", text("The request's id: the client's, or a new one"));
        if (described.isAuthenticated()) {
            response.addHeaderObject("X-RateLimit-Limit", number("Events a minute of the tier"));
            response.addHeaderObject("X-RateLimit-Remaining", number("Events that may be posted at once now"));
            response.addHeaderObject("X-RateLimit-Reset", number("The Unix second at which all of the limit is back"));
        }
        return response;
    }

    private static @Nullable String reason(Described described, int status) {
        String own = described.details().errors().get(status);
        if (described.isOperators() && status == 401) {
            return "The operator's token is missing or wrong";
        }
        if (described.isOperators() && status == 404) {
            return described.hasPathParameters() ? "There is none with this id, or no ADMIN_TOKEN is set"
                    : "No ADMIN_TOKEN is set";
        }
        if (own != null) {
            return own;
        }
        boolean applies = switch (status) {
            case 400 -> described.hasBody() || described.hasParameters();
            case 401 -> described.isAuthenticated() || described.isOperators();
            case 403 -> described.needsMoreThanAKey();
            case 404 -> described.hasPathParameters();
            case 413, 415 -> described.hasBody();
            case 503 -> described.isApi();
            default -> false;
        };
        return applies ? REASONS.get(status) : null;
    }

    private static ApiResponse error(int status, String reason) {
        MediaType body = new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"));
        ApiResponse response = new ApiResponse().description(reason)
            .content(new Content().addMediaType("application/problem+json", body));
        if (status != 0) {
            body.setExample(ProblemExamples.of(status, reason));
        }
        if (status == HttpStatus.TOO_MANY_REQUESTS.value() || status == HttpStatus.SERVICE_UNAVAILABLE.value()) {
            response.addHeaderObject("Retry-After", number("Seconds to wait, at least 1"));
        }
        return response;
    }

    private static Header text(String description) {
        return new Header().description(description).schema(string());
    }

    private static Header number(String description) {
        return new Header().description(description).schema(integer());
    }

    private static Schema<?> problem() {
        List<String> codes = Arrays.stream(ProblemKind.values()).map(ProblemKind::code).distinct().toList();
        Schema<Object> schema = object("A problem (RFC 9457), with members that clients of older versions read");
        schema.addProperty("type", string().description("about:blank"));
        schema.addProperty("title", string().description("The status in words"));
        schema.addProperty("status", integer());
        schema.addProperty("detail", string().description("What is wrong, for people"));
        schema.addProperty("instance", string().description("The path of the request"));
        schema.addProperty("error", string().description("As detail"));
        schema.addProperty("code", string()._enum(codes).description("What is wrong, for programs; stable"));
        schema.addProperty("message", string().description("As detail"));
        schema.addProperty("errors", array(new Schema<>().$ref("#/components/schemas/FieldError")));
        schema.addProperty("missing", array(string()).description("What the key lacks"));
        schema.addProperty("dedup_id", string().description("Of a duplicate event"));
        schema.addProperty("id", string().description("Of the event that was stored first"));
        schema.addProperty("limit", integer().description("Events a minute"));
        schema.addProperty("window", integer().description("Seconds that the limit is for: 60"));
        schema.addProperty("cell", string().description("Where the token was made: two digits"));
        schema.addProperty("location", string().description("The address of that cell, to ask there"));
        schema.addProperty("retry_after", integer().description("Seconds to wait, at least 1"));
        schema.setRequired(List.of("type", "title", "status", "detail", "error", "code", "message"));
        return schema;
    }

    private static Schema<?> fieldError() {
        Schema<Object> schema = object("A member or parameter that is wrong");
        schema.addProperty("field", string());
        schema.addProperty("message", string());
        schema.setRequired(List.of("field", "message"));
        return schema;
    }

    private static Schema<Object> object(String description) {
        Schema<Object> schema = typed("object");
        schema.setDescription(description);
        return schema;
    }

    private static Schema<Object> array(Schema<?> items) {
        Schema<Object> schema = typed("array");
        schema.setItems(items);
        return schema;
    }

    private static Schema<String> string() {
        return typed("string");
    }

    private static Schema<Integer> integer() {
        return typed("integer");
    }

    private static <T> Schema<T> typed(String type) {
        Schema<T> schema = new Schema<>();
        schema.addType(type);
        return schema;
    }

}
