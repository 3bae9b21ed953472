package dev.triggers.database;

import org.jspecify.annotations.Nullable;

/**
 * Where the statements of a thread go: to the server that takes what is stored, or, for
 * as long as a reading says so, to its replica.
 */
public final class ReadRoute {

    private static final ScopedValue<Long> REPLICA = ScopedValue.newInstance();

    private ReadRoute() {
    }

    /** Whether what this thread reads now comes from the replica. */
    public static boolean leadsToReplica() {
        return REPLICA.isBound();
    }

    /**
     * How far the log may be read there. What waits for a standby to confirm it is
     * visible there before it is at the primary: a cursor behind that would be ahead of
     * the log.
     */
    public static long logHorizon() {
        return REPLICA.orElse(Long.MAX_VALUE);
    }

    /**
     * Leads what is read to the replica. Nothing may be stored meanwhile.
     * @param logHorizon how far the log has come at the primary
     */
    public static <T extends @Nullable Object, X extends Throwable> T toReplica(long logHorizon,
            ScopedValue.CallableOp<? extends T, X> reading) throws X {
        return ScopedValue.where(REPLICA, logHorizon).call(reading);
    }

}
