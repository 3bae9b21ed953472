package dev.triggers.webhook;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.triggers.database.FenceRepository;
import dev.triggers.key.EventTypes;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Stores what organizations change of their endpoints.
 */
@Repository
class EndpointSettingsRepository {

    private static final int LOOKED_AT = 10_000;

    private final JdbcClient jdbc;

    private final EndpointSecrets secrets;

    private final FenceRepository fences;

    EndpointSettingsRepository(JdbcClient jdbc, EndpointSecrets secrets, FenceRepository fences) {
        this.fences = fences;
        this.jdbc = jdbc;
        this.secrets = secrets;
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
        this.fences.pass(organizationId);
    }

    void insert(UUID id, UUID organizationId, boolean isDefault, EndpointSettings settings, SigningSecret secret) {
        bind(this.jdbc.sql("""
                with health as (insert into endpoint_health (endpoint_id) values (:id))
                insert into endpoints (id, organization_id, is_default, url, description, event_types, event_patterns,
                    headers, enabled, operations, ordered, rate_limit_per_second, retry_schedule, signature, secret,
                    created_at, updated_at, settling, resting)
                values (:id, :organization, :default, :url, :description, cast(:types as text[]),
                    cast(:patterns as text[]), cast(:headers as bytea), :enabled, :operations, :ordered,
                    cast(:rate as int), cast(:schedule as bigint[]), :signature, :secret, now(), now(), :default,
                    (select suspended_at is not null from organizations where id = :organization))
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
     * Whether all that waits for an endpoint is of the types. If so much waits that it
     * would take long to tell, it counts as if not.
     * @param patterns the types, for SQL's LIKE
     */
    boolean waitsForNoneBut(UUID id, String[] patterns) {
        return this.jdbc.sql("""
                select count(*) < :most and coalesce(bool_and(e.type like any (:patterns)), true) from (
                    (select organization_id, event_id from event_deliveries
                        where endpoint_id = :id and due_at < 'infinity' limit :most)
                    union all
                    (select organization_id, event_id from event_deliveries
                        where endpoint_id = :id and due_at = 'infinity' limit :most)
                    limit :most) d
                join events e on e.organization_id = d.organization_id and e.id = d.event_id
                """).param("id", id).param("patterns", patterns).param("most", LOOKED_AT).query(Boolean.class).single();
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

}
