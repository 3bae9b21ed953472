package dev.triggers.organization;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.triggers.database.FenceRepository;
import dev.triggers.database.Notifications;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Organizations as they are stored.
 */
@Repository
class OrganizationRepository {

    private static final int LOOKED_AT = 10_000;

    private static final TypeReference<Map<String, String>> METADATA = new TypeReference<>() {
    };

    private final JdbcClient jdbc;

    private final Notifications notifications;

    private final FenceRepository fences;

    private final JsonMapper json;

    OrganizationRepository(JdbcClient jdbc, Notifications notifications, FenceRepository fences, JsonMapper json) {
        this.fences = fences;
        this.jdbc = jdbc;
        this.notifications = notifications;
        this.json = json;
    }

    Optional<Organization> find(UUID id) {
        return this.jdbc.sql("select * from organizations where id = :id and elsewhere is null")
            .param("id", id)
            .query(this::organization)
            .optional();
    }

    Optional<Organization> find(String externalId) {
        return this.jdbc.sql("select * from organizations where external_id = :id and elsewhere is null")
            .param("id", externalId)
            .query(this::organization)
            .optional();
    }

    /**
     * The same, locked for a change: as every change of an organization's keys and
     * endpoints begins.
     */
    Optional<Organization> lock(UUID id) {
        Optional<Organization> locked = this.jdbc
            .sql("select * from organizations where id = :id and elsewhere is null for no key update")
            .param("id", id)
            .query(this::organization)
            .optional();
        if (locked.isPresent()) {
            this.fences.pass(id);
        }
        return locked;
    }

    /**
     * Stores an organization.
     * @return false, and nothing is stored, if there is one of its external id
     */
    boolean insert(Organization organization) {
        return this.jdbc.sql("""
                insert into organizations (id, name, tier, external_id, metadata, created_at, updated_at)
                values (:id, :name, :tier, :externalId, cast(:metadata as jsonb), :createdAt, :createdAt)
                on conflict (external_id) where external_id is not null do nothing
                """)
            .param("id", organization.id())
            .param("name", organization.name())
            .param("tier", organization.tier())
            .param("externalId", organization.externalId())
            .param("metadata", this.json.writeValueAsString(organization.metadata()))
            .param("createdAt", organization.createdAt().atOffset(ZoneOffset.UTC))
            .update() > 0;
    }

    /**
     * Stores what may be changed of an organization, and tells every instance.
     */
    void update(Organization organization) {
        Instant suspendedAt = organization.suspendedAt();
        this.jdbc.sql("""
                update organizations set name = :name, tier = :tier, metadata = cast(:metadata as jsonb),
                    suspended_at = cast(:suspendedAt as timestamptz), updated_at = :updatedAt
                where id = :id
                """)
            .param("id", organization.id())
            .param("name", organization.name())
            .param("tier", organization.tier())
            .param("metadata", this.json.writeValueAsString(organization.metadata()))
            .param("suspendedAt", (suspendedAt != null) ? suspendedAt.atOffset(ZoneOffset.UTC) : null)
            .param("updatedAt", organization.updatedAt().atOffset(ZoneOffset.UTC))
            .update();
        this.notifications.send("organization", organization.id().toString());
    }

    /**
     * Lets the deliveries of an organization rest, or go on, and tells every instance of
     * each endpoint.
     */
    void rest(UUID id, boolean resting) {
        List<UUID> endpoints = this.jdbc.sql("""
                update endpoints set resting = :resting
                where organization_id = :id and deleted_at is null and resting <> :resting returning id
                """)
            .param("id", id)
            .param("resting", resting)
            .query((row, number) -> row.getObject("id", UUID.class))
            .list();
        for (UUID endpoint : endpoints) {
            this.notifications.send("endpoint", endpoint.toString());
            if (!resting) {
                this.notifications.send("work", endpoint.toString());
            }
        }
    }

    /**
     * A page of organizations, the newest first. It looks at a bounded number of them.
     */
    OrganizationPage list(OrganizationFilter filter) {
        OrganizationState state = filter.state();
        // One that is asked for by its external id is found by the index, wherever it is
        // in the order
        String known = (filter.externalId() != null) ? "external_id = :externalId" : "true";
        List<Listed> rows = this.jdbc.sql("""
                with looked as materialized (
                    select * from organizations
                    where elsewhere is null and %s and (cast(:before as uuid) is null or id < cast(:before as uuid))
                    order by id desc limit :most),
                matching as (
                    select * from looked o
                    where (cast(:tier as text) is null or o.tier = cast(:tier as text))
                        and (cast(:state as text) is null or cast(:state as text) = case
                            when o.erasing_at is not null then 'erasing'
                            when o.suspended_at is not null then 'suspended' else 'active' end)
                        and (cast(:pattern as text) is null or o.name ilike cast(:pattern as text)
                            or o.external_id ilike cast(:pattern as text)
                            or exists (select from jsonb_each_text(o.metadata) m
                                where m.key ilike cast(:pattern as text) or m.value ilike cast(:pattern as text)))
                    order by o.id desc limit :limit)
                select m.*, l.looked, l.last from
                    (select count(*) as looked, (select id from looked order by id limit 1) as last from looked) l
                left join matching m on true
                order by m.id desc
                """.formatted(known))
            .param("before", filter.before())
            .param("most", LOOKED_AT)
            .param("tier", filter.tier())
            .param("externalId", filter.externalId())
            .param("state", (state != null) ? state.toString() : null)
            .param("pattern", filter.pattern())
            .param("limit", filter.limit() + 1)
            .query((row, number) -> new Listed((row.getObject("id") != null) ? organization(row, number) : null,
                    row.getInt("looked"), row.getObject("last", UUID.class)))
            .list();
        return page(rows, filter.limit());
    }

    private static OrganizationPage page(List<Listed> rows, int limit) {
        List<Organization> found = rows.stream()
            .flatMap((row) -> Optional.ofNullable(row.organization()).stream())
            .toList();
        if (found.size() > limit) {
            return new OrganizationPage(found.subList(0, limit), found.get(limit - 1).id());
        }
        Listed first = rows.getFirst();
        return new OrganizationPage(found, (first.looked() == LOOKED_AT) ? first.last() : null);
    }

    private Organization organization(ResultSet row, int number) throws SQLException {
        OffsetDateTime suspendedAt = row.getObject("suspended_at", OffsetDateTime.class);
        return new Organization(row.getObject("id", UUID.class), row.getString("name"), row.getString("tier"),
                row.getString("external_id"), this.json.readValue(row.getString("metadata"), METADATA),
                (suspendedAt != null) ? suspendedAt.toInstant() : null, row.getObject("erasing_at") != null,
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    /**
     * A row of a page, of which there is one even if nothing matches.
     *
     * @param organization what matches
     * @param looked how many were looked at
     * @param last the last of them
     */
    private record Listed(@Nullable Organization organization, int looked, @Nullable UUID last) {

    }

}
