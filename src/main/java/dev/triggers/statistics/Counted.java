package dev.triggers.statistics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * Counts that are yet to be written down: a bounded number, for one thread at a time.
 *
 * @param <K> what is counted together
 * @param <C> a count
 */
final class Counted<K, C> {

    /** Some four megabytes, if all are taken. */
    static final int MOST = 10_000;

    private final BinaryOperator<C> sum;

    private Map<K, C> counts = new HashMap<>();

    Counted(BinaryOperator<C> sum) {
        this.sum = sum;
    }

    /**
     * Adds to what is counted together.
     * @return false if there is no room for it
     */
    boolean add(K key, C count) {
        if (this.counts.size() >= MOST && !this.counts.containsKey(key)) {
            return false;
        }
        this.counts.merge(key, count, this.sum);
        return true;
    }

    List<C> take() {
        List<C> taken = new ArrayList<>(this.counts.values());
        this.counts = new HashMap<>();
        return taken;
    }

}
