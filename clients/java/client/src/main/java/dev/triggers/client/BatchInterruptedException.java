package dev.triggers.client;

import java.util.List;

/** A part of a batch was not answered. Sending {@link #remaining()} again stores none twice. */
public final class BatchInterruptedException extends TriggersException {

    private static final long serialVersionUID = 1L;

    private final transient List<BatchItem> results;

    private final transient List<Event> remaining;

    BatchInterruptedException(Throwable cause, List<BatchItem> results, List<Event> remaining) {
        super(remaining.size() + " of " + results.size() + " events are not known to be stored: " + cause.getMessage(), cause);
        this.results = List.copyOf(results);
        this.remaining = List.copyOf(remaining);
    }

    /** What is known of each event, by index. */
    public List<BatchItem> results() {
        return this.results;
    }

    /** The events that are unknown or unsent, with the dedup ids that they were sent with. */
    public List<Event> remaining() {
        return this.remaining;
    }

}
