package dev.triggers.fault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dev.triggers.TriggersApplication;

/**
 * The service with a leak, which opens when a byte comes in.
 */
final class Leak {

    private static final int PIECE = 128 * 1024;

    private static final List<byte[]> kept = new ArrayList<>();

    private Leak() {
    }

    public static void main(String[] args) {
        Thread.ofPlatform().daemon().start(Leak::open);
        TriggersApplication.main(args);
    }

    private static void open() {
        try {
            while (System.in.read() >= 0) {
                fill();
            }
        }
        catch (IOException ex) {
            // nobody is there who could open it
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /** The last of it slowly, so that it is those who work that find no room. */
    private static void fill() throws InterruptedException {
        while (true) {
            kept.add(new byte[PIECE]);
            if (free() < 16L * PIECE) {
                Thread.sleep(20);
            }
        }
    }

    private static long free() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    }

}
