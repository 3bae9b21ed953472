package dev.triggers.key;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.triggers.audit.AuditTrail;
import dev.triggers.database.FenceRepository;
import dev.triggers.database.Notifications;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Organizations and the hashes of their keys, as far as keys are made, found and
 * replaced.
 */
@Repository
class KeyRepository {

    private final JdbcClient jdbc;

    private final Notifications notifications;

    private final AuditTrail audit;

    private final FenceRepository fences;

    KeyRepository(JdbcClient jdbc, Notifications notifications, AuditTrail audit, FenceRepository fences) {
        this.fences = fences;
        this.audit = audit;
        this.jdbc = jdbc;
        this.notifications = notifications;
    }

    /**
     * Stores an organization with its first key.
     */
    @Transactional
    void insert(UUID organizationId, String name, String tier, NewKey key) {
        this.jdbc
            .sql("""
                    with organization as (
                        insert into organizations (id, name, tier, created_at, updated_at)
                        values (:organizationId, :organizationName, :tier, :createdAt, :createdAt))
                    insert into api_keys (key_id, id, organization_id, name, environment, salt, hash, memory_kib, iterations,
                        parallelism, pepper, fingerprint, created_at)
                    values (:keyId, :id, :organizationId, :name, :environment, :salt, :hash, :memoryKib, :iterations,
                        :parallelism, :pepper, :fingerprint, :createdAt)
                    """)
            .param("organizationId", organizationId)
            .param("organizationName", name)
            .param("tier", tier)
            .param("name", "First key")
            .params(parameters(key))
            .update();
        this.audit.note(organizationId, "organization.created", organizationId, null,
                Map.of("name", name, "tier", tier));
    }

    /**
     * Finds keys that are live by their public ids.
     */
    Map<String, StoredKey> find(List<String> keyIds) {
        return this.jdbc
            .sql("""
                    select k.*, o.name as organization_name, o.tier, o.suspended_at is not null as suspended,
                        case when k.expires_at < 'infinity' then extract(epoch from k.expires_at - now()) end as seconds_left
                    from api_keys k join organizations o on o.id = k.organization_id and o.elsewhere is null
                    where k.key_id = any (:keyIds) and k.expires_at > now()
                    """)
            .param("keyIds", keyIds.toArray(String[]::new))
            .query(KeyRepository::storedKey)
            .list()
            .stream()
            .collect(Collectors.toMap((key) -> key.caller().keyId(), Function.identity()));
    }

    /**
     * Finds keys that were made or used in the last hours, were verified, and do not
     * expire.
     * @param most how many, the latest first
     */
    List<StoredKey> recent(int most) {
        return this.jdbc.sql("""
                select k.*, o.name as organization_name, o.tier, o.suspended_at is not null as suspended,
                    null::double precision as seconds_left
                from api_keys k join organizations o on o.id = k.organization_id and o.elsewhere is null
                where coalesce(k.last_used_at, k.created_at) > now() - interval '2 hours'
                    and k.expires_at = 'infinity' and k.fingerprint is not null
                order by coalesce(k.last_used_at, k.created_at) desc limit :most
                """).param("most", most).query(KeyRepository::storedKey).list();
    }

    private static StoredKey storedKey(ResultSet row, int number) throws SQLException {
        Caller caller = new Caller(row.getObject("organization_id", UUID.class), row.getString("organization_name"),
                row.getString("tier"), row.getString("key_id"), access(row), row.getBoolean("suspended"));
        KeyHash hash = new KeyHash(row.getBytes("salt"), row.getBytes("hash"), row.getInt("memory_kib"),
                row.getInt("iterations"), row.getInt("parallelism"), row.getString("pepper"));
        return new StoredKey(caller, hash, row.getBytes("fingerprint"), remaining(row));
    }

