package dev.triggers.key;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The endpoints of its organization that a key is held to.
 * <p>
 * An operation on an endpoint, or that shows something of one, asks
 * {@link Caller#endpoints()}: in Java by {@link #include(UUID)}, in SQL by
 * {@link #ids()}, which is null for every endpoint:
 * {@code (:endpoints::uuid[] is null or d.endpoint_id = any (:endpoints))}.
 *
 * @param chosen the endpoints; null: every one
 */
public record OwnEndpoints(@Nullable Set<UUID> chosen) {

    /** Every endpoint of the organization. */
    public static final OwnEndpoints EVERY = new OwnEndpoints(null);

    static OwnEndpoints of(@Nullable Collection<UUID> ids) {
        return (ids != null) ? new OwnEndpoints(Set.copyOf(ids)) : EVERY;
    }

    static OwnEndpoints stored(UUID @Nullable [] ids) {
        return (ids != null) ? of(Arrays.asList(ids)) : EVERY;
    }

    public boolean isEvery() {
        return this.chosen == null;
    }

    /**
     * Whether the endpoint is one of them.
     */
    public boolean include(UUID endpointId) {
        return this.chosen == null || this.chosen.contains(endpointId);
    }

    /**
     * Whether all of the others are among these.
     */
    boolean cover(OwnEndpoints others) {
        return this.chosen == null || (others.chosen != null && this.chosen.containsAll(others.chosen));
    }

    /**
     * The ids, in order; null: every endpoint.
     */
    public UUID @Nullable [] ids() {
        return (this.chosen != null) ? this.chosen.stream().sorted().toArray(UUID[]::new) : null;
    }

}
