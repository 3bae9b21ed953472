package dev.triggers.organization;

import java.util.UUID;

/**
 * What an erasure does next.
 *
 * @param id the erasure
 * @param organizationId the organization
 * @param step where it is in the order of the tables
 * @param most rows at the most
 * @param swept rows that went since it last began with the first table
 */
record ErasureStep(UUID id, UUID organizationId, int step, int most, long swept) {

    /** The log waits for the transaction that a step is. */
    private static final int MOST = 5_000;

    private static final int LEAST = 50;

    private static final long LONG_MILLIS = 100;

    /** So many that the next step takes about as long as it may. */
    int mostAfter(long millis) {
        return (millis > LONG_MILLIS) ? smaller() : Math.min(MOST, this.most * 2);
    }

    /** As many as are tried where these took too long. */
    int smaller() {
        return Math.max(LEAST, this.most / 2);
    }

    /** Whether it is broken off where it takes too long: the smallest step is not. */
    boolean isBounded() {
        return this.most > LEAST;
    }

}
