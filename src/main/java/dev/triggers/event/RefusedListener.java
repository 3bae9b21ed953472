package dev.triggers.event;

import java.util.UUID;

/**
 * Hears of posted events that were not accepted, on the thread of the request: it neither
 * waits nor fails.
 */
public interface RefusedListener {

    /**
     * So many events of an organization were not accepted.
     * @param duplicates since they had been before
     * @param rejected since they can't be
     */
    void refused(UUID organizationId, int duplicates, int rejected);

}
