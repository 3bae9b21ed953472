package dev.triggers.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells from one look after the other which instances have ended: whose lock stayed free,
 * or whose beat stood still, for longer than one that lives would let it. Who lives needs
 * a moment to take its lock again after the server lost all of them.
 */
class InstanceWatch {

    /** How long a lock is free until its instance counts as ended. */
    static final Duration LOCK = Duration.ofMillis(1_200);

    /** How long a beat stands still until then. */
    static final Duration BEAT = Duration.ofMillis(3_500);

    /**
     * What holds one look up for longer, the server or this process, may have held up
     * somebody else's beats, too.
     */
    static final Duration HELD_UP = Duration.ofSeconds(2);

    private final Map<Integer, Doubt> doubts = new HashMap<>();

    private long lastAnswered;

    /**
     * Takes a look in.
     * @param rows what it showed
     * @param trusted whether locks are free only where somebody has ended
     * @param asked when it was asked for, by {@link System#nanoTime()}
     * @param answered when it was there
     * @return those that have ended, as of this look
     */
    List<InstanceRow> ended(List<InstanceRow> rows, boolean trusted, long asked, long answered) {
        this.doubts.keySet().removeIf((number) -> rows.stream().noneMatch((row) -> row.number() == number));
        if (answered - this.lastAnswered > HELD_UP.toNanos()) {
            this.doubts.values().removeIf((doubt) -> doubt.row.beating());
        }
        this.lastAnswered = answered;
        List<InstanceRow> ended = new ArrayList<>(0);
        for (InstanceRow row : rows) {
            if (row.ended() || !trusted || !(row.free() || row.beating())) {
                this.doubts.remove(row.number());
                continue;
            }
            Doubt doubt = this.doubts.get(row.number());
            if (doubt == null || !row.hasNotMovedSince(doubt.row)) {
                this.doubts.put(row.number(), new Doubt(row, answered));
            }
            else if (asked - doubt.since >= (row.beating() ? BEAT : LOCK).toNanos()) {
                ended.add(row);
            }
        }
        return ended;
    }

    /**
     * What gave rise to a doubt, and since when there is one.
     */
    private record Doubt(InstanceRow row, long since) {

    }

}
