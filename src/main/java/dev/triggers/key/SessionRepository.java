package dev.triggers.key;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.triggers.audit.AuditTrail;
import dev.triggers.database.FenceRepository;
import dev.triggers.database.Notifications;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The sessions of portals. Each lives no longer than the key that made it, and gives no
 * more than that key gives now.
 */
@Repository
class SessionRepository {

    private final JdbcClient jdbc;

    private final Notifications notifications;

    private final AuditTrail audit;

    private final FenceRepository fences;

    SessionRepository(JdbcClient jdbc, Notifications notifications, AuditTrail audit, FenceRepository fences) {
        this.fences = fences;
        this.audit = audit;
        this.jdbc = jdbc;
        this.notifications = notifications;
    }

    /**
     * Stores a link, and removes what ended of its organization.
     * @return when the session ends; empty, and nothing is stored, if its key is not live
     * any more, or if there are as many as there may be
     */
    @Transactional
    Optional<Instant> insert(UUID id, Caller caller, byte[] linkHash, Duration linkLifetime, Access access,
            @Nullable String returnUrl, Duration lifetime, int most) {
        Optional<Instant> expiresAt = this.jdbc.sql("""
                with ended as (
                    delete from portal_sessions where organization_id = :organizationId
                        and (expires_at < now() or (session_id is null and link_expires_at < now())))
                insert into portal_sessions (id, organization_id, key_id, link_hash, link_expires_at, scopes, types,
                    endpoint_ids, return_url, created_at, expires_at)
                select :id, k.organization_id, k.key_id, :linkHash, now() + make_interval(secs => :linkSeconds),
                    cast(:scopes as text[]), cast(:types as text[]), cast(:endpointIds as uuid[]), :returnUrl, now(),
                    least(k.expires_at, now() + make_interval(secs => :seconds))
                from api_keys k
                where k.key_id = :keyId and k.expires_at > now()
                    and not exists (select from fences f where f.organization_id = k.organization_id)
                    and not exists (
                        select from portal_sessions
                        where organization_id = :organizationId and expires_at > now() offset :most)
                returning expires_at
                """)
            .param("id", id)
            .param("organizationId", caller.organizationId())
            .param("keyId", caller.keyId())
            .param("linkHash", linkHash)
            .param("linkSeconds", linkLifetime.toSeconds())
            .param("seconds", lifetime.toSeconds())
            .param("returnUrl", returnUrl)
            .param("most", most - 1)
            .params(KeyRepository.parameters(access))
            .param("scopes", access.scopes().names().toArray(String[]::new))
            .query((row, number) -> row.getObject("expires_at", OffsetDateTime.class).toInstant())
            .optional();
        passed(expiresAt.isPresent(), caller.organizationId());
        expiresAt.ifPresent((time) -> noteOpened(caller.organizationId(), id, access, time));
        return expiresAt;
    }

    /**
     * Stores a link that an operator makes, of no key, and removes what ended of its
     * organization.
     * @return when the session ends; empty, and nothing is stored, if there are as many
     * as there may be
     */
    @Transactional
    Optional<Instant> insert(UUID id, UUID organizationId, byte[] linkHash, Duration linkLifetime, Access access,
            @Nullable String returnUrl, Duration lifetime, int most) {
        Optional<Instant> expiresAt = this.jdbc.sql("""
                with ended as (
                    delete from portal_sessions where organization_id = :organizationId
                        and (expires_at < now() or (session_id is null and link_expires_at < now())))
                insert into portal_sessions (id, organization_id, link_hash, link_expires_at, scopes, types,
                    endpoint_ids, return_url, created_at, expires_at)
                select :id, :organizationId, :linkHash, now() + make_interval(secs => :linkSeconds),
                    cast(:scopes as text[]), cast(:types as text[]), cast(:endpointIds as uuid[]), :returnUrl, now(),
                    now() + make_interval(secs => :seconds)
                where not exists (
                    select from portal_sessions
                    where organization_id = :organizationId and expires_at > now() offset :most)
                    and not exists (select from fences where organization_id = :organizationId)
                returning expires_at
                """)
            .param("id", id)
            .param("organizationId", organizationId)
            .param("linkHash", linkHash)
            .param("linkSeconds", linkLifetime.toSeconds())
            .param("seconds", lifetime.toSeconds())
            .param("returnUrl", returnUrl)
            .param("most", most - 1)
            .params(KeyRepository.parameters(access))
            .param("scopes", access.scopes().names().toArray(String[]::new))
            .query((row, number) -> row.getObject("expires_at", OffsetDateTime.class).toInstant())
            .optional();
        passed(expiresAt.isPresent(), organizationId);
        expiresAt.ifPresent((time) -> noteOpened(organizationId, id, access, time));
        return expiresAt;
    }

