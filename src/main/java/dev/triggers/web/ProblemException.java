package dev.triggers.web;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A request that cannot be fulfilled, in the terms of RFC 9457. Features throw it; the
 * one exception handler answers it.
 */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemKind kind;

    private final transient List<FieldError> errors;

    private final transient Map<String, Object> members;

    private final transient @Nullable Duration retryAfter;

    private ProblemException(ProblemKind kind, String message, List<FieldError> errors, Map<String, Object> members,
            @Nullable Duration retryAfter) {
        // An answer, not a fault: no stack trace
        super(message, null, false, false);
        this.kind = kind;
        this.errors = errors;
        this.members = members;
        this.retryAfter = retryAfter;
    }

    public static ProblemException of(ProblemKind kind, String message) {
        return new ProblemException(kind, message, List.of(), Map.of(), null);
    }

    /**
     * 400 that names the field.
     */
    public static ProblemException invalid(String field, String message) {
        return invalid(List.of(new FieldError(field, message)));
    }

    public static ProblemException invalid(List<FieldError> errors) {
        return new ProblemException(ProblemKind.INVALID, summary(errors), errors, Map.of(), null);
    }

    /**
     * 422 that names the field.
     */
    public static ProblemException unprocessable(String field, String message) {
        List<FieldError> errors = List.of(new FieldError(field, message));
        return new ProblemException(ProblemKind.UNPROCESSABLE, summary(errors), errors, Map.of(), null);
    }

    public static ProblemException notFound(String what) {
        return of(ProblemKind.NOT_FOUND, what + " not found");
    }

    /**
     * 503; the client may send the same request again after the given time.
     */
    public static ProblemException unavailable(String message, Duration retryAfter) {
        return of(ProblemKind.UNAVAILABLE, message).retryAfter(retryAfter);
    }

    public ProblemException retryAfter(Duration wait) {
        return new ProblemException(this.kind, message(), this.errors, this.members, wait);
    }

    /**
     * The same problem with further members in its body.
     */
    public ProblemException with(Map<String, Object> more) {
        return new ProblemException(this.kind, message(), this.errors, more, this.retryAfter);
    }

    public ProblemKind kind() {
        return this.kind;
    }

    public String message() {
        return String.valueOf(getMessage());
    }

    public List<FieldError> errors() {
        return this.errors;
    }

    public Map<String, Object> members() {
        return this.members;
    }

    public @Nullable Duration retryAfter() {
        return this.retryAfter;
    }

    private static String summary(List<FieldError> errors) {
        FieldError first = errors.getFirst();
        return first.field() + ": " + first.message();
    }

}
