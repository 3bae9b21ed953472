package dev.triggers.repair;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A replay as it is asked for.
 *
 * @param organizationId whose deliveries
 * @param filter which of them
 * @param sinceClamped whether the filter begins later than asked for, with what is kept
 * @param recovery whether it is a recovery: of what is given up now, and not acknowledged
 * @param rate how many deliveries a second; null: as many as leave fresh ones alone
 * @param toEndpointId where the events go; null: where they went before
 * @param again whether those are sent there again that it has received
 */
record ReplayOrder(UUID organizationId, ReplayFilter filter, boolean sinceClamped, boolean recovery,
        @Nullable Integer rate, @Nullable UUID toEndpointId, boolean again) {

    static ReplayOrder recovery(UUID organizationId, ReplayFilter filter) {
        return new ReplayOrder(organizationId, filter, false, true, null, null, false);
    }

    /** Whether events are looked at, and not what was made of them. */
    boolean ofEvents() {
        return this.toEndpointId != null && this.filter.outcome() == ReplayOutcome.ANY
                && this.filter.endpointId() == null && this.filter.errorCode() == null;
    }

}
