package dev.triggers.fault;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * All that happened in a run: what clients did and heard, what receivers got, and what
 * the database holds at the end. Times are readings of {@link System#nanoTime()}.
 *
 * @param posts events that clients posted, each time they did
 * @param acks acknowledgements
 * @param targets where events go
 * @param receipts requests that receivers got
 * @param stored events in the database
 * @param attempts attempts that are recorded there
 * @param readings of the log
 * @param grants leases of events
 * @param disturbances what was done to the service
 */
record History(List<Post> posts, List<Ack> acks, List<Target> targets, List<Receipt> receipts, List<Stored> stored,
        List<Attempt> attempts, List<Reading> readings, List<Grant> grants, List<Disturbance> disturbances) {

    static final History EMPTY = new History(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
            List.of(), List.of(), List.of());

    /** Of what has not ended. */
    static final long NEVER = Long.MAX_VALUE;

    History withPosts(Post... more) {
        return new History(List.of(more), this.acks, this.targets, this.receipts, this.stored, this.attempts,
                this.readings, this.grants, this.disturbances);
    }

    History withAcks(Ack... more) {
        return new History(this.posts, List.of(more), this.targets, this.receipts, this.stored, this.attempts,
                this.readings, this.grants, this.disturbances);
    }

    History withTargets(Target... more) {
        return new History(this.posts, this.acks, List.of(more), this.receipts, this.stored, this.attempts,
                this.readings, this.grants, this.disturbances);
    }

    History withReceipts(Receipt... more) {
        return new History(this.posts, this.acks, this.targets, List.of(more), this.stored, this.attempts,
                this.readings, this.grants, this.disturbances);
    }

    History withStored(Stored... more) {
        return new History(this.posts, this.acks, this.targets, this.receipts, List.of(more), this.attempts,
                this.readings, this.grants, this.disturbances);
    }

    History withAttempts(Attempt... more) {
        return new History(this.posts, this.acks, this.targets, this.receipts, this.stored, List.of(more),
                this.readings, this.grants, this.disturbances);
    }

    History withReadings(Reading... more) {
        return new History(this.posts, this.acks, this.targets, this.receipts, this.stored, this.attempts,
                List.of(more), this.grants, this.disturbances);
    }

    History withGrants(Grant... more) {
        return new History(this.posts, this.acks, this.targets, this.receipts, this.stored, this.attempts,
                this.readings, List.of(more), this.disturbances);
    }

    History withDisturbances(Disturbance... more) {
        return new History(this.posts, this.acks, this.targets, this.receipts, this.stored, this.attempts,
                this.readings, this.grants, List.of(more));
    }

    /**
     * An event that a client posted.
     *
     * @param organization whose
     * @param dedupId the client's word for it
     * @param payload what it carries
     * @param begun when the client sent it
     * @param ended when it had the answer, or had given up
     * @param status the answer's status; 0: there was none
     * @param id the id in the answer
     */
    record Post(String organization, @Nullable String dedupId, String payload, long begun, long ended, int status,
            @Nullable String id) {

        boolean accepted() {
            return this.status / 100 == 2;
        }

        /** The service said that it has the event. */
        boolean answered() {
            return accepted() || this.status == 409;
        }

    }

    /**
     * An acknowledgement.
     *
     * @param id of which event
     * @param begun when the client sent it
     * @param ended when it had the answer, or had given up
     * @param status the answer's status; 0: there was none
     */
    record Ack(String id, long begun, long ended, int status) {

    }

    /**
     * An endpoint.
     *
     * @param name its name
     * @param organization whose
     * @param ordered whether it takes one event after the other
     * @param schedule attempts that it is given
     */
    record Target(String name, String organization, boolean ordered, int schedule) {

    }

    /**
     * A request that a receiver got.
     *
     * @param id the event that it carried
     * @param target the endpoint that it was for
     * @param begun when it had arrived
     * @param ended when it had been answered
     * @param status the answer's status; 0: there was none
     */
    record Receipt(String id, String target, long begun, long ended, int status) {

        boolean taken() {
            return this.status / 100 == 2;
        }

    }

    /**
     * An event in the database.
     *
     * @param id its id
     * @param organization whose
     * @param dedupId the client's word for it
     * @param payload what it carries
     */
    record Stored(String id, String organization, @Nullable String dedupId, String payload) {

    }

    /**
     * An attempt in the database.
     *
     * @param id of which event
     * @param target to which endpoint
     * @param number its number
     * @param outcome how it ended: d delivered, r to be retried, f failed for good
     * @param error the code of what it failed for
     */
    record Attempt(String id, String target, int number, char outcome, @Nullable String error) {

        /** The receiver had answered nothing when the time for it was over. */
        boolean late() {
            return "response_timeout".equals(this.error);
        }

    }

    /**
     * What a reader got of a log, from its earliest event to its end.
     *
     * @param organization whose log
     * @param ids of the events, in the order in which it got them
     */
    record Reading(String organization, List<String> ids) {

    }

    /**
     * An event that was leased to a consumer.
     *
     * @param id the event
     * @param consumer who got it
     * @param begun when it asked
     * @param ended when it had the answer: from then on the event was its own
     * @param until when the lease was over, or the consumer began to give it up
     */
    record Grant(String id, String consumer, long begun, long ended, long until) {

    }

    /**
     * What was done to the service, and makes repeats of what was under way.
     *
     * @param what it was
     * @param begun when it began
     * @param ended when it was over
     */
    record Disturbance(String what, long begun, long ended) {

    }

}
