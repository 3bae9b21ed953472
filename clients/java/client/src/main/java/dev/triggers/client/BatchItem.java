package dev.triggers.client;

/**
 * What became of an event of a batch.
 *
 * @param index in the batch
 * @param status what is known
 * @param id of the stored event, or null
 * @param error why it was rejected, or null
 * @param dedupId that it was sent with, or null
 * @param repeated whether an earlier request of this call had stored it already
 */
public record BatchItem(int index, Status status, String id, String error, String dedupId, boolean repeated) {

    /** What is known of an event; the last two only in a {@link BatchInterruptedException}. */
    public enum Status {

        /** Stored. */
        ACCEPTED,
        /** Stored before. */
        DUPLICATE,
        /** Refused. */
        REJECTED,
        /** Not answered: it may be stored. */
        UNKNOWN,
        /** Not stored. */
        UNSENT

    }

    BatchItem with(Status now) {
        return new BatchItem(this.index, now, this.id, this.error, this.dedupId, this.repeated);
    }

}
