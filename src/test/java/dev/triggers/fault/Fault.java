package dev.triggers.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;

/**
 * What is done to a site, and what then may come again.
 */
enum Fault {

    INSTANCE_FROZEN("an instance is frozen (SIGSTOP) for longer than its leases", 3) {

        @Override
        void strike(Site site, Customers customers, Random random, boolean full) {
            int victim = random.nextInt(site.size());
            long struck = System.nanoTime();
            site.instance(victim).freeze();
            rest(random, full ? 33_000 : 1_500, full ? 36_000 : 1_500);
            site.instance(victim).thaw();
            customers.disturbed("freeze", struck, System.nanoTime());
        }

    },

    DATABASE_KILLED("PostgreSQL dies and is started again", 5) {

        @Override
        void strike(Site site, Customers customers, Random random, boolean full) {
            long struck = System.nanoTime();
            site.cluster().kill();
            rest(random, 0, full ? 3_000 : 0);
            site.cluster().restart();
            customers.disturbed("database away", struck, System.nanoTime());
        }

    },

    DATABASE_RESTARTED("PostgreSQL is restarted", 5) {

        @Override
        void strike(Site site, Customers customers, Random random, boolean full) {
            long struck = System.nanoTime();
            site.cluster().stop();
            site.cluster().restart();
            customers.disturbed("database away", struck, System.nanoTime());
        }

    },

    DATABASE_FROZEN("PostgreSQL is frozen (SIGSTOP)", 3) {

        @Override
        void strike(Site site, Customers customers, Random random, boolean full) {
            long struck = System.nanoTime();
            site.cluster().freeze();
            rest(random, 2_500, full ? 15_000 : 2_500);
            site.cluster().thaw();
            customers.disturbed("database frozen", struck, System.nanoTime());
        }

    },

    DATABASE_READ_ONLY("PostgreSQL takes no writes for a while", 3) {

        @Override
        void strike(Site site, Customers customers, Random random, boolean full) {
            long struck = System.nanoTime();
            readOnly(site, "on");
            rest(random, 1_000, full ? 10_000 : 1_000);
            readOnly(site, "off");
            customers.disturbed("read-only", struck, System.nanoTime());
        }

        private void readOnly(Site site, String value) {
            site.cluster()
                .sql("postgres", "alter database " + Site.DATABASE + " set default_transaction_read_only = " + value);
            site.cluster()
                .sql("postgres", "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
                        + Site.DATABASE + "'");
        }

    },

    NETWORK_CUT("the network to the database is cut", 4) {

        @Override
        void strike(Site site, Customers customers, Random random, boolean full) {
            breakWire(site, customers, random, full, Wire::cut);
        }

    },

    NETWORK_RESET("connections to the database are reset", 4) {

        @Override
        void strike(Site site, Customers customers, Random random, boolean full) {
            breakWire(site, customers, random, full, Wire::reset);
        }

    },

    NETWORK_HALF_CLOSED("connections to the database are half closed", 4) {

        @Override
        void strike(Site site, Customers customers, Random random, boolean full) {
            breakWire(site, customers, random, full, Wire::halfClose);
        }

    },

    DATABASE_HEARS_NOTHING("nothing arrives at the database", 4) {

        @Override
        void strike(Site site, Customers customers, Random random, boolean full) {
            breakWire(site, customers, random, full, (wire) -> wire.silence(true, false));
        }

    },

    INSTANCE_HEARS_NOTHING("nothing arrives from the database", 4) {

        @Override
        void strike(Site site, Customers customers, Random random, boolean full) {
            breakWire(site, customers, random, full, (wire) -> wire.silence(false, true));
        }

    },

    NETWORK_SLOW("the network to the database takes 50 ms each way", 4) {

        @Override
        void strike(Site site, Customers customers, Random random, boolean full) {
            breakWire(site, customers, random, full, (wire) -> wire.delay(Duration.ofMillis(50)));
        }

    },

    INSTANCES_ROLLED("instances are stopped (SIGTERM) and replaced, one after the other", 10) {

        @Override
        void strike(Site site, Customers customers, Random random, boolean full) {
            for (int i = 0; i < (full ? site.size() : 1); i++) {
                site.instance(i).terminate();
                site.instance(i).awaitExit(Duration.ofSeconds(30));
                site.replace(i, Map.of());
            }
        }

    },

    INSTANCE_KILLED("an instance is killed (SIGKILL) and started again", 20) {

        @Override
        void strike(Site site, Customers customers, Random random, boolean full) {
            int victim = full ? random.nextInt(site.size()) : 0;
            long struck = System.nanoTime();
            site.instance(victim).kill();
            customers.disturbed("kill", struck, System.nanoTime());
            if (full) {
                site.replace(victim, Map.of());
            }
            else {
                site.loseFirst();
            }
        }

    },

    CLOCK_WRONG("an instance's clock is an hour off, either way", 2) {

        @Override
        void strike(Site site, Customers customers, Random random, boolean full) {
            Assumptions.assumeTrue(Files.exists(FAKETIME), "Debian's package faketime is missing");
            for (String offset : new String[] { "+1h", "-1h" }) {
                site.instance(0).terminate();
                site.instance(0).awaitExit(Duration.ofSeconds(30));
                site.replace(0, Map.of("LD_PRELOAD", FAKETIME.toString(), "FAKETIME", offset,
                        "FAKETIME_DONT_FAKE_MONOTONIC", "1"));
                rest(random, 3_000, 6_000);
            }
            site.instance(0).terminate();
            site.instance(0).awaitExit(Duration.ofSeconds(30));
            site.replace(0, Map.of());
        }

    };

    private static final Path FAKETIME = faketime();

    private final String words;

    private final int times;

    Fault(String words, int times) {
        this.words = words;
        this.times = times;
    }

    abstract void strike(Site site, Customers customers, Random random, boolean full);

    /** How often it takes to meet what is rare. */
    int times() {
        return this.times;
    }

    /** Whether it takes so long that it is done only where nothing else is. */
    boolean isLong() {
        return this == CLOCK_WRONG || this == INSTANCES_ROLLED;
    }

    @Override
    public String toString() {
        return this.words;
    }

    private static Path faketime() {
        try (Stream<Path> found = Files.find(Path.of("/usr/lib"), 4,
                (path, attributes) -> path.endsWith("faketime/libfaketimeMT.so.1"))) {
            return found.findFirst().orElse(Path.of("/nowhere"));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static void breakWire(Site site, Customers customers, Random random, boolean full,
            Consumer<Wire> breaking) {
        int victim = random.nextInt(site.size());
        long struck = System.nanoTime();
        breaking.accept(site.wire(victim));
        rest(random, 1_500, full ? 12_000 : 1_500);
        site.wire(victim).repair();
        customers.disturbed("network", struck, System.nanoTime());
    }

    static void rest(Random random, int least, int most) {
        try {
            Thread.sleep(least + random.nextInt(most - least + 1));
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

}
