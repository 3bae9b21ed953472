package dev.triggers.sending;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;

/**
 * The tests of endpoints that may be under way at once. Each may take as long as an
 * attempt: an organization has a few places, so that one whose endpoints hang leaves room
 * for everybody else.
 */
class TestPlaces {

    /** The HTTP client has as many connections beyond those of deliveries. */
    static final int TOTAL = 32;

    static final int OF_AN_ORGANIZATION = 4;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Map<UUID, Integer> organizations = new HashMap<>();

    private int taken;

    /**
     * Takes a place.
     * @throws ProblemException 429 if the organization has all of its own, 503 if nobody
     * has one left
     */
    synchronized void take(UUID organizationId) {
        int own = this.organizations.getOrDefault(organizationId, 0);
        if (own >= OF_AN_ORGANIZATION) {
            throw ProblemException
                .of(ProblemKind.RATE_LIMITED, "An organization may test " + OF_AN_ORGANIZATION + " endpoints at once")
                .with(Map.of("limit", OF_AN_ORGANIZATION, "retry_after", RETRY_AFTER.toSeconds()))
                .retryAfter(RETRY_AFTER);
        }
        if (this.taken >= TOTAL) {
            throw ProblemException.unavailable("Too many tests are under way", RETRY_AFTER);
        }
        this.organizations.put(organizationId, own + 1);
        this.taken++;
    }

    synchronized void leave(UUID organizationId) {
        this.organizations.computeIfPresent(organizationId, (id, own) -> (own > 1) ? own - 1 : null);
        this.taken--;
    }

}
