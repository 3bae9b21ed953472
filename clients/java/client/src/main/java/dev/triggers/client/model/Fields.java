package dev.triggers.client.model;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Members that are sent: those that were named, and no others. Immutable. */
public abstract class Fields {

    private final Map<String, Object> members;

    Fields(Map<String, Object> members) {
        this.members = members;
    }

    /** The members by their names in JSON. */
    public final Map<String, Object> asMap() {
        return this.members;
    }

    final Map<String, Object> with(String name, Object value) {
        Map<String, Object> further = new LinkedHashMap<>(this.members);
        further.put(name, (value instanceof Instant instant) ? instant.toString() : value);
        return Collections.unmodifiableMap(further);
    }

}
