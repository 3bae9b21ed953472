package dev.triggers.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The two halves of an {@link InboxItem}, for whoever already knows which events to show.
 */
@Repository
public class ItemRepository {

    private final JdbcClient jdbc;

    public ItemRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * How far an event has come.
     * @return null if the organization has no such event
     */
    public @Nullable EventState state(UUID organizationId, UUID eventId) {
        return this.jdbc.sql(InboxStatements.EVENT)
            .param("organization", organizationId)
            .param("event", eventId)
            .query((row, number) -> state(row))
            .optional()
            .orElse(null);
    }

    /**
     * How far events have come, by id. Events whose day was dropped since are left out.
     */
    public Map<UUID, EventState> states(UUID organizationId, List<UUID> eventIds) {
        if (eventIds.isEmpty()) {
            return Map.of();
        }
        Map<UUID, EventState> states = HashMap.newHashMap(eventIds.size());
        this.jdbc.sql(InboxStatements.EVENTS)
            .param("organization", organizationId)
            .param("ids", array(eventIds))
            .param("first", Collections.min(eventIds))
            .param("last", Collections.max(eventIds))
            .query((row) -> {
                EventState state = state(row);
                states.put(state.eventId(), state);
            });
        return states;
    }

    /**
     * The texts of events, by id. Events whose day was dropped since are left out. The
     * range that the ids span spares the server opening the days that hold none of them.
     */
    public Map<UUID, EventTexts> texts(UUID organizationId, List<UUID> eventIds) {
        return texts(organizationId, eventIds, true);
    }

    /**
     * The same, with or without their payloads.
     */
    public Map<UUID, EventTexts> texts(UUID organizationId, List<UUID> eventIds, boolean payloads) {
        if (eventIds.isEmpty()) {
            return Map.of();
        }
        Map<UUID, EventTexts> texts = HashMap.newHashMap(eventIds.size());
        this.jdbc.sql("""
                select event.* from unnest(:ids::uuid[]) wanted (id)
                cross join lateral (
                    select id, type, dedup_id, case when :payloads then payload end as payload
                    from events where organization_id = :organization and id = wanted.id
                      and id between :first and :last limit 1) event
                """)
            .param("organization", organizationId)
            .param("ids", array(eventIds))
            .param("first", Collections.min(eventIds))
            .param("last", Collections.max(eventIds))
            .param("payloads", payloads)
            .query((row) -> {
                UUID id = row.getObject("id", UUID.class);
                texts.put(id,
                        new EventTexts(row.getString("type"), row.getString("dedup_id"), row.getString("payload")));
            });
        return texts;
    }

    static String[] array(List<UUID> ids) {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
    }

    static EventState state(ResultSet row) throws SQLException {
        return new EventState(row.getObject("event_id", UUID.class), row.getInt("bytes"),
                instant(row, "acknowledged_at"), row.getObject("open") != null, row.getObject("dead") != null,
                row.getInt("attempts"), row.getObject("response_status", Integer.class), row.getString("error"),
                instant(row, "started_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return (time != null) ? time.toInstant() : null;
    }

}
