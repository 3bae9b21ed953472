package dev.triggers.fault;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;

import dev.triggers.support.Api;
import dev.triggers.support.DatabaseLink;
import dev.triggers.support.Operator;
import dev.triggers.support.Reply;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.awaitility.Awaitility.await;

/**
 * Two cells, each a site of its own, between which organizations move while one of them
 * fails.
 */
final class CellSites implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private static final String TOKEN = "operators-token";

    private final DatabaseLink toSeven = new DatabaseLink("cell://seven@localhost:1/");

    private final DatabaseLink toEight = new DatabaseLink("cell://eight@localhost:1/");

    private final Random random;

    private final Site seven;

    private final Site eight;

    /** Where the organizations live. */
    private Site home;

    CellSites(long seed) {
        this.random = new Random(seed);
        this.seven = new Site(1, settings("07"), seed);
        this.eight = new Site(1, settings("08"), seed);
        this.home = this.seven;
        lead();
    }

    private Map<String, String> settings(String digits) {
        Map<String, String> settings = new HashMap<>(FaultRun.SETTINGS);
        settings.putAll(Map.of("CELL", digits, "CELLS", "07=" + at(this.toSeven) + ",08=" + at(this.toEight),
                "CELL_SECRET", "secret-of-the-cells", "CELL_WEIGHTS", "07=1", "ADMIN_TOKEN", TOKEN));
        return settings;
    }

    private static String at(DatabaseLink link) {
        return link.url().replaceFirst("postgres://.*@", "http://").replaceFirst("/$", "");
    }

    private void lead() {
        this.toSeven.leadTo("cell://seven@localhost:" + this.seven.instance(0).port() + "/");
        this.toEight.leadTo("cell://eight@localhost:" + this.eight.instance(0).port() + "/");
    }

    Api any() {
        return (this.random.nextBoolean() ? this.seven : this.eight).any();
    }

    /** The name of this machine, as both know it. */
    String host() {
        return this.seven.host();
    }

    /** The database of the cell that the organizations live in. */
    JdbcClient jdbc() {
        return this.home.jdbc();
    }

    /**
     * Has the organizations move to the other cell, while one of the two is killed, or
     * its database is.
     */
    void move(List<UUID> organizations) {
        Site target = (this.home == this.seven) ? this.eight : this.seven;
        Operator operator = new Operator(this.home.any(), TOKEN);
        String digits = (target == this.eight) ? "08" : "07";
        List<String> moves = organizations.stream()
            .map((id) -> begin(operator, "{'organization_id':'" + id + "','to':'" + digits + "'}"))
            .toList();
        Fault.rest(this.random, 0, 4_000);
        strike(this.random.nextBoolean() ? this.home : target);
        Operator again = new Operator(this.home.any(), TOKEN);
        moves.forEach((id) -> await().atMost(PATIENCE).until(() -> ended(again, id)));
        this.home = target;
    }

    private static String begin(Operator operator, String what) {
        return await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            Reply reply = operator.post("/moves", what);
            return (reply.status() == 202) ? reply.text("id") : "";
        }, (id) -> !id.isEmpty());
    }

    private static boolean ended(Operator operator, String id) {
        return isOneOf(() -> operator.get("/moves/" + id).text("state"), Set.of("finished"));
    }

    private static boolean isOneOf(Callable<String> state, Set<String> wanted) {
        try {
            return wanted.contains(state.call());
        }
        catch (Exception ex) {
            // Away, for now
            return false;
        }
    }

    private void strike(Site site) {
        if (this.random.nextBoolean()) {
            site.instance(0).kill();
            site.replace(0, Map.of());
            lead();
        }
        else {
            site.cluster().kill();
            site.cluster().restartIfDown();
            site.awaitReady();
        }
    }

    @Override
    public void close() {
        this.seven.close();
        this.eight.close();
        this.toSeven.cut();
        this.toEight.cut();
    }

}
