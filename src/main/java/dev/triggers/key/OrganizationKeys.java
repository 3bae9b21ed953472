package dev.triggers.key;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.triggers.audit.AuditTrail;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The changes that an organization makes to its keys. It can always make another one: the
 * last key that lasts and may make keys cannot be deleted or lowered, whatever is asked
 * for at the same time.
 */
@Service
class OrganizationKeys {

    private static final int MOST = 100;

    private final OrganizationKeyRepository rows;

    private final KeyRepository keys;

    private final AuditTrail audit;

    private final Clock clock;

    OrganizationKeys(OrganizationKeyRepository rows, KeyRepository keys, AuditTrail audit, Clock clock) {
        this.rows = rows;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    boolean hasOrganization(UUID organizationId) {
        return this.rows.hasOrganization(organizationId);
    }

    List<OrganizationKeyRow> list(UUID organizationId) {
        return this.rows.list(organizationId);
    }

    OrganizationKeyRow find(UUID organizationId, UUID id) {
        return this.rows.find(organizationId, id).orElseThrow(() -> ProblemException.notFound("Key"));
    }

    /**
     * @throws ProblemException 409 if the organization has as many keys as it may have
     */
    void requireRoom(Caller caller) {
        requireRoom(this.rows.list(caller.organizationId()));
    }

    private static void requireRoom(List<OrganizationKeyRow> present) {
        if (present.stream().filter((key) -> key.rotatedAt() == null).count() >= MOST) {
            throw ProblemException.of(ProblemKind.CONFLICT, "An organization may have at most " + MOST + " keys");
        }
    }

    /**
     * Adds a key, which ends with the caller's at the latest.
     */
    @Transactional
    void add(Caller caller, String name, Access access, @Nullable Instant expiresAt, NewKey key) {
        List<OrganizationKeyRow> present = lock(caller);
        requireRoom(present);
        OrganizationKeyRow maker = own(caller, present);
        Scopes missing = maker.access().scopes().missing(access.scopes());
        if (!missing.isEmpty()) {
            throw ScopeCheck.missing(missing);
        }
        Instant own = maker.expiresAt();
        if (own != null && expiresAt != null && expiresAt.isAfter(own)) {
            throw ScopeCheck.missing("expires_at");
        }
        requireEndpoints(caller.organizationId(), access.endpoints());
        this.rows.removeEnded(caller.organizationId());
        this.keys.insert(caller.organizationId(), name, access, (expiresAt != null) ? expiresAt : own, key);
        this.audit.note(caller.organizationId(), "key.created", key.id(), null,
                find(caller.organizationId(), key.id()).audited());
    }

    /**
     * Adds a key of an organization that has none who would give it.
     */
    @Transactional
    void add(UUID organizationId, String name, Access access, @Nullable Instant expiresAt, NewKey key) {
        this.rows.lock(organizationId, this.clock.instant());
        if (!hasOrganization(organizationId)) {
            throw ProblemException.notFound("Organization");
        }
        requireRoom(this.rows.list(organizationId));
        requireEndpoints(organizationId, access.endpoints());
        this.rows.removeEnded(organizationId);
        this.keys.insert(organizationId, name, access, expiresAt, key);
        this.audit.note(organizationId, "key.created", key.id(), null, find(organizationId, key.id()).audited());
    }

    /**
     * @throws ProblemException 400 that names an endpoint that the organization has not
     */
    void requireEndpoints(UUID organizationId, OwnEndpoints endpoints) {
        UUID[] ids = endpoints.ids();
        if (ids == null) {
            return;
        }
        Set<UUID> missing = new HashSet<>(List.of(ids));
        this.rows.endpoints(organizationId, List.of(ids)).forEach(missing::remove);
        if (!missing.isEmpty()) {
            throw ProblemException.invalid("endpoint_ids",
                    "must be of the organization's endpoints, which " + missing.iterator().next() + " is not");
        }
    }

    /**
     * Changes a key's name, its scopes, or both.
     */
    @Transactional
    OrganizationKeyRow change(Caller caller, UUID id, @Nullable String name, @Nullable Scopes scopes) {
        List<OrganizationKeyRow> present = lock(caller);
        Scopes own = caller.isSession() ? caller.access().scopes() : own(caller, present).access().scopes();
        OrganizationKeyRow key = find(caller.organizationId(), id);
        Scopes wanted = (scopes != null) ? scopes : key.access().scopes();
        Scopes missing = own.missing(key.access().scopes().missing(wanted));
        if (!missing.isEmpty()) {
            throw ScopeCheck.missing(missing);
        }
        if (!wanted.has(Scope.KEYS_WRITE)) {
            requireAnother(key, present);
        }
        this.rows.update(id, (name != null) ? name : key.name(), wanted);
        this.keys.announce(key.keyId());
        OrganizationKeyRow changed = find(caller.organizationId(), id);
        this.audit.note(caller.organizationId(), "key.changed", id, key.audited(), changed.audited());
        return changed;
    }

    /**
     * Ends a key at once, with the sessions that it made.
     */
    @Transactional
    OrganizationKeyRow delete(Caller caller, UUID id) {
        List<OrganizationKeyRow> present = lock(caller);
        own(caller, present);
        OrganizationKeyRow key = find(caller.organizationId(), id);
        requireAnother(key, present);
        this.audit.note(caller.organizationId(), "key.deleted", id, key.audited(), null);
        this.rows.delete(key);
        this.keys.announce(key.keyId());
        return key;
    }

    private List<OrganizationKeyRow> lock(Caller caller) {
        this.rows.lock(caller.organizationId(), this.clock.instant());
        return this.rows.list(caller.organizationId());
    }

    /**
     * The caller's own key, unless it has ended since it was presented. A session's is
     * looked for by nobody.
     */
    private static OrganizationKeyRow own(Caller caller, List<OrganizationKeyRow> present) {
        return present.stream()
            .filter((key) -> caller.isSession() || key.keyId().equals(caller.keyId()))
            .findFirst()
            .orElseThrow(() -> ProblemException.of(ProblemKind.UNAUTHORIZED, "The API key is not valid"));
    }

    private static void requireAnother(OrganizationKeyRow key, List<OrganizationKeyRow> present) {
        boolean another = present.stream().anyMatch((other) -> other.lasts() && !other.id().equals(key.id()));
        if (key.lasts() && !another) {
            throw ProblemException.of(ProblemKind.CONFLICT,
                    "This is the last key that has keys:write and does not expire");
        }
    }

}
