package dev.triggers.statistics;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * How many attempts took how long. Milliseconds up to 15 have a bin each; from there on
 * eight bins share each doubling, up to a minute. Two of these, of whatever minutes and
 * instances, add up to what one of all attempts would be; a percentile is off by a
 * sixteenth at the most.
 */
final class Durations {

    static final Durations NONE = new Durations(new int[0]);

    private static final int EXACT = 16;

    private static final int SHARE_BITS = 3;

    private static final int FIRST_DOUBLING = 4;

    private static final int DOUBLINGS = 12;

    static final int BINS = EXACT + (DOUBLINGS << SHARE_BITS);

    /** As long as its last bin that is not empty. */
    private final int[] counts;

    private Durations(int[] counts) {
        this.counts = counts;
    }

    /** As they were counted, by the bin. */
    static Durations of(int[] counts) {
        int length = counts.length;
        while (length > 0 && counts[length - 1] == 0) {
            length--;
        }
        return new Durations(Arrays.copyOf(counts, length));
    }

    /** Those of one attempt. */
    static Durations one(long millis) {
        int[] counts = new int[bin(millis) + 1];
        counts[counts.length - 1] = 1;
        return new Durations(counts);
    }

    static int bin(long millis) {
        if (millis < EXACT) {
            return (int) Math.max(0, millis);
        }
        int doubling = Long.SIZE - 1 - Long.numberOfLeadingZeros(millis);
        int share = (int) (millis >>> (doubling - SHARE_BITS)) & ((1 << SHARE_BITS) - 1);
        return Math.min(BINS - 1, EXACT + ((doubling - FIRST_DOUBLING) << SHARE_BITS) + share);
    }

    /** What stands for all durations of the bin: the middle between its ends. */
    static int middle(int bin) {
        if (bin < EXACT) {
            return bin;
        }
        int doubling = FIRST_DOUBLING + ((bin - EXACT) >> SHARE_BITS);
        int share = (bin - EXACT) & ((1 << SHARE_BITS) - 1);
        int width = 1 << (doubling - SHARE_BITS);
        return ((1 << SHARE_BITS) + share) * width + (width - 1) / 2;
    }

    Durations plus(Durations other) {
        int[] sum = Arrays.copyOf(this.counts, Math.max(this.counts.length, other.counts.length));
        for (int i = 0; i < other.counts.length; i++) {
            sum[i] = (int) Math.min(Integer.MAX_VALUE, (long) sum[i] + other.counts[i]);
        }
        return new Durations(sum);
    }

    /**
     * The shortest duration, in milliseconds, that at least this share of the attempts
     * kept to; null without any.
     */
    @Nullable Integer percentile(double share) {
        long total = 0;
        for (int count : this.counts) {
            total += count;
        }
        if (total == 0) {
            return null;
        }
        long rank = Math.max(1, (long) Math.ceil(share * total));
        int bin = 0;
        for (long seen = this.counts[0]; seen < rank; seen += this.counts[bin]) {
            bin++;
        }
        return middle(bin);
    }

    @Nullable Integer p50() {
        return percentile(0.5);
    }

    @Nullable Integer p95() {
        return percentile(0.95);
    }

    /** As the database takes an array. */
    String text() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < this.counts.length; i++) {
            text.append((i > 0) ? "," : "").append(this.counts[i]);
        }
        return text.append('}').toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Durations that && Arrays.equals(this.counts, that.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(this.counts);
    }

    @Override
    public String toString() {
        return text();
    }

}
