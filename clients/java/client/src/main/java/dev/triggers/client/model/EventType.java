// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record EventType(List<Day> days, long events, Instant firstAt, Instant lastAt, String type) {

    /** From JSON members, those that are not known passed over. */
    public static EventType from(Map<String, Object> members) {
        return new EventType(Members.list(members, "days", value -> Day.from(Members.toObject(value))),
            Members.long_(members, "events"),
            Members.instant(members, "first_at"),
            Members.instant(members, "last_at"),
            Members.string(members, "type"));
    }

}
