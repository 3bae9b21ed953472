package dev.triggers.audit;

import org.springframework.stereotype.Component;

/**
 * Shows what was done.
 */
@Component
public class AuditPages {

    private final AuditRepository repository;

    AuditPages(AuditRepository repository) {
        this.repository = repository;
    }

    /**
     * A page of entries, the latest first.
     */
    public AuditEntry.Page list(AuditFilter filter) {
        return this.repository.list(filter);
    }

}
