package dev.triggers.attempt;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

import dev.triggers.sending.AttemptDetail;
import dev.triggers.trace.TraceContext;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Single attempts, with all that is stored of them.
 */
@Repository
class AttemptRecordRepository {

    private final JdbcClient jdbc;

    AttemptRecordRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The attempt; null if the organization has none like it.
     */
    @Nullable AttemptRecord find(UUID organizationId, UUID eventId, UUID endpointId, int number) {
        return this.jdbc
            .sql("""
                    select a.*, s.user_agent, s.body_aliases, e.type, e.bytes, e.deliver_at, before.number as before_number,
                      before.ended_at as before_ended_at, before.detail as before_detail, after.number as after_number,
                      open.due_at
                    from delivery_attempts a
                    cross join lateral (
                      select type, octet_length(payload) as bytes, deliver_at from events
                      where organization_id = :organization and id = :event limit 1) e
                    left join senders s on s.id = a.sender
                    left join lateral (
                      select number, started_at + duration_ms * interval '1 millisecond' as ended_at, detail
                      from delivery_attempts where organization_id = :organization and event_id = :event
                        and endpoint_id = :endpoint and number < :number and outcome in ('d', 'r', 'f')
                      order by number desc limit 1) before on true
                    left join lateral (
                      select number from delivery_attempts where organization_id = :organization and event_id = :event
                        and endpoint_id = :endpoint and number > :number and outcome in ('d', 'r', 'f')
                      order by number limit 1) after on true
                    left join lateral (
                      select nullif(due_at, 'infinity') as due_at from event_deliveries where organization_id = :organization
                        and event_id = :event and endpoint_id = :endpoint and attempts = :number and leased is null) open on true
                    where a.organization_id = :organization and a.event_id = :event and a.endpoint_id = :endpoint
                      and a.number = :number and a.outcome in ('d', 'r', 'f')
                    """)
            .param("organization", organizationId)
            .param("event", eventId)
            .param("endpoint", endpointId)
            .param("number", number)
            .query((row, ignored) -> attempt(row))
            .optional()
            .orElse(null);
    }

    private static AttemptRecord attempt(ResultSet row) throws SQLException {
        byte[] body = row.getBytes("response_body");
        Integer before = row.getObject("before_number", Integer.class);
        Instant ended = instant(row, "before_ended_at");
        return new AttemptRecord(row.getObject("event_id", UUID.class), row.getObject("endpoint_id", UUID.class),
                row.getInt("number"), row.getObject("revision", Integer.class), row.getString("user_agent"),
                row.getBoolean("body_aliases"), row.getString("type"), row.getInt("bytes"), instant(row, "deliver_at"),
                row.getString("outcome"), row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getInt("duration_ms"), row.getObject("response_status", Integer.class), row.getString("error_code"),
                row.getString("error"), (body != null) ? new String(body, StandardCharsets.UTF_8) : null,
                AttemptDetail.of(row.getBytes("detail")), TraceContext.of(row.getBytes("trace")),
                (before != null && ended != null)
                        ? new AttemptRecord.Previous(before, ended, AttemptDetail.of(row.getBytes("before_detail")))
                        : null,
                row.getObject("after_number", Integer.class), instant(row, "due_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return (time != null) ? time.toInstant() : null;
    }

}
