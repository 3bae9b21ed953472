package dev.triggers.webhook;

import java.util.Map;

import dev.triggers.audit.AuditTrail;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Takes down that the service has disabled an endpoint.
 */
@Component
class DisabledEndpointAudit {

    private final AuditTrail audit;

    DisabledEndpointAudit(AuditTrail audit) {
        this.audit = audit;
    }

    @EventListener
    void disabled(EndpointDisabled disabled) {
        this.audit.note(disabled.organizationId(), "endpoint.disabled", disabled.id(), Map.of("enabled", true),
                Map.of("enabled", false, "disabled_reason", disabled.reason()));
    }

}
