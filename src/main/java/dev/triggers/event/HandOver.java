package dev.triggers.event;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * The way of a fresh event to its sender without a detour over the database: before the
 * insert it is asked which endpoints can take deliveries at once, after the commit it is
 * given them.
 */
public interface HandOver {

    /**
     * Attempts of a delivery whose endpoint has no schedule of its own.
     */
    int attempts();

    /**
     * How long a delivery is leased.
     */
    Duration lease();

    /**
     * The number that the leases carry; none: nothing can be leased now.
     */
    OptionalInt instance();

    /**
     * The organization's endpoints that could send this many deliveries at once.
     */
    List<UUID> ready(UUID organizationId, int deliveries);

    /**
     * The deliveries to send, leased to this instance. {@code claimedAt} is a reading of
     * {@link System#nanoTime()} from before the lease began.
     */
    void take(List<LeasedDelivery> deliveries, long claimedAt);

    /**
     * Deliveries to these endpoints were stored for whoever claims them first.
     */
    void stored(Collection<UUID> endpointIds);

}
