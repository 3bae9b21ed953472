package dev.triggers.support;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

import com.zaxxer.hikari.HikariDataSource;
import dev.triggers.time.UuidV7;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes rows that the service would write, for tests of what reads them.
 */
public final class Rows {

    /** The endpoint of deliveries that wait for a first webhook. */
    public static final UUID NO_ENDPOINT = new UUID(0, 0);

    private static final UuidV7 ids = new UuidV7(Clock.systemUTC());

    private final JdbcClient jdbc;

    public Rows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A client of a database of its own, with the tables and without the service.
     */
    // Lives as long as the test run
    @SuppressWarnings("resource")
    public static JdbcClient newDatabase() {
        URI url = URI.create(PostgresServer.newDatabase());
        String[] user = url.getUserInfo().split(":", 2);
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl("jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath());
        dataSource.setUsername(user[0]);
        dataSource.setPassword(user[1]);
        dataSource.setMaximumPoolSize(2);
        Flyway.configure().dataSource(dataSource).load().migrate();
        return JdbcClient.create(dataSource);
    }

    public static UUID newId() {
        return ids.next();
    }

    public UUID organization() {
        UUID id = newId();
        this.jdbc.sql("""
                insert into organizations (id, name, tier, created_at, updated_at)
                values (:id, 'Rows', 'free', now(), now())
                """).param("id", id).update();
        return id;
    }

    public UUID endpoint(UUID organizationId, String url) {
        UUID id = newId();
        this.jdbc.sql("""
                insert into endpoints (id, organization_id, url, secret, created_at, updated_at, settling)
                values (:id, :organization, :url, '', now(), now(), false)
                """).param("id", id).param("organization", organizationId).param("url", url).update();
        return id;
    }

    public UUID event(UUID organizationId, String type, String payload) {
        return event(organizationId, newId(), type, null, payload);
    }

    public UUID event(UUID organizationId, UUID id, String type, @Nullable String dedupId, String payload) {
        this.jdbc.sql("""
                insert into events (organization_id, id, last_id, type, dedup_id, payload)
                values (:organization, :id, :id, :type, :dedup, :payload)
                """)
            .param("organization", organizationId)
            .param("id", id)
            .param("type", type)
            .param("dedup", dedupId)
            .param("payload", payload)
            .update();
        return id;
    }

    /** An event that waits for a webhook. */
    public UUID waiting(UUID organizationId, String type) {
        UUID id = event(organizationId, type, "{}");
        parked(organizationId, id, NO_ENDPOINT);
        return id;
    }

    public void parked(UUID organizationId, UUID eventId, UUID endpointId) {
        this.jdbc.sql("""
                insert into event_deliveries (organization_id, event_id, endpoint_id, due_at, remaining)
                values (:organization, :event, :endpoint, 'infinity', 5)
                """)
            .param("organization", organizationId)
            .param("event", eventId)
            .param("endpoint", endpointId)
            .update();
    }

    public void delivery(UUID organizationId, UUID eventId, UUID endpointId, Instant dueAt, int attempts) {
        this.jdbc.sql("""
                insert into event_deliveries (organization_id, event_id, endpoint_id, due_at, attempts, remaining)
                values (:organization, :event, :endpoint, :due, :attempts, 5)
                """)
            .param("organization", organizationId)
            .param("event", eventId)
            .param("endpoint", endpointId)
            .param("due", at(dueAt))
            .param("attempts", attempts)
            .update();
    }

    public void deadLetter(UUID organizationId, UUID eventId, UUID endpointId, int attempts) {
        this.jdbc.sql("""
                insert into dead_letters (organization_id, event_id, endpoint_id, attempts, failed_at)
                values (:organization, :event, :endpoint, :attempts, now())
                """)
            .param("organization", organizationId)
            .param("event", eventId)
            .param("endpoint", endpointId)
            .param("attempts", attempts)
            .update();
    }

    /**
     * An attempt's record; which response goes with which outcome is made up.
     */
    public void attempt(UUID organizationId, UUID eventId, UUID endpointId, int number, char outcome,
            Instant startedAt) {
        boolean delivered = (outcome == 'd');
        this.jdbc.sql("""
                insert into delivery_attempts (organization_id, event_id, endpoint_id, number, started_at, duration_ms,
                    outcome, response_status, error_code, error, response_body)
                values (:organization, :event, :endpoint, :number, :started, 7, :outcome::text::"char", :status, :code,
                    :error, :body)
                """)
            .param("organization", organizationId)
            .param("event", eventId)
            .param("endpoint", endpointId)
            .param("number", number)
            .param("started", at(startedAt))
            .param("outcome", String.valueOf(outcome))
            .param("status", delivered ? 200 : 500)
            .param("code", delivered ? null : "http_status")
            .param("error", delivered ? null : "HTTP 500")
            .param("body", (delivered ? "ok" : "no").getBytes(StandardCharsets.UTF_8))
            .update();
    }

    public void acknowledged(UUID organizationId, UUID eventId, Instant at) {
        this.jdbc.sql("""
                insert into event_acks (organization_id, event_id, acknowledged_at) values (:organization, :event, :at)
                """).param("organization", organizationId).param("event", eventId).param("at", at(at)).update();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** Rows that this transaction read so far, of all tables. */
    public long touched() {
        return this.jdbc
            .sql("select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)) from pg_stat_xact_user_tables")
            .query(Long.class)
            .single();
    }

}
