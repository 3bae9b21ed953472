package dev.triggers.web;

import org.springframework.http.HttpStatus;

/**
 * The kinds of failure a client can meet, each with its status and its stable code.
 */
public enum ProblemKind {

    MALFORMED(HttpStatus.BAD_REQUEST, "malformed_request"),

    INVALID(HttpStatus.BAD_REQUEST, "validation_error"),

    UNAUTHORIZED(HttpStatus.UNAUTHORIZED, "unauthorized"),

    INSUFFICIENT_SCOPE(HttpStatus.FORBIDDEN, "insufficient_scope"),

    ORGANIZATION_SUSPENDED(HttpStatus.FORBIDDEN, "organization_suspended"),

    TIER_NOT_ALLOWED(HttpStatus.FORBIDDEN, "tier_not_allowed"),

    NOT_FOUND(HttpStatus.NOT_FOUND, "not_found"),

    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "method_not_allowed"),

    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "not_acceptable"),

    REQUEST_TIMEOUT(HttpStatus.REQUEST_TIMEOUT, "request_timeout"),

    CONFLICT(HttpStatus.CONFLICT, "conflict"),

    PUBLIC_URL_NOT_SET(HttpStatus.CONFLICT, "public_url_not_set"),

    DUPLICATE(HttpStatus.CONFLICT, "duplicate_event"),

    CURSOR_EXPIRED(HttpStatus.GONE, "cursor_expired"),

    CURSOR_RESET(HttpStatus.GONE, "cursor_reset"),

    TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "payload_too_large"),

    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type"),

    MISDIRECTED(HttpStatus.MISDIRECTED_REQUEST, "misdirected"),

    UNPROCESSABLE(HttpStatus.UNPROCESSABLE_CONTENT, "unprocessable"),

    RATE_LIMITED(HttpStatus.TOO_MANY_REQUESTS, "rate_limit_exceeded"),

    TOO_MANY_STREAMS(HttpStatus.TOO_MANY_REQUESTS, "too_many_streams"),

    HEADERS_TOO_LARGE(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "headers_too_large"),

    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "internal_error"),

    UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "service_unavailable"),

    CELL_BROKE_OFF(HttpStatus.BAD_GATEWAY, "cell_broke_off"),

    CELL_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "cell_unavailable"),

    CELL_TIMEOUT(HttpStatus.GATEWAY_TIMEOUT, "cell_timeout"),

    CELL_LOOP(HttpStatus.LOOP_DETECTED, "cell_loop");

    private final HttpStatus status;

    private final String code;

    ProblemKind(HttpStatus status, String code) {
        this.status = status;
        this.code = code;
    }

    public HttpStatus status() {
        return this.status;
    }

    public String code() {
        return this.code;
    }

}
