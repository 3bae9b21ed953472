package dev.triggers.client;

import java.util.List;

/**
 * A batch of which each event was answered.
 *
 * @param results by index
 */
public record BatchSent(List<BatchItem> results) {

    /** Copied. */
    public BatchSent {
        results = List.copyOf(results);
    }

    /** How many are stored. */
    public int accepted() {
        return count(BatchItem.Status.ACCEPTED);
    }

    /** How many were stored before. */
    public int duplicates() {
        return count(BatchItem.Status.DUPLICATE);
    }

    /** How many were refused. */
    public int rejected() {
        return count(BatchItem.Status.REJECTED);
    }

    private int count(BatchItem.Status status) {
        return (int) this.results.stream().filter((item) -> item.status() == status).count();
    }

}
