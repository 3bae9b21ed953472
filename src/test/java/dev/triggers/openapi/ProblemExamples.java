package dev.triggers.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.triggers.web.ProblemKind;
import org.springframework.http.HttpStatus;

/**
 * An example of a problem for each status.
 */
final class ProblemExamples {

    private static final Map<Integer, ProblemKind> KINDS = Map.ofEntries(Map.entry(400, ProblemKind.INVALID),
            Map.entry(401, ProblemKind.UNAUTHORIZED), Map.entry(403, ProblemKind.INSUFFICIENT_SCOPE),
            Map.entry(404, ProblemKind.NOT_FOUND), Map.entry(409, ProblemKind.CONFLICT),
            Map.entry(410, ProblemKind.CURSOR_EXPIRED), Map.entry(413, ProblemKind.TOO_LARGE),
            Map.entry(415, ProblemKind.UNSUPPORTED_MEDIA_TYPE), Map.entry(422, ProblemKind.UNPROCESSABLE),
            Map.entry(429, ProblemKind.RATE_LIMITED), Map.entry(503, ProblemKind.UNAVAILABLE));

    private ProblemExamples() {
    }

    static Map<String, Object> of(int status, String reason) {
        ProblemKind kind = kind(status, reason);
        String message = message(status, reason);
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("type", "about:blank");
        example.put("title", HttpStatus.valueOf(status).getReasonPhrase());
        example.put("status", status);
        example.put("detail", message);
        example.put("error", message);
        example.put("code", kind.code());
        example.put("message", message);
        switch (kind) {
            case INVALID, UNPROCESSABLE -> {
                String[] parts = message.split(": ", 2);
                if (parts.length == 2) {
                    example.put("errors", List.of(Map.of("field", parts[0], "message", parts[1])));
                }
            }
            case INSUFFICIENT_SCOPE -> example.put("missing", List.of("webhooks:write"));
            case DUPLICATE -> {
                example.put("dedup_id", "signup-1");
                example.put("id", "0198c0de-5a2f-7c41-9d3e-6b1f0a2c4d5e");
            }
            case RATE_LIMITED -> {
                example.put("limit", 100);
                example.put("window", 60);
                example.put("retry_after", 3);
            }
            default -> {
            }
        }
        return example;
    }

    private static ProblemKind kind(int status, String reason) {
        if (reason.contains("dedup_id")) {
            return ProblemKind.DUPLICATE;
        }
        return reason.contains("streams open") ? ProblemKind.TOO_MANY_STREAMS : KINDS.get(status);
    }

    private static String message(int status, String reason) {
        if (reason.contains("streams open")) {
            return reason;
        }
        return switch (status) {
            case 400 -> "type: is required";
            case 401 -> "An API key is required, in the header X-API-Key";
            case 403 -> "The key lacks the scope webhooks:write";
            case 404 -> "Event not found";
            case 413 -> "The body is larger than 262144 bytes";
            case 415 -> "The content type must be application/json";
            case 429 -> "Rate limit exceeded";
            case 503 -> "The database is not available";
            default -> reason;
        };
    }

}
