package dev.triggers.fault;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.triggers.support.Api;
import dev.triggers.support.PostgresCluster;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Instances of the service on a PostgreSQL of their own, each behind a wire of its own.
 */
final class Site implements AutoCloseable {

    static final String DATABASE = "site";

    private final PostgresCluster cluster;

    private final List<Wire> wires = new ArrayList<>();

    private final List<ServiceProcess> instances = new ArrayList<>();

    private final Map<String, String> settings;

    private final Random random;

    Site(int instances, Map<String, String> settings, long seed) {
        this(PostgresCluster.start(), instances, settings, seed);
    }

    Site(PostgresCluster cluster, int instances, Map<String, String> settings, long seed) {
        this.cluster = cluster;
        this.settings = settings;
        this.random = new Random(seed);
        this.cluster.createDatabase(DATABASE);
        for (int i = 0; i < instances; i++) {
            this.wires.add(new Wire(this.cluster.url(DATABASE)));
            this.instances.add(begin(i, Map.of()));
        }
        this.instances.forEach(ServiceProcess::awaitReady);
    }

    private ServiceProcess begin(int number, Map<String, String> further) {
        Map<String, String> all = new HashMap<>(this.settings);
        all.putAll(further);
        return ServiceProcess.start(this.wires.get(number).url(), all);
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
    }

}
