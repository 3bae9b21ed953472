package dev.triggers.search;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import org.springframework.stereotype.Component;

/**
 * Who may search at the same time: one search of an organization, two of this instance.
 */
@Component
class SearchPlaces {

    static final int TOTAL = 2;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Set<UUID> searching = new HashSet<>();

    /**
     * Takes a place.
     * @throws ProblemException 429 if the organization searches already, 503 if there is
     * none left
     */
    synchronized void take(UUID organizationId) {
        if (this.searching.contains(organizationId)) {
            throw another();
        }
        if (this.searching.size() >= TOTAL) {
            throw ProblemException.unavailable("Too many searches are under way", RETRY_AFTER);
        }
        this.searching.add(organizationId);
    }

    synchronized void leave(UUID organizationId) {
        this.searching.remove(organizationId);
    }

    /** The organization searches already, here or at another instance. */
    static ProblemException another() {
        return ProblemException.of(ProblemKind.RATE_LIMITED, "An organization may have one search under way")
            .with(Map.of("limit", 1, "retry_after", RETRY_AFTER.toSeconds()))
            .retryAfter(RETRY_AFTER);
    }

}
