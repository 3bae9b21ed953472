package dev.triggers.key;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.triggers.database.FenceRepository;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The keys of an organization, as far as it changes them. What depends on its other keys
 * is decided while its row is locked.
 */
@Repository
class OrganizationKeyRepository {

    private final JdbcClient jdbc;

    private final FenceRepository fences;

    OrganizationKeyRepository(JdbcClient jdbc, FenceRepository fences) {
        this.fences = fences;
        this.jdbc = jdbc;
    }

    /**
     * Lets changes of an organization's keys go one after the other, until the
     * transaction ends, and notes the time of this one.
     */
    void lock(UUID organizationId, Instant now) {
        this.jdbc.sql("update organizations set updated_at = :now where id = :organizationId")
            .param("now", now.atOffset(ZoneOffset.UTC))
            .param("organizationId", organizationId)
            .update();
        this.fences.pass(organizationId);
    }

    boolean hasOrganization(UUID organizationId) {
        return this.jdbc.sql(
                "select exists (select from organizations where id = :id and erasing_at is null and elsewhere is null)")
            .param("id", organizationId)
            .query(Boolean.class)
            .single();
    }

    /**
     * The live keys, oldest first.
     */
    List<OrganizationKeyRow> list(UUID organizationId) {
        return this.jdbc.sql("""
                select * from api_keys
                where organization_id = :organizationId and expires_at > now() order by created_at, id
                """).param("organizationId", organizationId).query(OrganizationKeyRepository::row).list();
    }

    /**
     * A live key.
     */
    Optional<OrganizationKeyRow> find(UUID organizationId, UUID id) {
        return this.jdbc.sql("""
                select * from api_keys
                where id = :id and organization_id = :organizationId and expires_at > now()
                """)
            .param("id", id)
            .param("organizationId", organizationId)
            .query(OrganizationKeyRepository::row)
            .optional();
    }

    private static OrganizationKeyRow row(ResultSet row, int number) throws SQLException {
        Instant expiresAt = instant(row, "expires_at");
        return new OrganizationKeyRow(row.getObject("id", UUID.class), row.getString("key_id"),
                row.getString("environment"), row.getString("name"), KeyRepository.access(row),
                row.getObject("created_at", OffsetDateTime.class).toInstant(), expiresAt, instant(row, "last_used_at"),
                instant(row, "rotated_at"));
    }

    /** Null too for what never is. */
    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return (time != null && !time.equals(OffsetDateTime.MAX)) ? time.toInstant() : null;
    }

    void removeEnded(UUID organizationId) {
        this.jdbc.sql("delete from api_keys where organization_id = :organizationId and expires_at < now()")
            .param("organizationId", organizationId)
            .update();
    }

    void update(UUID id, String name, Scopes scopes) {
        this.jdbc.sql("update api_keys set name = :name, scopes = cast(:scopes as text[]) where id = :id")
            .param("id", id)
            .param("name", name)
            .param("scopes", scopes.stored())
            .update();
    }

    /**
     * Deletes a key, with the sessions that it made.
     */
    void delete(OrganizationKeyRow key) {
        this.jdbc.sql("""
                with sessions as (delete from portal_sessions where key_id = :keyId)
                delete from api_keys where key_id = :keyId
                """).param("keyId", key.keyId()).update();
    }

    /**
     * Those of the endpoints that the organization has.
     */
    List<UUID> endpoints(UUID organizationId, Collection<UUID> ids) {
        return this.jdbc.sql("""
                select id from endpoints
                where organization_id = :organizationId and id = any (:ids) and deleted_at is null
                """)
            .param("organizationId", organizationId)
            .param("ids", ids.toArray(UUID[]::new))
            .query((row, number) -> row.getObject("id", UUID.class))
            .list();
    }

}
