package dev.triggers.stream;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What happened, of many organizations at once.
 */
@Repository
class LiveRepository {

    private final JdbcClient jdbc;

    LiveRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param notices one or more
     */
    List<Happening<StreamedAttempt>> attempts(List<Notice> notices) {
        List<UUID> ids = notices.stream().map(Notice::eventId).toList();
        return this.jdbc.sql("""
                select a.*, e.type, d.due_at
                from unnest(:organizations::uuid[], :events::uuid[], :endpoints::uuid[], :numbers::int[])
                  w (organization_id, event_id, endpoint_id, number)
                cross join lateral (
                  select organization_id, event_id, endpoint_id, number, outcome, started_at, duration_ms,
                    response_status, error_code, error
                  from delivery_attempts where organization_id = w.organization_id and event_id = w.event_id
                    and endpoint_id = w.endpoint_id and number = w.number
                    and event_id between :first and :last limit 1) a
                cross join lateral (
                  select type from events where organization_id = w.organization_id and id = w.event_id
                    and id between :first and :last limit 1) e
                left join lateral (
                  select due_at from event_deliveries where organization_id = w.organization_id
                    and event_id = w.event_id and endpoint_id = w.endpoint_id and attempts = w.number
                    and leased is null and due_at < 'infinity' limit 1) d on true
                """)
            .param("organizations", texts(notices.stream().map(Notice::organizationId).toList()))
            .param("events", texts(ids))
            .param("endpoints", texts(notices.stream().map(Notice::endpointId).toList()))
            .param("numbers", notices.stream().map(Notice::number).toArray(Integer[]::new))
            .param("first", Collections.min(ids))
            .param("last", Collections.max(ids))
            .query((row, number) -> new Happening<>(row.getObject("organization_id", UUID.class), attempt(row)))
            .list();
    }

    private static StreamedAttempt attempt(ResultSet row) throws SQLException {
        return new StreamedAttempt(row.getObject("event_id", UUID.class), row.getString("type"),
                row.getObject("endpoint_id", UUID.class), row.getInt("number"), outcome(row.getString("outcome")),
                row.getObject("started_at", OffsetDateTime.class).toInstant(), row.getInt("duration_ms"),
                row.getObject("response_status", Integer.class), row.getString("error_code"), row.getString("error"),
                instant(row, "due_at"));
    }

    private static String outcome(String code) {
        return switch (code) {
            case "d" -> "delivered";
            case "r" -> "retried";
            default -> "failed";
        };
    }

    /**
     * Acknowledgements of the last seconds: one that was made before, and repeated now,
     * is none.
     * @param notices one or more
     */
    List<Happening<StreamedAcknowledgement>> acknowledgements(List<Notice> notices) {
        List<UUID> ids = notices.stream().map(Notice::eventId).toList();
        return this.jdbc.sql("""
                select a.*, e.type from unnest(:organizations::uuid[], :events::uuid[]) w (organization_id, event_id)
                cross join lateral (
                  select organization_id, event_id, acknowledged_at from event_acks
                  where organization_id = w.organization_id and event_id = w.event_id
                    and acknowledged_at > now() - interval '10 seconds'
                    and event_id between :first and :last limit 1) a
                cross join lateral (
                  select type from events where organization_id = w.organization_id and id = w.event_id
                    and id between :first and :last limit 1) e
                """)
            .param("organizations", texts(notices.stream().map(Notice::organizationId).toList()))
            .param("events", texts(ids))
            .param("first", Collections.min(ids))
            .param("last", Collections.max(ids))
            .query((row, number) -> new Happening<>(row.getObject("organization_id", UUID.class),
                    new StreamedAcknowledgement(row.getObject("event_id", UUID.class),
                            row.getObject("event_id", UUID.class), row.getString("type"), row.getString("type"),
                            row.getObject("acknowledged_at", OffsetDateTime.class).toInstant())))
            .list();
    }

    /**
     * Endpoints as they are now.
     */
    List<Happening<StreamedEndpoint>> endpoints(Collection<UUID> ids) {
        return this.jdbc.sql("""
                select p.organization_id, p.id, p.enabled, p.disabled_reason, p.deleted_at is not null as deleted,
                  p.updated_at, h.consecutive_failures, h.failing_since,
                  case when coalesce(h.circuit_openings, 0) = 0 then 'closed'
                    when h.circuit_open_until > now() then 'open' else 'half_open' end as circuit,
                  case when h.circuit_openings > 0 and h.circuit_open_until > now() then h.circuit_open_until end
                    as open_until,
                  case when h.held_until > now() then h.held_until end as held_until
                from endpoints p left join endpoint_health h on h.endpoint_id = p.id where p.id = any (:ids::uuid[])
                """)
            .param("ids", texts(ids))
            .query((row, number) -> new Happening<>(row.getObject("organization_id", UUID.class), endpoint(row)))
            .list();
    }

    private static StreamedEndpoint endpoint(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        return new StreamedEndpoint(id, id, row.getBoolean("enabled"), row.getString("disabled_reason"),
                row.getBoolean("deleted"),
                new StreamedEndpoint.Health(row.getString("circuit"), instant(row, "open_until"),
                        row.getInt("consecutive_failures"), instant(row, "failing_since"), instant(row, "held_until")),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    private static String[] texts(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return (time != null) ? time.toInstant() : null;
    }

    /**
     * What happened to an organization.
     *
     * @param organizationId the organization
     * @param data what is told of it
     */
    record Happening<T>(UUID organizationId, T data) {

    }

}
