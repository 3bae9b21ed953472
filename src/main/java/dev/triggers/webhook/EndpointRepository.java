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
    List<Endpoint> list(UUID organizationId, UUID after, int limit) {
        return this.jdbc.sql("""
                select p.*, p.previous_secret_expires_at > now() overlapping
                from endpoints p
                where p.organization_id = :organization and p.id > :after and p.deleted_at is null
                order by p.id limit :limit
                """)
            .param("organization", organizationId)
            .param("after", after)
            .param("limit", limit)
            .query(this::endpoint)
            .list();
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
     * How many endpoints an organization has beside its default one.
     */
    int countFurther(UUID organizationId) {
        return this.jdbc.sql("""
                select count(*) from endpoints
                where organization_id = :organization and deleted_at is null and not is_default
                """).param("organization", organizationId).query(Integer.class).single();
    }

    /**
     * Lets registrations in one organization go one after the other, until the
     * transaction ends.
     */
    void lockOrganization(UUID organizationId) {
        this.jdbc.sql("select id from organizations where id = :organization for no key update")
            .param("organization", organizationId)
            .query(UUID.class)
            .optional();
    }

    void insert(UUID id, UUID organizationId, boolean isDefault, EndpointSettings settings, SigningSecret secret) {
        bind(this.jdbc.sql("""
                with health as (insert into endpoint_health (endpoint_id) values (:id))
                insert into endpoints (id, organization_id, is_default, url, description, event_types, event_patterns,
                    headers, enabled, operations, ordered, rate_limit_per_second, retry_schedule, signature, secret,
                    created_at, updated_at, settling)
                values (:id, :organization, :default, :url, :description, cast(:types as text[]),
                    cast(:patterns as text[]), cast(:headers as bytea), :enabled, :operations, :ordered,
                    cast(:rate as int), cast(:schedule as bigint[]), :signature, :secret, now(), now(), :default)
                """), id, settings).param("organization", organizationId)
            .param("default", isDefault)
            .param("signature", secret.scheme().toString())
            .param("secret", this.secrets.seal(id, secret))
            .update();
    }

    /**
     * Stores changed settings. Whoever changes {@code enabled} decides over it, so the
     * service's own reason for disabling goes.
     */
    void update(UUID id, EndpointSettings settings) {
        bind(this.jdbc.sql("""
                update endpoints set url = :url, description = :description, event_types = cast(:types as text[]),
                    event_patterns = cast(:patterns as text[]), headers = cast(:headers as bytea),
                    disabled_reason = case when enabled = :enabled then disabled_reason end, enabled = :enabled,
                    operations = :operations, ordered = :ordered, rate_limit_per_second = cast(:rate as int),
                    retry_schedule = cast(:schedule as bigint[]), updated_at = now()
                where id = :id
                """), id, settings).update();
    }

    /**
     * Marks that deliveries have yet to follow a change of the endpoint.
     */
    void settle(UUID id) {
        this.jdbc.sql("update endpoints set settling = true, updated_at = now() where id = :id")
            .param("id", id)
            .update();
    }

    /**
     * Makes a secret the one that signs.
     * @param overlap how long the one before it signs too
     */
    void replaceSecret(UUID id, SigningSecret secret, Duration overlap) {
        this.jdbc
            .sql("""
                    update endpoints set
                        previous_secret = case when :overlap > 0 then secret end,
                        previous_secret_expires_at = case when :overlap > 0 then now() + make_interval(secs => :overlap) end,
                        secret = :secret, signature = :signature, updated_at = now()
                    where id = :id
                    """)
            .param("id", id)
            .param("secret", this.secrets.seal(id, secret))
            .param("signature", secret.scheme().toString())
            .param("overlap", overlap.toSeconds())
            .update();
    }

    /**
     * Deletes an endpoint; of its secrets nothing is left.
     * @return false if there was none
     */
    boolean delete(UUID organizationId, UUID id) {
        return this.jdbc.sql("""
                update endpoints set deleted_at = now(), updated_at = now(), settling = true,
                    secret = '', previous_secret = null, headers = null
                where id = :id and organization_id = :organization and deleted_at is null
                """).param("id", id).param("organization", organizationId).update() > 0;
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
        boolean disabled = this.jdbc.sql("""
                update endpoints set enabled = false, disabled_reason = :reason, updated_at = now()
                where id = :id and enabled and deleted_at is null
                """).param("id", id).param("reason", reason).update() > 0;
        if (disabled) {
            announce(id);
        }
        return disabled;
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

    private JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, UUID id, EndpointSettings settings) {
        List<String> types = settings.eventTypes();
        List<Duration> schedule = settings.retrySchedule();
        return statement.param("id", id)
            .param("url", settings.url().toString())
            .param("description", settings.description())
            .param("types", types.isEmpty() ? null : types.toArray(String[]::new))
            .param("patterns", types.isEmpty() ? null : types.stream().map(EventTypes::pattern).toArray(String[]::new))
            .param("headers", this.secrets.sealHeaders(id, settings.headers()))
            .param("enabled", settings.enabled())
            .param("operations", settings.operations())
            .param("ordered", settings.ordered())
            .param("rate", settings.rateLimitPerSecond())
            .param("schedule",
                    (schedule != null) ? schedule.stream().map(Duration::toMillis).toArray(Long[]::new) : null);
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
                row.getString("disabled_reason"), row.getBoolean("operations"), row.getBoolean("ordered"),
                row.getObject("rate_limit_per_second", Integer.class), schedule(row.getArray("retry_schedule")),
                SignatureScheme.of(row.getString("signature")), live,
                overlapping ? instant(row, "previous_secret_expires_at") : null, instant(row, "created_at"),
                instant(row, "updated_at"));
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
