package dev.triggers.webhook;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import dev.triggers.audit.AuditTrail;
import dev.triggers.database.FenceRepository;
import dev.triggers.key.Caller;
import dev.triggers.time.UuidV7;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The changes that an organization makes to its endpoints. Deliveries are not touched
 * here: an endpoint that they have yet to follow is marked, and the worker is woken.
 */
@Service
class Endpoints {

    /** For so long a secret that was replaced signs beside the new one. */
    static final Duration OVERLAP = Duration.ofHours(24);

    private final EndpointRepository endpoints;

    private final EndpointSettingsRepository settings;

    private final EndpointRevisionRepository revisions;

    private final EndpointHealthRepository health;

    private final UuidV7 ids;

    private final int maxEndpoints;

    private final AuditTrail audit;

    private final FenceRepository fences;

    Endpoints(EndpointRepository endpoints, EndpointSettingsRepository settings, EndpointRevisionRepository revisions,
            EndpointHealthRepository health, UuidV7 ids, WebhookProperties properties, AuditTrail audit,
            FenceRepository fences) {
        this.endpoints = endpoints;
        this.settings = settings;
        this.revisions = revisions;
        this.health = health;
        this.ids = ids;
        this.maxEndpoints = properties.maxEndpoints();
        this.audit = audit;
        this.fences = fences;
    }

    @Transactional
    Endpoint create(UUID organizationId, EndpointSettings settings, SignatureScheme signature) {
        this.settings.lockOrganization(organizationId);
        if (this.settings.countFurther(organizationId) >= this.maxEndpoints) {
            throw ProblemException.unprocessable("url",
                    "cannot be added: an organization may have at most " + this.maxEndpoints + " endpoints");
        }
        return insert(organizationId, false, settings, signature);
    }

    @Transactional
    Change change(Caller caller, UUID id, EndpointPatch patch) {
        Endpoint current = lock(caller, id);
        boolean leaves = patch.leavesCredentials(current);
        EndpointSettings before = EndpointSettings.of(current);
        EndpointSettings settings = patch.apply(leaves ? before.withoutHeaders() : before);
        EndpointAccess.requireTypes(caller, settings);
        requireOwnDeliveries(caller, current, settings);
        if (current.isDefault() && settings.operations()) {
            throw ProblemException.invalid("operations", "must be false: events wait for the default endpoint");
        }
        this.settings.update(id, settings);
        boolean enabled = patch.enables();
        if (enabled || !settings.url().equals(current.url())) {
            // What another address did says nothing of this one
            this.health.reset(id);
        }
        if (enabled || settings.enabled() != current.enabled() || settings.ordered() != current.ordered()) {
            this.settings.settle(id);
        }
        SignatureScheme signature = patch.signature(current.signature());
        boolean replaced = leaves || signature != current.signature();
        if (replaced) {
            // What another origin holds must not sign for this one
            this.settings.replaceSecret(id, SigningSecret.generate(signature), leaves ? Duration.ZERO : OVERLAP);
        }
        Endpoint after = changed(current.organizationId(), id);
        noteChanged(current, after);
        if (replaced) {
            this.audit.note(current.organizationId(), "secret.rotated", id, null, null);
        }
        return new Change(after, replaced);
    }

    /**
     * What an endpoint was sent before it was narrowed may still wait for it, and would
     * follow it to where a key leads that must not see it.
     */
    private void requireOwnDeliveries(Caller caller, Endpoint current, EndpointSettings settings) {
        String[] visible = caller.types().patterns();
        if (visible != null && !settings.url().equals(current.url())
                && !this.settings.waitsForNoneBut(current.id(), visible)) {
            throw ProblemException.of(ProblemKind.CONFLICT,
                    "url: deliveries of types that the key is held from may still wait for this endpoint");
        }
    }

