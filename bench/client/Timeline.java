import java.util.ArrayList;
import java.util.List;

/**
 * A histogram for each second of a run.
 */
final class Timeline {

    private final long start;

    private final List<Histogram> seconds = new ArrayList<>();

    Timeline(long start) {
        this.start = start;
    }

    void record(long at, long nanos) {
        int second = (int) Math.max(0, (at - this.start) / 1_000_000_000L);
        while (this.seconds.size() <= second) {
            this.seconds.add(new Histogram());
        }
        this.seconds.get(second).record(nanos);
    }

    /** One line [count, p50, p95, p99] a second. */
    List<List<Object>> toJson() {
        return this.seconds.stream()
            .map((second) -> List.<Object>of(second.total(), second.percentile(50), second.percentile(95),
                    second.percentile(99)))
            .toList();
    }

}
