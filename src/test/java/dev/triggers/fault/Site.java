package dev.triggers.fault;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

import dev.triggers.support.Api;
import dev.triggers.support.PostgresCluster;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Instances of the service on a PostgreSQL of their own, each behind a wire of its own.
 */
final class Site implements AutoCloseable {

    static final String DATABASE = "site";

    /** Far more files than are ever open. */
    static final int FILES = 4096;

    private final @Nullable Enclosure enclosure = Enclosure.open().orElse(null);

    private volatile PostgresCluster cluster;

    private final List<Wire> wires = new ArrayList<>();

    private final List<ServiceProcess> instances = new ArrayList<>();

    private final UnaryOperator<String> way;

    private final Map<String, String> settings;

    private final Random random;

    Site(int instances, Map<String, String> settings, long seed) {
        this(PostgresCluster.start(), instances, settings, seed);
    }

    Site(PostgresCluster cluster, int instances, Map<String, String> settings, long seed) {
        this(cluster, UnaryOperator.identity(), instances, settings, seed);
    }

    /**
     * Starts instances.
     * @param cluster the server
     * @param way makes of its address the one that instances use
     */
    Site(PostgresCluster cluster, UnaryOperator<String> way, int instances, Map<String, String> settings, long seed) {
        this.cluster = cluster;
        this.way = way;
        this.settings = settings;
        this.random = new Random(seed);
        this.cluster.createDatabase(DATABASE);
        for (int i = 0; i < instances; i++) {
            this.wires.add(new Wire(this.way.apply(this.cluster.url(DATABASE))));
            this.instances.add(begin(i, Map.of()));
        }
        try {
            awaitReady();
        }
        catch (RuntimeException ex) {
            close();
            throw ex;
        }
    }

    private ServiceProcess begin(int number, Map<String, String> further) {
        Map<String, String> all = new HashMap<>(this.settings);
        all.putAll(further);
        if (this.enclosure == null) {
            return ServiceProcess.start(this.wires.get(number).url(), all);
        }
        all.put("JDK_JAVA_OPTIONS", this.enclosure.options());
        return ServiceProcess.start(this.wires.get(number).url(), all, this.enclosure::around);
    }

    /** Empty where there can be none. */
    Optional<Enclosure> enclosure() {
        return Optional.ofNullable(this.enclosure);
    }

    /** A name of this machine, as the instances know it. */
    String host() {
        return (this.enclosure != null) ? "receiver.test" : "localhost";
    }

    /** Leads all wires to another server, which then is the database. */
    void moveTo(PostgresCluster next) {
        this.wires.forEach((wire) -> {
            wire.leadTo(this.way.apply(next.url(DATABASE)));
            wire.reset();
        });
        this.cluster = next;
    }

    PostgresCluster cluster() {
        return this.cluster;
    }

    /** The database past all wires. */
    JdbcClient jdbc() {
        String url = this.cluster.url(DATABASE);
        return JdbcClient.create(new DriverManagerDataSource("jdbc:postgresql://" + url.substring(url.indexOf('@') + 1),
                "postgres", "postgres"));
    }

    int size() {
        return this.instances.size();
    }

    ServiceProcess instance(int number) {
        synchronized (this.instances) {
            return this.instances.get(number);
        }
    }

    Wire wire(int number) {
        return this.wires.get(number);
    }

    /** One of them, as a client that knows several addresses would choose. */
    Api any() {
        synchronized (this.instances) {
            return this.instances.get(this.random.nextInt(this.instances.size())).api();
        }
    }

    /** The last of them, whose clock is right. */
    Api last() {
        synchronized (this.instances) {
            return this.instances.getLast().api();
        }
    }

    /** Does without the first of them. */
    void loseFirst() {
        synchronized (this.instances) {
            this.instances.removeFirst().close();
            this.wires.removeFirst().close();
        }
    }

    /** Puts another process into the place of one that has ended. */
    void replace(int number, Map<String, String> further) {
        ServiceProcess next = begin(number, further);
        next.awaitReady();
        ServiceProcess before;
        synchronized (this.instances) {
            before = this.instances.set(number, next);
        }
        before.close();
    }

    /** Waits until all are ready. */
    void awaitReady() {
        this.instances.forEach(ServiceProcess::awaitReady);
    }

    @Override
    public void close() {
        this.instances.forEach(ServiceProcess::close);
        this.wires.forEach(Wire::close);
        this.cluster.close();
        if (this.enclosure != null) {
            this.enclosure.close();
        }
    }

}
