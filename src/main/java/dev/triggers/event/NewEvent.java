package dev.triggers.event;

import java.time.Instant;
import java.util.UUID;

import dev.triggers.trace.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * An event that has passed validation and is yet to be stored.
 *
 * @param organizationId whose it is
 * @param id its identifier, which carries the time of its acceptance
 * @param type 1–255 code points without control characters
 * @param dedupId refuses the organization's same event within 24 hours, if given
 * @param deliverAt not to be delivered before, if given
 * @param payload a JSON value exactly as posted
 * @param trace the request that posted it, if it is traced
 */
public record NewEvent(UUID organizationId, UUID id, String type, @Nullable String dedupId, @Nullable Instant deliverAt,
        String payload, @Nullable TraceContext trace) {

    /** An event without a trace. */
    public NewEvent(UUID organizationId, UUID id, String type, @Nullable String dedupId, @Nullable Instant deliverAt,
            String payload) {
        this(organizationId, id, type, dedupId, deliverAt, payload, null);
    }

    /** The same event, posted by a traced request. */
    NewEvent tracedBy(TraceContext request) {
        return new NewEvent(this.organizationId, this.id, this.type, this.dedupId, this.deliverAt, this.payload,
                request);
    }

    /**
     * What it takes of the memory budgets, in bytes: payloads count, the rest is small
     * and alike.
     */
    public int weight() {
        return 512 + this.payload.length();
    }

}
