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

import dev.triggers.fault.NameServer.Manner;
import dev.triggers.support.PostgresCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is done to a site, and what then may come again.
 */
enum Fault {

    RECEIVERS_ROGUE("receivers hang, drip, reset, and lie", 3) {

        @Override
        void strike(Site site, Customers customers, Random random, boolean full) {
            customers.annoy(full ? 50 : 3);
        }

    },

    INSTANCE_FROZEN("an instance is frozen (SIGSTOP) for longer than its leases", 3) {

        @Override
        void strike(Site site, Customers customers, Random random, boolean full) {
            int victim = random.nextInt(site.size());
            long struck = System.nanoTime();
            site.instance(victim).freeze();
            rest(random, full ? 33_000 : SHORT, full ? 36_000 : SHORT);
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
            rest(random, SHORT, full ? 15_000 : SHORT);
            site.cluster().thaw();
            customers.disturbed("database frozen", struck, System.nanoTime());
        }

    },

    DATABASE_READ_ONLY("PostgreSQL takes no writes for a while", 3) {

        @Override
        void strike(Site site, Customers customers, Random random, boolean full) {
            long struck = System.nanoTime();
            readOnly(site, "on");
            rest(random, SHORT, full ? 10_000 : SHORT);
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

    DATABASE_FAILED_OVER("the database fails over to a standby, which takes no writes at first", 3) {

        @Override
        void strike(Site site, Customers customers, Random random, boolean full) {
            PostgresCluster before = site.cluster();
            PostgresCluster standby = PostgresCluster.standbyOf(before);
            before.sql("postgres", "alter system set synchronous_standby_names = '*'");
            before.sql("postgres", "select pg_reload_conf()");
            await().atMost(Duration.ofSeconds(30))
                .until(() -> before.sql("postgres", "select sync_state from pg_stat_replication").equals("sync"));
            long struck = System.nanoTime();
            site.moveTo(standby);
            rest(random, SHORT, full ? 8_000 : SHORT);
            before.close();
            standby.promote();
            customers.disturbed("failover", struck, System.nanoTime());
        }

    },

    NAMES_WRONG("the name server is silent, denies, is slow, and lies", 2) {

        @Override
        void strike(Site site, Customers customers, Random random, boolean full) {
            Enclosure enclosure = site.enclosure().orElseThrow();
            customers.keepNoConnections(true);
            for (Manner manner : Manner.values()) {
                enclosure.names(manner);
                rest(random, full ? 3_000 : SHORT / 2, full ? 8_000 : SHORT / 2);
            }
            enclosure.names(Manner.HONEST);
            customers.keepNoConnections(false);
        }

        @Override
        boolean isPossible(Site site) {
            return site.enclosure().isPresent();
        }

    },

    TEMPORARY_FOLDER_FULL("the root is read-only, and there is no room for temporary files", 2) {

        @Override
        void strike(Site site, Customers customers, Random random, boolean full) {
            Enclosure enclosure = site.enclosure().orElseThrow();
            enclosure.fill();
            rest(random, SHORT, full ? 8_000 : SHORT);
            enclosure.clear();
        }

        @Override
        boolean isPossible(Site site) {
            return site.enclosure().isPresent();
        }

    },

    CROWDED("900 connections are idle, 60 slow, half closed or deaf, and 10,000 come and go", 3) {

        @Override
        void strike(Site site, Customers customers, Random random, boolean full) {
            int victim = random.nextInt(site.size());
            try (Crowd crowd = new Crowd(site.instance(victim).port())) {
                crowd.idle(full ? 900 : 300);
                crowd.slow(20);
                crowd.half(20);
                crowd.deaf(20);
                crowd.comeAndGo(full ? 10_000 : 1_000);
                rest(random, SHORT, full ? 8_000 : SHORT);
            }
        }

    },

    FILES_USED_UP("an instance may open no more files and connections", 3) {

        @Override
        void strike(Site site, Customers customers, Random random, boolean full) {
            int victim = random.nextInt(site.size());
            site.instance(victim).limitFiles(10);
            rest(random, SHORT, full ? 8_000 : SHORT);
            site.instance(victim).limitFiles(Site.FILES);
        }

    },

    INSTANCES_ROLLED("instances are stopped (SIGTERM) and replaced, one after the other", 17) {

        @Override
        void strike(Site site, Customers customers, Random random, boolean full) {
            for (int i = 0; i < site.size(); i++) {
                site.instance(i).terminate();
                site.instance(i).awaitExit(Duration.ofSeconds(30));
                site.replace(i, Map.of());
            }
        }

    },

    HEAP_FULL("an instance has no memory left, dies of it, and is started again", 3) {

        @Override
        void strike(Site site, Customers customers, Random random, boolean full) {
            int victim = full ? random.nextInt(site.size()) : 0;
            long struck = System.nanoTime();
            site.instance(victim).leak();
            assertThat(site.instance(victim).awaitExit(Duration.ofSeconds(60))).isEqualTo(OUT_OF_MEMORY);
            customers.disturbed("heap full", struck, System.nanoTime());
            if (full) {
                site.replace(victim, Map.of());
            }
            else {
                site.loseFirst();
            }
        }

    },

    INSTANCE_KILLED("an instance is killed (SIGKILL) and started again", 20) {

        @Override
        void strike(Site site, Customers customers, Random random, boolean full) {
            int victim = random.nextInt(site.size());
            long struck = System.nanoTime();
            site.instance(victim).kill();
            customers.disturbed("kill", struck, System.nanoTime());
            site.replace(victim, Map.of());
        }

    },

    CLOCK_WRONG("an instance's clock is an hour off, either way", 2) {

        @Override
        void strike(Site site, Customers customers, Random random, boolean full) {
            for (String offset : new String[] { "+1h", "-1h" }) {
                site.instance(0).terminate();
                site.instance(0).awaitExit(Duration.ofSeconds(30));
                // With its fix for waits by the monotonic clock, each such wait of a JVM
                // ends
                // at once, and is begun again
                site.replace(0, Map.of("LD_PRELOAD", FAKETIME.toString(), "FAKETIME", offset,
                        "FAKETIME_DONT_FAKE_MONOTONIC", "1", "FAKETIME_FORCE_MONOTONIC_FIX", "0"));
                rest(random, 3_000, 6_000);
            }
            site.instance(0).terminate();
            site.instance(0).awaitExit(Duration.ofSeconds(30));
            site.replace(0, Map.of());
        }

        @Override
        boolean isPossible(Site site) {
            return Files.exists(FAKETIME);
        }

    };

    private static final Path FAKETIME = faketime();

    /** Milliseconds, where all is done once. */
    private static final int SHORT = 600;

    /** The status with which the JVM then exits. */
    private static final int OUT_OF_MEMORY = 3;

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

    /** Whether this machine, and who runs this, can do it. */
    boolean isPossible(Site site) {
        return true;
    }

    /**
     * Whether it takes so long that it is done only where nothing else is: what starts
     * servers and instances. That instances are killed and stopped is tried by other
     * tests too.
     */
    boolean isLong() {
        return switch (this) {
            case CLOCK_WRONG, INSTANCES_ROLLED, INSTANCE_KILLED, DATABASE_FAILED_OVER -> true;
            default -> false;
        };
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
        rest(random, SHORT, full ? 12_000 : SHORT);
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
