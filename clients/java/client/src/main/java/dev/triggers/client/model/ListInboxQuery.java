// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** The parameters of listInbox. */
public final class ListInboxQuery extends Fields {

    private ListInboxQuery(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static ListInboxQuery of() {
        return new ListInboxQuery(Map.of());
    }

    public ListInboxQuery status(String status) {
        return new ListInboxQuery(with("status", status));
    }

    public ListInboxQuery type(String type) {
        return new ListInboxQuery(with("type", type));
    }

    public ListInboxQuery order(String order) {
        return new ListInboxQuery(with("order", order));
    }

    public ListInboxQuery limit(Number limit) {
        return new ListInboxQuery(with("limit", limit));
    }

    public ListInboxQuery cursor(String cursor) {
        return new ListInboxQuery(with("cursor", cursor));
    }

    public ListInboxQuery offset(Number offset) {
        return new ListInboxQuery(with("offset", offset));
    }

    public ListInboxQuery wait_(Number wait_) {
        return new ListInboxQuery(with("wait", wait_));
    }

    public ListInboxQuery minReceives(Number minReceives) {
        return new ListInboxQuery(with("min_receives", minReceives));
    }

}
