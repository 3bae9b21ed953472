package dev.triggers.audit;

import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Takes down what is done, in the transaction that does it; outside of one, at once.
 * Nothing secret is to be handed over: no payload, no header's value, no URL's query.
 */
public interface AuditTrail {

    /**
     * Takes something down that was done.
     * @param organizationId whose it is
     * @param action what was done, like {@code endpoint.changed}
     * @param target to what
     * @param before what there was; null: nothing
     * @param after what there is; null: nothing
     */
    void note(UUID organizationId, String action, @Nullable Object target, @Nullable Map<String, ?> before,
            @Nullable Map<String, ?> after);

}
