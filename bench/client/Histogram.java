/**
 * Counts durations in buckets that are never wider than 1.6 % of their value, from a microsecond to days, in a fixed
 * amount of memory. It is filled by one thread.
 */
final class Histogram {

    private static final int BITS = 6;

    private final int[] counts = new int[(64 - BITS) << BITS];

    private long total;

    private long sum;

    private long max;

    void record(long nanos) {
        long micros = Math.max(0, nanos / 1_000);
        this.counts[index(micros)]++;
        this.total++;
        this.sum += micros;
        this.max = Math.max(this.max, micros);
    }

    long total() {
        return this.total;
    }

    /** In milliseconds; what a bucket holds is taken to lie at its upper end. */
    double percentile(double percent) {
        long wanted = Math.max(1, (long) Math.ceil(this.total * percent / 100));
        long seen = 0;
        for (int i = 0; i < this.counts.length; i++) {
            seen += this.counts[i];
            if (seen >= wanted) {
                return Math.min(this.max, upper(i)) / 1_000.0;
            }
        }
        return this.max / 1_000.0;
    }

    Json toJson() {
        Json json = new Json().put("count", this.total);
        if (this.total > 0) {
            json.put("mean", this.sum / 1_000.0 / this.total);
            json.put("p50", percentile(50));
            json.put("p95", percentile(95));
            json.put("p99", percentile(99));
            json.put("p999", percentile(99.9));
            json.put("max", this.max / 1_000.0);
        }
        return json;
    }

    private static int index(long micros) {
        int exponent = 63 - Long.numberOfLeadingZeros(micros | (1L << BITS)) - BITS;
        return (exponent << BITS) + (int) (micros >>> exponent);
    }

    private static long upper(int index) {
        if (index < 2 << BITS) {
            return index;
        }
        int exponent = (index >>> BITS) - 1;
        long lower = (long) ((index & ((1 << BITS) - 1)) | (1 << BITS)) << exponent;
        return lower + (1L << exponent) - 1;
    }

}
