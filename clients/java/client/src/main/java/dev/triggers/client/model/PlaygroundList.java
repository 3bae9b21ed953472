// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record PlaygroundList(List<Playground> playgrounds) {

    /** From JSON members, those that are not known passed over. */
    public static PlaygroundList from(Map<String, Object> members) {
        return new PlaygroundList(Members.list(members, "playgrounds", value -> Playground.from(Members.toObject(value))));
    }

}
