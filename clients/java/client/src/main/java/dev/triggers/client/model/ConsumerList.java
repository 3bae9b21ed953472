// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record ConsumerList(List<Consumer> consumers) {

    /** From JSON members, those that are not known passed over. */
    public static ConsumerList from(Map<String, Object> members) {
        return new ConsumerList(Members.list(members, "consumers", value -> Consumer.from(Members.toObject(value))));
    }

}
