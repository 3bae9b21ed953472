import java.util.Arrays;

/**
 * What happened to each event and when, by its identifier: when it was to be posted, when its accepting answer was
 * there, when it was received first, and how often. All times are readings of {@link System#nanoTime()} in this one
 * process, so they can be compared.
 */
final class Ledger {

    private static final int SLOT = 5;

    private static final long NEVER = Long.MIN_VALUE;

    /** Identifier (2), scheduled, answered, received. */
    private long[] slots;

    private int[] receipts;

    private int used;

    private int received;

    private long lastReceipt;

    Ledger() {
        clear();
    }

    synchronized void clear() {
        allocate(1 << 17);
        this.received = 0;
        this.lastReceipt = 0;
    }

    synchronized void answered(long high, long low, long scheduled, long now) {
        int slot = slot(high, low);
        this.slots[slot + 2] = scheduled;
        this.slots[slot + 3] = now;
    }

    synchronized void received(long high, long low, long now) {
        int slot = slot(high, low);
        if (this.receipts[slot / SLOT]++ == 0) {
            this.slots[slot + 4] = now;
            this.received++;
            this.lastReceipt = now;
            notifyAll();
        }
    }

    synchronized boolean await(int count, long millis) throws InterruptedException {
        long until = System.nanoTime() + millis * 1_000_000L;
        while (this.received < count) {
            long left = (until - System.nanoTime()) / 1_000_000L;
            if (left <= 0) {
                return false;
            }
            wait(Math.min(left, 100));
        }
        return true;
    }

    /**
     * Compares what was accepted with what was received.
     */
    synchronized Json match() {
        long first = Long.MAX_VALUE;
        for (int slot = 0; slot < this.slots.length; slot += SLOT) {
            if (used(slot) && this.slots[slot + 3] != NEVER) {
                first = Math.min(first, this.slots[slot + 2]);
            }
        }
        Histogram fromAnswer = new Histogram();
        Histogram fromPost = new Histogram();
        Timeline timeline = new Timeline(first);
        int accepted = 0;
        int missing = 0;
        int twice = 0;
        int foreign = 0;
        for (int slot = 0; slot < this.slots.length; slot += SLOT) {
            if (!used(slot)) {
                continue;
            }
            twice += (this.receipts[slot / SLOT] > 1) ? 1 : 0;
            if (this.slots[slot + 3] == NEVER) {
                foreign++;
                continue;
            }
            accepted++;
            if (this.slots[slot + 4] == NEVER) {
                missing++;
                continue;
            }
            fromAnswer.record(this.slots[slot + 4] - this.slots[slot + 3]);
            fromPost.record(this.slots[slot + 4] - this.slots[slot + 2]);
            timeline.record(this.slots[slot + 4], this.slots[slot + 4] - this.slots[slot + 2]);
        }
        double seconds = (this.lastReceipt - first) / 1e9;
        return new Json().put("accepted", accepted)
            .put("received", this.received)
            .put("missing", missing)
            .put("twice", twice)
            .put("foreign", foreign)
            .put("seconds", seconds)
            .put("rate", (accepted - missing) / seconds)
            .put("from_answer", fromAnswer.toJson())
            .put("from_post", fromPost.toJson())
            .put("timeline", timeline.toJson());
    }

    private boolean used(int slot) {
        return (this.slots[slot] | this.slots[slot + 1]) != 0;
    }

    private int slot(long high, long low) {
        if (this.used * 2 > this.receipts.length) {
            grow();
        }
        int mask = this.receipts.length - 1;
        long hash = (high ^ low) * 0x9E3779B97F4A7C15L;
        for (int i = (int) (hash >>> 32) & mask;; i = (i + 1) & mask) {
            int slot = i * SLOT;
            if (!used(slot)) {
                this.slots[slot] = high;
                this.slots[slot + 1] = low;
                this.used++;
                return slot;
            }
            if (this.slots[slot] == high && this.slots[slot + 1] == low) {
                return slot;
            }
        }
    }

    private void grow() {
        long[] slots = this.slots;
        int[] receipts = this.receipts;
        allocate(receipts.length * 2);
        for (int from = 0; from < slots.length; from += SLOT) {
            if ((slots[from] | slots[from + 1]) != 0) {
                int to = slot(slots[from], slots[from + 1]);
                System.arraycopy(slots, from, this.slots, to, SLOT);
                this.receipts[to / SLOT] = receipts[from / SLOT];
            }
        }
    }

    private void allocate(int capacity) {
        this.used = 0;
        this.receipts = new int[capacity];
        this.slots = new long[capacity * SLOT];
        Arrays.fill(this.slots, NEVER);
        for (int slot = 0; slot < this.slots.length; slot += SLOT) {
            this.slots[slot] = 0;
            this.slots[slot + 1] = 0;
        }
    }

}
