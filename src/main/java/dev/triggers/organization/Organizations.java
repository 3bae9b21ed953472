package dev.triggers.organization;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;

import dev.triggers.audit.AuditTrail;
import dev.triggers.time.UuidV7;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes organizations and changes them.
 */
@Service
class Organizations {

    private final OrganizationRepository rows;

    private final UuidV7 ids;

    private final AuditTrail audit;

    private final Clock clock;

    Organizations(OrganizationRepository rows, UuidV7 ids, AuditTrail audit, Clock clock) {
        this.rows = rows;
        this.ids = ids;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Makes an organization; of those that are made with one external id at once, there
     * is one.
     */
    @Transactional
    Made make(String name, String tier, @Nullable String externalId, Map<String, String> metadata) {
        Instant now = now();
        Organization made = new Organization(this.ids.next(), name, tier, externalId, metadata, null, false, now, now);
        if (this.rows.insert(made)) {
            this.audit.note(made.id(), "organization.created", made.id(), null, made.audited());
            return new Made(made, true);
        }
        return (externalId == null) ? new Made(made, true)
                : this.rows.find(externalId)
                    .map((present) -> new Made(present, false))
                    .orElseThrow(() -> ProblemException.of(ProblemKind.CONFLICT,
                            "The organization of this external_id has just ended"));
    }

    Organization find(UUID id) {
        return this.rows.find(id).orElseThrow(Organizations::notFound);
    }

    /**
     * Changes an organization; what is null stays. A suspended one's deliveries rest.
     */
    @Transactional
    Organization change(UUID id, @Nullable String name, @Nullable String tier, @Nullable Map<String, String> metadata,
            @Nullable Boolean suspended) {
        Organization before = this.rows.lock(id).orElseThrow(Organizations::notFound);
        if (before.erasing()) {
            throw ProblemException.of(ProblemKind.CONFLICT, "The organization is being erased");
        }
        boolean was = before.suspendedAt() != null;
        boolean is = (suspended != null) ? suspended : was;
        Instant since = was ? before.suspendedAt() : now();
        Organization after = new Organization(id, (name != null) ? name : before.name(),
                (tier != null) ? tier : before.tier(), before.externalId(),
                (metadata != null) ? metadata : before.metadata(), is ? since : null, false, before.createdAt(), now());
        this.rows.update(after);
        this.audit.note(id, "organization.changed", id, before.audited(), after.audited());
        if (is != was) {
            this.rows.rest(id, is);
        }
        return after;
    }

    private Instant now() {
        return this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static ProblemException notFound() {
        return ProblemException.notFound("Organization");
    }

    /**
     * What came of making one.
     *
     * @param organization the organization
     * @param created whether it was not there before
     */
    record Made(Organization organization, boolean created) {

    }

}
