package dev.triggers.support;

import java.time.Duration;

/**
 * How late a thread comes that only wants to run: what a busy machine adds, and not the
 * service.
 */
public final class Pulse implements AutoCloseable {

    private static final Duration BEAT = Duration.ofMillis(5);

    /** A request waits for its client, for the service and for the database. */
    private static final int TURNS = 6;

    private final Thread thread = Thread.ofPlatform().daemon().name("pulse").start(this::beat);

    private volatile long latest;

    private void beat() {
        try {
            while (true) {
                long before = System.nanoTime();
                Thread.sleep(BEAT);
                long late = System.nanoTime() - before - BEAT.toNanos();
                this.latest = Math.max(this.latest, late);
            }
        }
        catch (InterruptedException ex) {
            // the end
        }
    }

    /**
     * The time that the service promises, and what the machine may have added to it.
     */
    public Duration allow(Duration promised) {
        return promised.plusNanos(TURNS * this.latest);
    }

    @Override
    public void close() {
        this.thread.interrupt();
    }

}
