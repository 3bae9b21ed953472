package dev.triggers.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An answer that is no success. */
public sealed class ApiException extends TriggersException {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST_DETAIL = 1_024;

    private final transient Answer answer;

    private final transient Map<String, Object> problem;

    private final transient Duration retryAfter;

    private boolean unsure;

    ApiException(Answer answer, Map<String, Object> problem, Duration retryAfter) {
        super(message(answer, problem), null);
        this.answer = answer;
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    static ApiException of(Answer answer, Instant now) {
        Map<String, Object> problem = answer.members().orElse(Map.of());
        Duration retryAfter = RetryAfter.of(answer, problem.get("retry_after"), now);
        String code = (problem.get("code") instanceof String text) ? text : "";
        return switch (code) {
            case "malformed_request", "validation_error", "method_not_allowed", "not_acceptable", "request_timeout", "unsupported_media_type" -> new InvalidRequest(answer, problem, retryAfter);
            case "unauthorized" -> new Unauthorized(answer, problem, retryAfter);
            case "insufficient_scope", "forbidden", "tier_not_allowed", "organization_suspended" -> new Forbidden(answer, problem, retryAfter);
            case "not_found" -> new NotFound(answer, problem, retryAfter);
            case "conflict", "public_url_not_set" -> new Conflict(answer, problem, retryAfter);
            case "duplicate_event" -> new DuplicateEvent(answer, problem, retryAfter);
            case "cursor_expired" -> new CursorExpired(answer, problem, retryAfter);
            case "cursor_reset" -> new CursorReset(answer, problem, retryAfter);
            case "payload_too_large", "headers_too_large" -> new TooLarge(answer, problem, retryAfter);
            case "misdirected" -> new Misdirected(answer, problem, retryAfter);
            case "unprocessable" -> new Unprocessable(answer, problem, retryAfter);
            case "rate_limit_exceeded", "too_many_streams" -> new RateLimited(answer, problem, retryAfter);
            case "internal_error", "cell_loop" -> new ServerError(answer, problem, retryAfter);
            case "service_unavailable", "cell_broke_off", "cell_unavailable", "cell_timeout" -> new Unavailable(answer, problem, retryAfter);
            default -> byStatus(answer, problem, retryAfter);
        };
    }

    private static ApiException byStatus(Answer answer, Map<String, Object> problem, Duration retryAfter) {
        return switch (answer.status()) {
            case 400, 405, 406, 408, 415 -> new InvalidRequest(answer, problem, retryAfter);
            case 401 -> new Unauthorized(answer, problem, retryAfter);
            case 403 -> new Forbidden(answer, problem, retryAfter);
            case 404 -> new NotFound(answer, problem, retryAfter);
            case 409 -> new Conflict(answer, problem, retryAfter);
            case 410 -> new Gone(answer, problem, retryAfter);
            case 413, 431 -> new TooLarge(answer, problem, retryAfter);
            case 421 -> new Misdirected(answer, problem, retryAfter);
            case 422 -> new Unprocessable(answer, problem, retryAfter);
            case 429 -> new RateLimited(answer, problem, retryAfter);
            case 502, 503, 504 -> new Unavailable(answer, problem, retryAfter);
            default -> switch (answer.status() / 100) {
                case 4 -> new InvalidRequest(answer, problem, retryAfter);
                case 5 -> new ServerError(answer, problem, retryAfter);
                default -> new ApiException(answer, problem, retryAfter);
            };
        };
    }

    private static String message(Answer answer, Map<String, Object> problem) {
        StringBuilder message = new StringBuilder().append(answer.status());
        for (String member : List.of("code", "detail")) {
            if (problem.get(member) instanceof String text) {
                message.append(": ").append(text);
            }
        }
        return message.toString();
    }

    /** The status. */
    public int status() {
        return this.answer.status();
    }

    /** The stable word that says what is wrong, or null. */
    public String code() {
        return text("code");
    }

    /** What is wrong, for people; of an answer that is no problem the beginning of its text. */
    public String detail() {
        String detail = text("detail");
        if (detail != null) {
            return detail;
        }
        if (!this.problem.isEmpty()) {
            return "";
        }
        String text = this.answer.text();
        int letters = Math.min(LONGEST_DETAIL, text.codePointCount(0, text.length()));
        return text.substring(0, text.offsetByCodePoints(0, letters));
    }

    /** The fields that are wrong. */
    public List<FieldProblem> errors() {
        List<FieldProblem> found = new ArrayList<>();
        if (this.problem.get("errors") instanceof List<?> errors) {
            for (Object error : errors) {
                if (error instanceof Map<?, ?> members) {
                    found.add(new FieldProblem(String.valueOf(members.get("field")), String.valueOf(members.get("message"))));
                }
            }
        }
        return List.copyOf(found);
    }

    /** The request's id, or null. */
    public String requestId() {
        return this.answer.header("X-Request-ID").orElse(null);
    }

    /** How long the service wants to be left alone. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(this.retryAfter);
    }

    /** All members. */
    public Map<String, Object> problem() {
        return this.problem;
    }

    final String text(String member) {
        return (this.problem.get(member) instanceof String text) ? text : null;
    }

    /** An earlier request of the call may have been carried out. */
    final boolean unsure() {
        return this.unsure;
    }

    final void unsure(boolean may) {
        this.unsure = may;
    }

    final String location() {
        String member = text("location");
        return (member != null) ? member : this.answer.header("Location").orElse(null);
    }

    /** A field and what is wrong with it. */
    public record FieldProblem(String field, String message) {
    }

    /** The request is wrong. */
    public static final class InvalidRequest extends ApiException {

        private static final long serialVersionUID = 1L;

        InvalidRequest(Answer answer, Map<String, Object> problem, Duration retryAfter) {
            super(answer, problem, retryAfter);
        }

    }

    /** No key that is valid. */
    public static final class Unauthorized extends ApiException {

        private static final long serialVersionUID = 1L;

        Unauthorized(Answer answer, Map<String, Object> problem, Duration retryAfter) {
            super(answer, problem, retryAfter);
        }

    }

    /** The key may not do this. */
    public static final class Forbidden extends ApiException {

        private static final long serialVersionUID = 1L;

        Forbidden(Answer answer, Map<String, Object> problem, Duration retryAfter) {
            super(answer, problem, retryAfter);
        }

    }

    /** There is no such thing. */
    public static final class NotFound extends ApiException {

        private static final long serialVersionUID = 1L;

        NotFound(Answer answer, Map<String, Object> problem, Duration retryAfter) {
            super(answer, problem, retryAfter);
        }

    }

    /** It stands against something that is there. */
    public static sealed class Conflict extends ApiException {

        private static final long serialVersionUID = 1L;

        Conflict(Answer answer, Map<String, Object> problem, Duration retryAfter) {
            super(answer, problem, retryAfter);
        }

    }

    /** It is no longer there. */
    public static sealed class Gone extends ApiException {

        private static final long serialVersionUID = 1L;

        Gone(Answer answer, Map<String, Object> problem, Duration retryAfter) {
            super(answer, problem, retryAfter);
        }

    }

    /** More than the service takes. */
    public static final class TooLarge extends ApiException {

        private static final long serialVersionUID = 1L;

        TooLarge(Answer answer, Map<String, Object> problem, Duration retryAfter) {
            super(answer, problem, retryAfter);
        }

    }

    /** Well-formed, but not acceptable. */
    public static final class Unprocessable extends ApiException {

        private static final long serialVersionUID = 1L;

        Unprocessable(Answer answer, Map<String, Object> problem, Duration retryAfter) {
            super(answer, problem, retryAfter);
        }

    }

    /** Over a limit. */
    public static final class RateLimited extends ApiException {

        private static final long serialVersionUID = 1L;

        RateLimited(Answer answer, Map<String, Object> problem, Duration retryAfter) {
            super(answer, problem, retryAfter);
        }

    }

    /** Not now. */
    public static final class Unavailable extends ApiException {

        private static final long serialVersionUID = 1L;

        Unavailable(Answer answer, Map<String, Object> problem, Duration retryAfter) {
            super(answer, problem, retryAfter);
        }

    }

    /** An error of the service. */
    public static final class ServerError extends ApiException {

        private static final long serialVersionUID = 1L;

        ServerError(Answer answer, Map<String, Object> problem, Duration retryAfter) {
            super(answer, problem, retryAfter);
        }

    }

    /** Another instance is the right one, and may not be followed to. */
    public static final class Misdirected extends ApiException {

        private static final long serialVersionUID = 1L;

        Misdirected(Answer answer, Map<String, Object> problem, Duration retryAfter) {
            super(answer, problem, retryAfter);
        }

    }

    /** The event was stored before. */
    public static final class DuplicateEvent extends Conflict {

        private static final long serialVersionUID = 1L;

        DuplicateEvent(Answer answer, Map<String, Object> problem, Duration retryAfter) {
            super(answer, problem, retryAfter);
        }

        /** The id of the event that was stored first. */
        public String id() {
            return text("id");
        }

        /** Its dedup id. */
        public String dedupId() {
            return text("dedup_id");
        }

    }

    /** Events behind the position are no longer kept. */
    public static final class CursorExpired extends Gone {

        private static final long serialVersionUID = 1L;

        CursorExpired(Answer answer, Map<String, Object> problem, Duration retryAfter) {
            super(answer, problem, retryAfter);
        }

        /** The position to go on from. */
        public String cursor() {
            return text("earliest_cursor");
        }

    }

    /** The position is of a database that is no more. */
    public static final class CursorReset extends Gone {

        private static final long serialVersionUID = 1L;

        CursorReset(Answer answer, Map<String, Object> problem, Duration retryAfter) {
            super(answer, problem, retryAfter);
        }

        /** The position to go on from. */
        public String cursor() {
            return text("cursor");
        }

    }

}
