package dev.triggers.webhook;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import dev.triggers.database.Notifications;
import dev.triggers.key.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Endpoints as they are stored. A deleted endpoint is not found by any method. Whoever
 * locks an endpoint and its health takes the endpoint first.
 */
@Repository
public class EndpointRepository {

    private final JdbcClient jdbc;

    private final EndpointSecrets secrets;

    private final Notifications notifications;

    private final ApplicationEventPublisher events;

    EndpointRepository(JdbcClient jdbc, EndpointSecrets secrets, Notifications notifications,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.secrets = secrets;
        this.notifications = notifications;
        this.events = events;
    }

    public @Nullable Endpoint find(UUID id) {
        return this.jdbc.sql("""
                select p.*, p.previous_secret_expires_at > now() overlapping
                from endpoints p where p.id = :id and p.deleted_at is null
                """).param("id", id).query(this::endpoint).optional().orElse(null);
    }

    @Nullable Endpoint find(UUID organizationId, UUID id) {
        return this.jdbc.sql("""
                select p.*, p.previous_secret_expires_at > now() overlapping
                from endpoints p where p.id = :id and p.organization_id = :organization and p.deleted_at is null
                """)
            .param("id", id)
            .param("organization", organizationId)
            .query(this::endpoint)
            .optional()
            .orElse(null);
    }

    /**
     * The same, locked for a change.
     */
    @Nullable Endpoint lock(UUID organizationId, UUID id) {
        return this.jdbc.sql("""
                select p.*, p.previous_secret_expires_at > now() overlapping
                from endpoints p where p.id = :id and p.organization_id = :organization and p.deleted_at is null
                for no key update
                """)
            .param("id", id)
            .param("organization", organizationId)
            .query(this::endpoint)
            .optional()
            .orElse(null);
    }

    @Nullable Endpoint findDefault(UUID organizationId) {
        return this.jdbc.sql("""
                select p.*, p.previous_secret_expires_at > now() overlapping
                from endpoints p where p.organization_id = :organization and p.is_default and p.deleted_at is null
                """).param("organization", organizationId).query(this::endpoint).optional().orElse(null);
    }

    @Nullable UUID findDefaultId(UUID organizationId) {
        return this.jdbc.sql("""
                select id from endpoints
                where organization_id = :organization and is_default and deleted_at is null
                """).param("organization", organizationId).query(UUID.class).optional().orElse(null);
    }

    /**
     * Endpoints in the order of their registration.
     * @param after the endpoint to begin behind
     */
    List<Endpoint> list(Caller caller, UUID after, int limit) {
        return visible("p.*, p.previous_secret_expires_at > now() overlapping", caller, after, limit)
            .query(this::endpoint)
            .list();
    }

    /**
     * The same by their identifiers alone, from the first on.
     */
    public List<UUID> ids(Caller caller, int limit) {
        return visible("p.id", caller, new UUID(0, 0), limit).query((row, number) -> row.getObject("id", UUID.class))
            .list();
    }

    private JdbcClient.StatementSpec visible(String columns, Caller caller, UUID after, int limit) {
        return this.jdbc.sql("""
                select %s from endpoints p
                where p.organization_id = :organization and p.id > :after and p.deleted_at is null
                    and (cast(:endpoints as uuid[]) is null or p.id = any (cast(:endpoints as uuid[])))
                    and (cast(:patterns as text[]) is null or (
                        not p.operations and p.event_types is not null and not exists (
                            select from unnest(p.event_types) given (types)
                            where not given.types like any (cast(:patterns as text[])))))
                order by p.id limit :limit
                """.formatted(columns))
            .param("organization", caller.organizationId())
            .param("endpoints", caller.endpoints().ids())
            .param("patterns", caller.types().patterns())
            .param("after", after)
            .param("limit", limit);
    }

    /**
     * The endpoints that take an organization's operational events, disabled ones
     * included: deliveries wait for them as for any other.
     */
    public List<UUID> operational(UUID organizationId) {
        return this.jdbc.sql("""
                select id from endpoints
                where organization_id = :organization and deleted_at is null and operations
                """)
            .param("organization", organizationId)
            .query((row, number) -> row.getObject("id", UUID.class))
            .list();
    }

    /**
     * The newest endpoints of the whole service, unread.
     */
    List<UUID> newest(int limit) {
        return this.jdbc.sql("select id from endpoints where deleted_at is null order by id desc limit :limit")
            .param("limit", limit)
            .query((row, number) -> row.getObject("id", UUID.class))
            .list();
    }

    /**
     * Disables an endpoint in the service's own name, and tells all instances.
     * @return false if it was not enabled
     */
    @Transactional
    public boolean disable(UUID id, String reason) {
        UUID organizationId = this.jdbc.sql("""
                update endpoints set enabled = false, disabled_reason = :reason, updated_at = now()
                where id = :id and enabled and deleted_at is null returning organization_id
                """).param("id", id).param("reason", reason).query(UUID.class).optional().orElse(null);
        if (organizationId != null) {
            announce(id);
            this.events.publishEvent(new EndpointDisabled(organizationId, id, reason));
        }
        return organizationId != null;
    }

    /**
     * Tells all instances, once the transaction commits, that an endpoint has changed and
     * that its deliveries may have become due.
     */
    void announce(UUID id) {
        this.notifications.send("endpoint", id.toString());
        this.notifications.send("work", id.toString());
        this.events.publishEvent(new EndpointChanged(id));
    }

    private Endpoint endpoint(ResultSet row, int number) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        boolean overlapping = row.getBoolean("overlapping");
        List<SigningSecret> live = this.secrets.open(id, row.getBytes("secret"),
                overlapping ? row.getBytes("previous_secret") : null);
        return new Endpoint(id, row.getObject("organization_id", UUID.class), row.getBoolean("is_default"),
                CallbackUrl.stored(row.getString("url")), row.getString("description"),
                array(row.getArray("event_types"), String.class).toList(),
                this.secrets.openHeaders(id, row.getBytes("headers")), row.getBoolean("enabled"),
                row.getBoolean("resting"), row.getString("disabled_reason"), row.getBoolean("operations"),
                row.getBoolean("ordered"), row.getObject("rate_limit_per_second", Integer.class),
                schedule(row.getArray("retry_schedule")), SignatureScheme.of(row.getString("signature")), live,
                overlapping ? instant(row, "previous_secret_expires_at") : null,
                row.getInt("revision") - (overlapping ? 1 : 0), instant(row, "created_at"), instant(row, "updated_at"));
    }

    private static @Nullable List<Duration> schedule(@Nullable Array stored) throws SQLException {
        return (stored != null) ? array(stored, Long.class).map(Duration::ofMillis).toList() : null;
    }

    private static <T> Stream<T> array(@Nullable Array stored, Class<T> type) throws SQLException {
        return (stored != null) ? Stream.of((Object[]) stored.getArray()).map(type::cast) : Stream.of();
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

}