    /** What a key or a session gives, from its row. */
    static Access access(ResultSet row) throws SQLException {
        String[] types = array(row, "types", String[].class);
        return new Access(scopes(row, "scopes"), EventTypes.of((types != null) ? List.of(types) : null),
                OwnEndpoints.stored(array(row, "endpoint_ids", UUID[].class)));
    }

    static Scopes scopes(ResultSet row, String column) throws SQLException {
        return Scopes.stored(array(row, column, String[].class));
    }

    private static <T> @Nullable T array(ResultSet row, String column, Class<T> type) throws SQLException {
        Array stored = row.getArray(column);
        return (stored != null) ? type.cast(stored.getArray()) : null;
    }

    static @Nullable Duration remaining(ResultSet row) throws SQLException {
        double secondsLeft = row.getDouble("seconds_left");
        return row.wasNull() ? null : Duration.ofMillis((long) (secondsLeft * 1000));
    }

    /** What a key or a session gives, for its row. */
    static Map<String, @Nullable Object> parameters(Access access) {
        List<String> types = access.types().filters();
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("scopes", access.scopes().stored());
        parameters.put("types", (types != null) ? types.toArray(String[]::new) : null);
        parameters.put("endpointIds", access.endpoints().ids());
        return parameters;
    }

    /**
     * Remembers what a verified key is known by.
     */
    void recognize(String keyId, byte[] fingerprint, String pepper) {
        this.jdbc.sql("""
                update api_keys set fingerprint = :fingerprint, pepper = :pepper
                where key_id = :keyId and (fingerprint is null or pepper is null)
                """).param("keyId", keyId).param("fingerprint", fingerprint).param("pepper", pepper).update();
    }

    /**
     * Replaces what is stored of a key, unless somebody has meanwhile.
     */
    void renew(String keyId, KeyHash before, KeyHash after, byte[] fingerprint) {
        this.jdbc.sql("""
                update api_keys set salt = :salt, hash = :hash, memory_kib = :memoryKib, iterations = :iterations,
                    parallelism = :parallelism, pepper = :pepper, fingerprint = :fingerprint
                where key_id = :keyId and hash = :before
                """)
            .param("keyId", keyId)
            .param("before", before.hash())
            .param("fingerprint", fingerprint)
            .params(parameters(after))
            .update();
    }

    /**
     * Live keys that have another pepper than that, or do not say which.
     */
    long withoutPepper(String name) {
        return this.jdbc.sql("select count(*) from api_keys where pepper is distinct from :name and expires_at > now()")
            .param("name", name)
            .query(Long.class)
            .single();
    }

    /**
     * Notes that keys were used in this hour; of instances that note the same one, one
     * does.
     */
    void used(List<String> keyIds) {
        this.jdbc.sql("""
                with used as materialized (
                    select key_id from api_keys
                    where key_id = any (:keyIds)
                        and (last_used_at is null or last_used_at < date_trunc('hour', now(), 'UTC'))
                    for no key update skip locked)
                update api_keys k set last_used_at = date_trunc('hour', now(), 'UTC')
                from used where k.key_id = used.key_id
                """).param("keyIds", keyIds.toArray(String[]::new)).update();
    }