    @Transactional
    void delete(Caller caller, UUID id) {
        Endpoint current = lock(caller, id);
        if (!this.settings.delete(caller.organizationId(), id)) {
            throw notFound();
        }
        this.endpoints.announce(id);
        this.audit.note(caller.organizationId(), "endpoint.deleted", id, AuditedEndpoint.of(current), null);
    }

    /**
     * Makes a new secret.
     * @param overlap how long the old one signs too
     */
    @Transactional
    Endpoint rotateSecret(Caller caller, UUID id, Duration overlap) {
        Endpoint current = lock(caller, id);
        this.settings.replaceSecret(id, SigningSecret.generate(current.signature()), overlap);
        this.audit.note(current.organizationId(), "secret.rotated", id, null,
                Map.of("overlap_seconds", overlap.toSeconds()));
        return changed(current.organizationId(), id);
    }

    /**
     * Leads the default endpoint to a URL, with the secret that it has, and enables it.
     */
    @Transactional
    Change setDefault(UUID organizationId, CallbackUrl url) {
        this.settings.lockOrganization(organizationId);
        Endpoint current = lockDefault(organizationId);
        if (current == null) {
            return new Change(insert(organizationId, true, EndpointSettings.of(url), SignatureScheme.HMAC_SHA256),
                    true);
        }
        this.settings.update(current.id(), EndpointSettings.of(current).enabledAt(url));
        this.settings.settle(current.id());
        this.health.reset(current.id());
        Endpoint after = changed(organizationId, current.id());
        noteChanged(current, after);
        return new Change(after, false);
    }

    @Transactional
    void removeDefault(UUID organizationId) {
        this.settings.lockOrganization(organizationId);
        UUID id = this.endpoints.findDefaultId(organizationId);
        if (id != null && this.settings.delete(organizationId, id)) {
            this.endpoints.announce(id);
            this.audit.note(organizationId, "endpoint.deleted", id, Map.of("is_default", true), null);
        }
    }

    private Endpoint insert(UUID organizationId, boolean isDefault, EndpointSettings settings,
            SignatureScheme signature) {
        UUID id = this.ids.next();
        this.settings.insert(id, organizationId, isDefault, settings, SigningSecret.generate(signature));
        Endpoint made = changed(organizationId, id);
        this.audit.note(organizationId, "endpoint.created", id, null, AuditedEndpoint.of(made));
        return made;
    }

    private void noteChanged(Endpoint before, Endpoint after) {
        this.audit.note(after.organizationId(), "endpoint.changed", after.id(), AuditedEndpoint.of(before),
                AuditedEndpoint.of(after));
    }

    private Endpoint changed(UUID organizationId, UUID id) {
        Endpoint endpoint = require(this.endpoints.find(organizationId, id));
        this.revisions.note(endpoint);
        this.endpoints.announce(id);
        return endpoint;
    }

    private Endpoint lock(Caller caller, UUID id) {
        Endpoint locked = own(caller, this.endpoints.lock(caller.organizationId(), id));
        this.fences.pass(caller.organizationId());
        return locked;
    }

    private @Nullable Endpoint lockDefault(UUID organizationId) {
        UUID id = this.endpoints.findDefaultId(organizationId);
        return (id != null) ? this.endpoints.lock(organizationId, id) : null;
    }

    /**
     * @throws ProblemException 404 if there is none, or none for this key
     */
    static Endpoint own(Caller caller, @Nullable Endpoint endpoint) {
        Endpoint present = require(endpoint);
        if (!EndpointAccess.isOwn(caller, present)) {
            throw notFound();
        }
        return present;
    }

    private static Endpoint require(@Nullable Endpoint endpoint) {
        if (endpoint == null) {
            throw notFound();
        }
        return endpoint;
    }

    private static ProblemException notFound() {
        return ProblemException.notFound("Webhook");
    }

    /**
     * What became of a change.
     *
     * @param endpoint the endpoint as it is now
     * @param newSecret whether its secret was made by the change, and is to be shown
     */
    record Change(Endpoint endpoint, boolean newSecret) {
    }

}