    /** What stored nothing may have met a fence. */
    private void passed(boolean stored, UUID organizationId) {
        if (!stored) {
            this.fences.pass(organizationId);
        }
    }

    private void noteOpened(UUID organizationId, UUID id, Access access, Instant expiresAt) {
        Map<String, Object> session = OrganizationKeyRow.audited("session", access);
        session.remove("name");
        session.put("expires_at", expiresAt.toString());
        this.audit.note(organizationId, "session.created", id, null, session);
    }

    /**
     * Exchanges a link for a session: of two that try, one does.
     * @return empty if the link was used, has expired, or never was
     */
    Optional<Exchanged> exchange(byte[] linkHash, ApiKey session) {
        Optional<Exchanged> exchanged = this.jdbc.sql("""
                update portal_sessions s set session_id = :sessionId, hash = :hash
                from portal_sessions l left join api_keys k on k.key_id = l.key_id and k.expires_at > now()
                where s.link_hash = :linkHash and s.session_id is null and s.link_expires_at > now()
                    and s.expires_at > now() and l.id = s.id and (l.key_id is null or k.key_id is not null)
                    and not exists (select from fences f where f.organization_id = s.organization_id)
                returning s.scopes, k.scopes as key_scopes, s.return_url, least(s.expires_at, k.expires_at) as ends_at
                """)
            .param("linkHash", linkHash)
            .param("sessionId", session.publicId())
            .param("hash", session.digest())
            .query((row, number) -> new Exchanged(scopes(row),
                    row.getObject("ends_at", OffsetDateTime.class).withOffsetSameInstant(ZoneOffset.UTC).toInstant(),
                    row.getString("return_url")))
            .optional();
        if (exchanged.isEmpty()) {
            organization(linkHash).ifPresent(this.fences::pass);
        }
        return exchanged;
    }

    /** Whose link it is, unless that has left for another cell. */
    private Optional<UUID> organization(byte[] linkHash) {
        return this.jdbc.sql("""
                select o.id from portal_sessions s
                join organizations o on o.id = s.organization_id and o.elsewhere is null
                where s.link_hash = :linkHash
                """).param("linkHash", linkHash).query(UUID.class).optional();
    }

    private static Scopes scopes(ResultSet row) throws SQLException {
        return KeyRepository.scopes(row, "scopes").and(KeyRepository.scopes(row, "key_scopes"));
    }

    /**
     * Finds a session that is live by what its key hashes to.
     */
    Optional<Verified> find(byte[] hash) {
        return this.jdbc
            .sql("""
                    select s.*, coalesce(s.key_id, '') as maker, k.scopes as key_scopes, o.name as organization_name, o.tier,
                        o.suspended_at is not null as suspended,
                        extract(epoch from least(s.expires_at, k.expires_at) - now()) as seconds_left
                    from portal_sessions s
                    left join api_keys k on k.key_id = s.key_id and k.expires_at > now()
                    join organizations o on o.id = s.organization_id and o.elsewhere is null
                    where s.hash = :hash and s.expires_at > now() and (s.key_id is null or k.key_id is not null)
                    """)
            .param("hash", hash)
            .query(SessionRepository::verified)
            .optional();
    }

    /**
     * Finds a session that is live by its public id, without a look at the secret.
     */
    Optional<Verified> check(String sessionId) {
        return this.jdbc.sql("select hash from portal_sessions where session_id = :id and expires_at > now()")
            .param("id", sessionId)
            .query((row, number) -> row.getBytes("hash"))
            .optional()
            .flatMap(this::find);
    }

    private static Verified verified(ResultSet row, int number) throws SQLException {
        Access access = KeyRepository.access(row).atMost(KeyRepository.scopes(row, "key_scopes"));
        Caller caller = new Caller(row.getObject("organization_id", UUID.class), row.getString("organization_name"),
                row.getString("tier"), row.getString("session_id"), access, row.getBoolean("suspended"));
        return new Verified(caller, KeyRepository.remaining(row), row.getString("maker"));
    }

    /**
     * Ends all sessions of an organization and the links to them, on every instance.
     */
    @Transactional
    void deleteAll(UUID organizationId) {
        int ended = this.jdbc.sql("""
                delete from portal_sessions where organization_id = :organizationId
                    and not exists (select from fences where organization_id = :organizationId)
                """).param("organizationId", organizationId).update();
        passed(ended > 0, organizationId);
        if (ended > 0) {
            this.notifications.send("sessions", organizationId.toString());
            this.audit.note(organizationId, "sessions.ended", organizationId, Map.of("sessions", ended), null);
        }
    }

    /**
     * What a link was exchanged for.
     *
     * @param scopes what the session may do
     * @param expiresAt when it ends
     * @param returnUrl where its page leads back to
     */
    record Exchanged(Scopes scopes, Instant expiresAt, @Nullable String returnUrl) {
    }

}
