// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** The parameters of readLog. */
public final class ReadLogQuery extends Fields {

    private ReadLogQuery(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static ReadLogQuery of() {
        return new ReadLogQuery(Map.of());
    }

    public ReadLogQuery cursor(String cursor) {
        return new ReadLogQuery(with("cursor", cursor));
    }

    public ReadLogQuery from_(String from_) {
        return new ReadLogQuery(with("from", from_));
    }

    public ReadLogQuery type(String type) {
        return new ReadLogQuery(with("type", type));
    }

    public ReadLogQuery limit(Number limit) {
        return new ReadLogQuery(with("limit", limit));
    }

    public ReadLogQuery wait_(Number wait_) {
        return new ReadLogQuery(with("wait", wait_));
    }

    public ReadLogQuery fields(String fields) {
        return new ReadLogQuery(with("fields", fields));
    }

}
