package dev.triggers.statistics;

import java.time.Instant;
import java.util.UUID;

import dev.triggers.delivery.FinishedAttempts.FinishedAttempt;

/**
 * What was counted of an organization in one span of time.
 *
 * @param organizationId the organization
 * @param start when the span began
 * @param accepted events that were accepted
 * @param delivered attempts that were answered with 2xx
 * @param failed the others
 * @param exhausted those of them after which nothing was left to try
 * @param posted what else was counted of its requests
 */
record OrganizationCount(UUID organizationId, Instant start, long accepted, long delivered, long failed, long exhausted,
        Posted posted) {

    private static final UUID NOBODY = new UUID(0, 0);

    static OrganizationCount none(Instant start) {
        return attempts(start, 0, 0, 0);
    }

    /** What was counted of attempts alone, of nobody in particular. */
    static OrganizationCount attempts(Instant start, long delivered, long failed, long exhausted) {
        return new OrganizationCount(NOBODY, start, 0, delivered, failed, exhausted, Posted.NOTHING);
    }

    static OrganizationCount accepted(UUID organizationId, Instant start, long bytes) {
        return new OrganizationCount(organizationId, start, 1, 0, 0, 0, new Posted(0, 0, bytes, 0));
    }

    static OrganizationCount posted(UUID organizationId, Instant start, Posted posted) {
        return new OrganizationCount(organizationId, start, 0, 0, 0, 0, posted);
    }

    static OrganizationCount attempt(FinishedAttempt attempt, Instant start) {
        boolean failed = attempt.errorCode() != null;
        return new OrganizationCount(attempt.organizationId(), start, 0, failed ? 0 : 1, failed ? 1 : 0,
                attempt.exhausted() ? 1 : 0, Posted.NOTHING);
    }

    OrganizationCount plus(OrganizationCount other) {
        return new OrganizationCount(this.organizationId, this.start, this.accepted + other.accepted,
                this.delivered + other.delivered, this.failed + other.failed, this.exhausted + other.exhausted,
                this.posted.plus(other.posted));
    }

    OrganizationCount acceptedAlone() {
        return new OrganizationCount(this.organizationId, this.start, this.accepted, 0, 0, 0, Posted.NOTHING);
    }

    long counted() {
        return this.accepted + this.delivered + this.failed + this.posted.duplicates() + this.posted.rejected()
                + this.posted.reads();
    }

    Key key() {
        return new Key(this.organizationId, this.start);
    }

    /**
     * What is counted together.
     */
    record Key(UUID organizationId, Instant start) {

    }

}
