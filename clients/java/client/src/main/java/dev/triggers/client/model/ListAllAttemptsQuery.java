// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.Map;

/** The parameters of listAllAttempts. */
public final class ListAllAttemptsQuery extends Fields {

    private ListAllAttemptsQuery(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static ListAllAttemptsQuery of() {
        return new ListAllAttemptsQuery(Map.of());
    }

    public ListAllAttemptsQuery endpointId(String endpointId) {
        return new ListAllAttemptsQuery(with("endpoint_id", endpointId));
    }

    public ListAllAttemptsQuery eventId(String eventId) {
        return new ListAllAttemptsQuery(with("event_id", eventId));
    }

    public ListAllAttemptsQuery type(String type) {
        return new ListAllAttemptsQuery(with("type", type));
    }

    public ListAllAttemptsQuery outcome(String outcome) {
        return new ListAllAttemptsQuery(with("outcome", outcome));
    }

    public ListAllAttemptsQuery status(String status) {
        return new ListAllAttemptsQuery(with("status", status));
    }

    public ListAllAttemptsQuery errorCode(String errorCode) {
        return new ListAllAttemptsQuery(with("error_code", errorCode));
    }

    public ListAllAttemptsQuery since(Instant since) {
        return new ListAllAttemptsQuery(with("since", since));
    }

    public ListAllAttemptsQuery until(Instant until) {
        return new ListAllAttemptsQuery(with("until", until));
    }

    public ListAllAttemptsQuery cursor(String cursor) {
        return new ListAllAttemptsQuery(with("cursor", cursor));
    }

    public ListAllAttemptsQuery limit(Number limit) {
        return new ListAllAttemptsQuery(with("limit", limit));
    }

}
