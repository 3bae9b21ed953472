package dev.triggers.event;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Where the events of each organization lie in a batch: the log has one entry for all
 * that a transaction stored for an organization, at the first of them.
 */
final class LogSpans {

    private final Map<UUID, UUID> firsts;

    private final Map<UUID, UUID> lasts;

    private LogSpans(Map<UUID, UUID> firsts, Map<UUID, UUID> lasts) {
        this.firsts = firsts;
        this.lasts = lasts;
    }

    static LogSpans of(List<NewEvent> events) {
        Map<UUID, UUID> firsts = new HashMap<>();
        Map<UUID, UUID> lasts = new HashMap<>();
        for (NewEvent event : events) {
            firsts.merge(event.organizationId(), event.id(), (one, other) -> (one.compareTo(other) < 0) ? one : other);
            lasts.merge(event.organizationId(), event.id(), (one, other) -> (one.compareTo(other) > 0) ? one : other);
        }
        return new LogSpans(firsts, lasts);
    }

    UUID first(NewEvent event) {
        return found(this.firsts, event);
    }

    UUID last(NewEvent event) {
        return found(this.lasts, event);
    }

    UUID oldest() {
        return Collections.min(this.firsts.values());
    }

    private static UUID found(Map<UUID, UUID> ids, NewEvent event) {
        UUID id = ids.get(event.organizationId());
        if (id == null) {
            throw new IllegalArgumentException("Not of this batch: " + event.id());
        }
        return id;
    }

}
