package dev.triggers.audit;

import java.util.Map;
import java.util.UUID;

import dev.triggers.time.UuidV7;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Stores what is done, with who does it.
 */
@Component
class StoredAuditTrail implements AuditTrail {

    private final AuditRepository repository;

    private final Actors actors;

    private final UuidV7 ids;

    StoredAuditTrail(AuditRepository repository, Actors actors, UuidV7 ids) {
        this.repository = repository;
        this.actors = actors;
        this.ids = ids;
    }

    @Override
    public void note(UUID organizationId, String action, @Nullable Object target, @Nullable Map<String, ?> before,
            @Nullable Map<String, ?> after) {
        this.repository.insert(this.ids.next(), organizationId, this.actors.current(), action,
                (target != null) ? target.toString() : null, before, after);
    }

}
