package dev.triggers.delivery;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import dev.triggers.database.BinaryArray;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/**
 * What a claimed delivery needs until it is attempted.
 */
@Repository
class DeliveryRepository {

    private final JdbcTemplate jdbc;

    DeliveryRepository(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Gives claimed deliveries back, unsent: they are due after the given delay.
     */
    void release(List<Delivery> deliveries, Duration delay) {
        this.jdbc.execute((Connection connection) -> {
            try (PreparedStatement statement = connection.prepareStatement("""
                    update event_deliveries d set due_at = now() + ? * interval '1 millisecond', leased = null
                    from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::text[]::timestamptz[])
                      r (organization_id, event_id, endpoint_id, lease)
                    where d.organization_id = r.organization_id and d.event_id = r.event_id
                      and d.endpoint_id = r.endpoint_id and d.due_at = r.lease
                    """)) {
                statement.setLong(1, delay.toMillis());
                statement.setArray(2, BinaryArray.uuids(connection, deliveries, Delivery::organizationId));
                statement.setArray(3, BinaryArray.uuids(connection, deliveries, Delivery::eventId));
                statement.setArray(4, BinaryArray.uuids(connection, deliveries, Delivery::endpointId));
                statement.setArray(5,
                        BinaryArray.texts(connection, deliveries, (delivery) -> delivery.lease().toString()));
                return statement.executeUpdate();
            }
        });
    }

    /**
     * The payload of a claimed delivery that came without it.
     * @return null if retention has dropped the event
     */
    @Nullable String payload(Delivery delivery) {
        return this.jdbc.query("select payload from events where organization_id = ? and id = ?",
                (rows) -> rows.next() ? rows.getString(1) : null, delivery.organizationId(), delivery.eventId());
    }

    /**
     * Deliveries that are not yet done, as the server's statistics estimate them.
     */
    long estimateOpen() {
        Long rows = this.jdbc
            .queryForObject("select coalesce(pg_stat_get_live_tuples('event_deliveries'::regclass), 0)", Long.class);
        return (rows != null) ? rows : 0;
    }

}
