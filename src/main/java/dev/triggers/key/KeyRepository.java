package dev.triggers.key;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.triggers.database.Notifications;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Organizations and the hashes of their keys.
 */
@Repository
class KeyRepository {

    private final JdbcClient jdbc;

    private final Notifications notifications;

    KeyRepository(JdbcClient jdbc, Notifications notifications) {
        this.jdbc = jdbc;
        this.notifications = notifications;
    }

    /**
     * Stores an organization with its first key.
     */
    void insert(UUID organizationId, String name, String tier, Instant createdAt, String keyId, KeyHash hash) {
        this.jdbc
            .sql("""
                    with organization as (
                        insert into organizations (id, name, tier, created_at, updated_at)
                        values (:organizationId, :name, :tier, :createdAt, :createdAt))
                    insert into api_keys (key_id, organization_id, salt, hash, memory_kib, iterations, parallelism, created_at)
                    values (:keyId, :organizationId, :salt, :hash, :memoryKib, :iterations, :parallelism, :createdAt)
                    """)
            .param("organizationId", organizationId)
            .param("name", name)
            .param("tier", tier)
            .param("createdAt", createdAt.atOffset(ZoneOffset.UTC))
            .param("keyId", keyId)
            .params(parameters(hash))
            .update();
    }

    /**
     * Finds a key that is live by its public id.
     */
    Optional<StoredKey> find(String keyId) {
        return this.jdbc
            .sql("""
                    select k.*, o.name, o.tier,
                        case when k.expires_at < 'infinity' then extract(epoch from k.expires_at - now()) end as seconds_left
                    from api_keys k join organizations o on o.id = k.organization_id
                    where k.key_id = :keyId and k.expires_at > now()
                    """)
            .param("keyId", keyId)
            .query(KeyRepository::storedKey)
            .optional();
    }

    private static StoredKey storedKey(ResultSet row, int number) throws SQLException {
        Caller caller = new Caller(row.getObject("organization_id", UUID.class), row.getString("name"),
                row.getString("tier"), row.getString("key_id"), access(row));
        KeyHash hash = new KeyHash(row.getBytes("salt"), row.getBytes("hash"), row.getInt("memory_kib"),
                row.getInt("iterations"), row.getInt("parallelism"));
        double secondsLeft = row.getDouble("seconds_left");
        return new StoredKey(caller, hash, row.wasNull() ? null : Duration.ofMillis((long) (secondsLeft * 1000)));
    }

    private static Access access(ResultSet row) throws SQLException {
        String[] types = array(row, "types", String[].class);
        return new Access(Scopes.stored(array(row, "scopes", String[].class)),
                EventTypes.of((types != null) ? List.of(types) : null),
                OwnEndpoints.stored(array(row, "endpoint_ids", UUID[].class)));
    }

    private static <T> @Nullable T array(ResultSet row, String column, Class<T> type) throws SQLException {
        Array stored = row.getArray(column);
        return (stored != null) ? type.cast(stored.getArray()) : null;
    }

    /**
     * Gives the caller's organization a new key, lets its others end after the grace
     * period, and tells every instance.
     * @return the keys that end; none, and nothing has changed, if the caller's key is
     * not the current one: of two rotations at once, one finds that it no longer is
     */
    @Transactional
    List<String> rotate(Caller caller, Duration gracePeriod, Instant now, String newKeyId, KeyHash hash) {
        List<String> ending = retire(caller.organizationId(), caller.keyId(), gracePeriod);
        if (!ending.isEmpty()) {
            add(caller.organizationId(), now, newKeyId, hash);
            ending.forEach((keyId) -> this.notifications.send("key", keyId));
        }
        return ending;
    }

    private List<String> retire(UUID organizationId, String keyId, Duration gracePeriod) {
        return this.jdbc.sql("""
                with current as materialized (
                    select key_id from api_keys where key_id = :keyId and expires_at = 'infinity' for update)
                update api_keys k
                set expires_at = least(k.expires_at, now() + make_interval(secs => :graceSeconds))
                from current
                where k.organization_id = :organizationId
                returning k.key_id
                """)
            .param("keyId", keyId)
            .param("organizationId", organizationId)
            .param("graceSeconds", gracePeriod.toSeconds())
            .query((row, number) -> row.getString("key_id"))
            .list();
    }

    /**
     * Adds a key to an organization, and removes those that ended.
     */
    private void add(UUID organizationId, Instant createdAt, String keyId, KeyHash hash) {
        this.jdbc
            .sql("""
                    with ended as (
                        delete from api_keys where organization_id = :organizationId and expires_at < now()),
                    organization as (
                        update organizations set updated_at = :createdAt where id = :organizationId)
                    insert into api_keys (key_id, organization_id, salt, hash, memory_kib, iterations, parallelism, created_at)
                    values (:keyId, :organizationId, :salt, :hash, :memoryKib, :iterations, :parallelism, :createdAt)
                    """)
            .param("organizationId", organizationId)
            .param("createdAt", createdAt.atOffset(ZoneOffset.UTC))
            .param("keyId", keyId)
            .params(parameters(hash))
            .update();
    }

    private static Map<String, Object> parameters(KeyHash hash) {
        return Map.of("salt", hash.salt(), "hash", hash.hash(), "memoryKib", hash.memoryKib(), "iterations",
                hash.iterations(), "parallelism", hash.parallelism());
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