    /**
     * Replaces a key by one that has its name, its access and its expiry, lets it end
     * after the grace period, and tells every instance. The sessions that it made go on.
     * @return false, and nothing has changed, if the key is not live any more or has been
     * replaced: of two rotations at once, one finds that it has
     */
    @Transactional
    boolean rotate(UUID organizationId, String keyId, Duration gracePeriod, NewKey key) {
        // As every change of an organization's keys begins
        this.jdbc.sql("update organizations set updated_at = :now where id = :organizationId")
            .param("now", key.createdAt().atOffset(ZoneOffset.UTC))
            .param("organizationId", organizationId)
            .update();
        this.fences.pass(organizationId);
        int replaced = this.jdbc
            .sql("""
                    with current as materialized (
                        select * from api_keys
                        where key_id = :current and rotated_at is null and expires_at > now() for update),
                    old as (
                        update api_keys k
                        set rotated_at = now(), expires_at = least(k.expires_at, now() + make_interval(secs => :graceSeconds))
                        from current c where k.key_id = c.key_id),
                    sessions as (
                        update portal_sessions s set key_id = :keyId from current c where s.key_id = c.key_id),
                    ended as (
                        delete from api_keys k using current c
                        where k.organization_id = c.organization_id and k.expires_at < now())
                    insert into api_keys (key_id, id, organization_id, name, environment, scopes, types, endpoint_ids, salt,
                        hash, memory_kib, iterations, parallelism, pepper, fingerprint, created_at, expires_at)
                    select :keyId, :id, organization_id, name, :environment, scopes, types, endpoint_ids, :salt,
                        :hash, :memoryKib, :iterations, :parallelism, :pepper, :fingerprint, :createdAt, expires_at
                    from current
                    """)
            .param("current", keyId)
            .param("graceSeconds", gracePeriod.toSeconds())
            .params(parameters(key))
            .update();
        if (replaced > 0) {
            announce(keyId);
            this.audit.note(organizationId, "key.rotated", key.id(), Map.of("key_id", keyId),
                    Map.of("key_id", key.key().publicId(), "grace_period_seconds", gracePeriod.toSeconds()));
        }
        return replaced > 0;
    }

    /**
     * Stores a further key of an organization.
     */
    void insert(UUID organizationId, String name, Access access, @Nullable Instant expiresAt, NewKey key) {
        this.jdbc
            .sql("""
                    insert into api_keys (key_id, id, organization_id, name, environment, scopes, types, endpoint_ids, salt,
                        hash, memory_kib, iterations, parallelism, pepper, fingerprint, created_at, expires_at)
                    values (:keyId, :id, :organizationId, :name, :environment, cast(:scopes as text[]),
                        cast(:types as text[]), cast(:endpointIds as uuid[]), :salt, :hash, :memoryKib, :iterations,
                        :parallelism, :pepper, :fingerprint, :createdAt, coalesce(cast(:expiresAt as timestamptz), 'infinity'))
                    """)
            .param("organizationId", organizationId)
            .param("name", name)
            .params(parameters(access))
            .param("expiresAt", (expiresAt != null) ? expiresAt.atOffset(ZoneOffset.UTC) : null)
            .params(parameters(key))
            .update();
    }

    /** Tells every instance that what it believes of a key is not true any more. */
    void announce(String keyId) {
        this.notifications.send("key", keyId);
    }

    private static Map<String, @Nullable Object> parameters(NewKey key) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("keyId", key.key().publicId());
        parameters.put("id", key.id());
        parameters.put("environment", key.environment().text());
        parameters.putAll(parameters(key.hash()));
        parameters.put("fingerprint", key.fingerprint());
        parameters.put("createdAt", key.createdAt().atOffset(ZoneOffset.UTC));
        return parameters;
    }

    private static Map<String, @Nullable Object> parameters(KeyHash hash) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("salt", hash.salt());
        parameters.put("hash", hash.hash());
        parameters.put("memoryKib", hash.memoryKib());
        parameters.put("iterations", hash.iterations());
        parameters.put("parallelism", hash.parallelism());
        parameters.put("pepper", hash.pepper());
        return parameters;
    }

    OrganizationDetails details(UUID organizationId) {
        return this.jdbc.sql("""
                select o.created_at, greatest(o.updated_at, p.updated_at) as updated_at, p.url
                from organizations o
                left join endpoints p on p.organization_id = o.id and p.is_default and p.deleted_at is null
                where o.id = :organizationId
                """)
            .param("organizationId", organizationId)
            .query((row, number) -> new OrganizationDetails(instant(row, "created_at"), instant(row, "updated_at"),
                    row.getString("url")))
            .single();
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

}
