package dev.triggers.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What a look for due deliveries found.
 *
 * @param deliveries leased to this instance
 * @param drained endpoints of which nothing that is due was left behind
 * @param lookedAt the endpoints that have anything claimable, as far as looked
 * @param next where the next look goes on; null: it starts over
 * @param oldestDue how long the oldest delivery looked at has been due that could be
 * sent, to an enabled endpoint with a closed circuit; zero if there is none
 * @param throttled how long until an endpoint's rate limit lets its due deliveries pass,
 * if one holds them back
 */
record Claim(List<Delivery> deliveries, Set<UUID> drained, int lookedAt, @Nullable UUID next, Duration oldestDue,
        @Nullable Duration throttled) {

    /**
     * What an instance asks for.
     *
     * @param after the endpoint to go on behind
     * @param limit deliveries at the most
     * @param defaultRoom attempts that an endpoint may begin which is in neither map
     * @param endpointRooms attempts that an endpoint may begin
     * @param organizationRooms attempts that an organization's endpoints may begin
     * @param lease how long to keep them
     * @param instance its number, which the leases carry
     * @param claimedAt a reading of {@link System#nanoTime()} from before it asked for
     * its number
     */
    record Request(UUID after, int limit, int defaultRoom, Map<UUID, Integer> endpointRooms,
            Map<UUID, Integer> organizationRooms, Duration lease, short instance, long claimedAt) {

    }

}
