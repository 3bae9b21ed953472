package dev.triggers.attempt;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.triggers.inbox.EventState;
import dev.triggers.inbox.ItemRepository;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * All that is known of one event.
 */
@Repository
class EventDetailRepository {

    /** Redelivered again and again, an event may have any number of attempts. */
    static final int MOST_ATTEMPTS = 200;

    private final JdbcClient jdbc;

    private final ItemRepository items;

    private final MomentRepository moments;

    EventDetailRepository(JdbcClient jdbc, ItemRepository items, MomentRepository moments) {
        this.jdbc = jdbc;
        this.items = items;
        this.moments = moments;
    }

    /**
     * One snapshot for all statements: a delivery that ends meanwhile would be missing in
     * each of its two places, or be in both.
     * @return null if the organization has no such event
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public @Nullable Found find(UUID organizationId, UUID eventId) {
        EventState state = this.items.state(organizationId, eventId);
        if (state == null) {
            return null;
        }
        Map<UUID, DeliveryRow> rows = rows(organizationId, eventId);
        Map<UUID, List<AttemptLog>> records = records(organizationId, eventId);
        SequencedSet<UUID> endpointIds = new LinkedHashSet<>(records.keySet());
        endpointIds.addAll(rows.keySet());
        List<UUID> ids = List.copyOf(endpointIds);
        Map<UUID, String> urls = urls(ids);
        return new Found(state,
                ids.stream()
                    .map((id) -> DeliveryDetail.of(eventId, id, urls.get(id), rows.get(id),
                            records.getOrDefault(id, List.of())))
                    .toList(),
                Timeline.of(state, ids, rows, records, this.moments.find(organizationId, eventId, ids)));
    }

    /** By endpoint. */
    private Map<UUID, DeliveryRow> rows(UUID organizationId, UUID eventId) {
        return this.jdbc.sql("""
                (select endpoint_id, false as dead, attempts, nullif(due_at, 'infinity') as due_at
                 from event_deliveries where organization_id = :organization and event_id = :event
                 and endpoint_id > '00000000-0000-0000-0000-000000000000' order by endpoint_id)
                union all
                (select endpoint_id, true, attempts, null
                 from dead_letters where organization_id = :organization and event_id = :event order by endpoint_id)
                """)
            .param("organization", organizationId)
            .param("event", eventId)
            .query((row, number) -> new DeliveryRow(row.getObject("endpoint_id", UUID.class), row.getBoolean("dead"),
                    row.getInt("attempts"), instant(row.getObject("due_at", OffsetDateTime.class))))
            .stream()
            .collect(Collectors.toMap(DeliveryRow::endpointId, Function.identity(), (open, dead) -> open));
    }

    /** By endpoint, markers included; the latest when there are too many. */
    private Map<UUID, List<AttemptLog>> records(UUID organizationId, UUID eventId) {
        return this.jdbc.sql("""
                select * from (
                    select endpoint_id, outcome, number, started_at, duration_ms, response_status, error_code, error,
                        response_body
                    from delivery_attempts where organization_id = :organization and event_id = :event
                    order by started_at desc, number desc limit :most) latest
                order by endpoint_id, number
                """)
            .param("organization", organizationId)
            .param("event", eventId)
            .param("most", MOST_ATTEMPTS)
            .query((row, number) -> log(row))
            .stream()
            .collect(Collectors.groupingBy(AttemptLog::endpointId, LinkedHashMap::new, Collectors.toList()));
    }

    private static AttemptLog log(ResultSet row) throws SQLException {
        byte[] body = row.getBytes("response_body");
        return new AttemptLog(row.getObject("endpoint_id", UUID.class), row.getString("outcome").charAt(0),
                row.getInt("number"), row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getInt("duration_ms"), row.getObject("response_status", Integer.class), row.getString("error_code"),
                row.getString("error"), (body != null) ? new String(body, StandardCharsets.UTF_8) : null);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return (time != null) ? time.toInstant() : null;
    }

    /** Deleted endpoints keep their row. */
    private Map<UUID, String> urls(List<UUID> endpointIds) {
        Map<UUID, String> urls = new HashMap<>();
        if (!endpointIds.isEmpty()) {
            this.jdbc.sql("""
                    select endpoint.id, endpoint.url from unnest(:ids::uuid[]) wanted (id)
                    cross join lateral (select id, url from endpoints where id = wanted.id limit 1) endpoint
                    """).param("ids", endpointIds.stream().map(UUID::toString).toArray(String[]::new)).query((row) -> {
                urls.put(row.getObject("id", UUID.class), row.getString("url"));
            });
        }
        return urls;
    }

    /**
     * An event and its deliveries, without its texts.
     *
     * @param state the event
     * @param deliveries its deliveries
     * @param timeline what happened to it
     */
    record Found(EventState state, List<DeliveryDetail> deliveries, List<TimelineEntry> timeline) {
    }

}
