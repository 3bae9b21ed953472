package dev.triggers.cell;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;

import dev.triggers.support.Api;
import dev.triggers.support.DatabaseLink;
import dev.triggers.support.Instance;
import dev.triggers.support.PostgresServer;

/**
 * Two cells with databases of their own, each of which reaches the other over a way that
 * can fail, and a third that a test speaks for.
 */
public final class Pair implements AutoCloseable {

    public static final String SECRET = "secret-of-the-cells";

    private final DatabaseLink toSeven = new DatabaseLink("cell://seven@localhost:1/");

    private final DatabaseLink toEight = new DatabaseLink("cell://eight@localhost:1/");

    private final SpokenCell nine = new SpokenCell();

    private final boolean alone;

    private final Instance seven;

    private final Instance eight;

    Pair(String routing) {
        this(routing, false, Map.of());
    }

    /** Two cells that know of no third. */
    public static Pair alone(Map<String, String> more) {
        return new Pair("proxy", true, more);
    }

    private Pair(String routing, boolean alone, Map<String, String> more) {
        this.alone = alone;
        this.toEight.cut();
        this.seven = start("07", routing, more);
        this.toSeven.leadTo(url(this.seven));
        this.eight = start("08", routing, more);
        this.toEight.leadTo(url(this.eight));
        this.toEight.repair();
    }

    /**
     * Starts one more instance of a cell, on a database of its own. Where nothing else is
     * said, what is asked of it is made in it.
     */
    public Instance start(String digits, String routing, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of("CELL", digits, "CELLS", cells(), "CELL_ROUTING", routing,
                "CELL_SECRET", SECRET, "CELL_WEIGHTS", digits + "=1", "PUBLIC_URL", "https://events.example.com",
                "PLAYGROUND", "true", "TRUSTED_PROXIES", "127.0.0.0/8,::1/128"));
        settings.putAll(more);
        return Instance.start(PostgresServer.newDatabase(), settings);
    }

    private String cells() {
        String both = "07=" + at(this.toSeven) + ",08=" + at(this.toEight);
        return this.alone ? both : both + ",09=http://localhost:" + this.nine.port();
    }

    private static String url(Instance instance) {
        return "cell://cell@localhost:" + instance.api().uri("/").getPort() + "/";
    }

    private static String at(DatabaseLink link) {
        return "http://localhost:" + URI.create(link.url()).getPort();
    }

    public Api seven() {
        return this.seven.api();
    }

    public Instance sevenItself() {
        return this.seven;
    }

    public Instance eightItself() {
        return this.eight;
    }

    public Api eight() {
        return this.eight.api();
    }

    SpokenCell nine() {
        return this.nine;
    }

    public DatabaseLink toEight() {
        return this.toEight;
    }

    String eightsLocation() {
        return at(this.toEight);
    }

    @Override
    public void close() {
        this.toEight.repair();
        this.seven.close();
        this.eight.close();
        this.toSeven.cut();
        this.toEight.cut();
        this.nine.close();
    }

}
