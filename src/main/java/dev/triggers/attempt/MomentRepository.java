package dev.triggers.attempt;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;

import dev.triggers.time.UuidV7;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What happened around the deliveries of an event.
 */
@Repository
class MomentRepository {

    /** Of one kind and one endpoint. */
    private static final int MOST = 50;

    private final JdbcClient jdbc;

    MomentRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What happened since the event was accepted; of circuits also what was before, if
     * that was that one opened.
     */
    Moments find(UUID organizationId, UUID eventId, List<UUID> endpointIds) {
        Moments moments = new Moments(new HashMap<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        if (endpointIds.isEmpty()) {
            return moments;
        }
        this.jdbc.sql("""
                select w.id, m.kind, m.at from unnest(:ids::uuid[]) w (id) cross join lateral (
                  (select 'endpoint' as kind, created_at as at from endpoints where id = w.id)
                  union all
                  (select 'redelivery', requested_at from redeliveries where organization_id = :organization
                    and event_id = :event and endpoint_id = w.id order by requested_at desc limit :most)
                  union all
                  (select 'recovery', requested_at from replays where organization_id = :organization and id > :event
                    and recovery and endpoint_id = w.id and since <= :accepted order by id desc limit :most)
                  union all
                  (select case when open then 'open' else 'closed before' end, at from circuit_changes
                    where endpoint_id = w.id and at < :accepted order by at desc limit 1)
                  union all
                  (select case when open then 'open' else 'closed' end, at from circuit_changes
                    where endpoint_id = w.id and at >= :accepted order by at limit :most)) m
                """)
            .param("ids", endpointIds.stream().map(UUID::toString).toArray(String[]::new))
            .param("organization", organizationId)
            .param("event", eventId)
            .param("accepted", UuidV7.instant(eventId).atOffset(ZoneOffset.UTC))
            .param("most", MOST)
            .query((row) -> {
                add(moments, row);
            });
        return moments;
    }

    private static void add(Moments moments, ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        Instant at = row.getObject("at", OffsetDateTime.class).toInstant();
        switch (row.getString("kind")) {
            case "endpoint" -> moments.created().put(id, at);
            case "redelivery" -> moments.redelivered().add(new Moments.At(id, at));
            case "recovery" -> moments.recovered().add(new Moments.At(id, at));
            case "open" -> moments.circuits().add(new Moments.Circuit(id, at, true));
            case "closed" -> moments.circuits().add(new Moments.Circuit(id, at, false));
            default -> {
            }
        }
    }

}
