import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What PostgreSQL itself can store: batches of 500 events with their delivery and their dedup key, one statement and one
 * commit each, as fast as the connections go. Nothing is parsed, asked for or answered. Usage: Ceiling URL CONNECTIONS
 * SECONDS PAYLOAD, with PostgreSQL's driver on the class path.
 */
final class Ceiling {

    private static final int ROWS = 500;

    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private final AtomicLong stored = new AtomicLong();

    private final UUID organization = UUID.randomUUID();

    private final String[] payloads = new String[ROWS];

    private volatile long end;

    public static void main(String[] args) throws Exception {
        new Ceiling().run(args[0], Integer.parseInt(args[1]), Double.parseDouble(args[2]), Integer.parseInt(args[3]));
    }

    private void run(String url, int connections, double seconds, int payload) throws Exception {
        Arrays.fill(this.payloads, "{\"note\":\"" + "x".repeat(payload - 11) + "\"}");
        Thread[] threads = new Thread[connections];
        long began = System.nanoTime();
        this.end = began + (long) (seconds * 1e9);
        for (int i = 0; i < connections; i++) {
            threads[i] = Thread.ofPlatform().start(() -> store(url));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double took = (System.nanoTime() - began) / 1e9;
        System.out.println(new Json().put("connections", connections)
            .put("seconds", took)
            .put("stored", this.stored.get())
            .put("rate", this.stored.get() / took));
    }

    private void store(String url) {
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement statement = connection.prepareStatement("""
                        with input as (
                          select * from unnest(?::uuid[], ?::text[], ?::text[]) i (id, dedup_id, payload)),
                        verdicts as (
                          insert into deduplication_cache (organization_id, dedup_id, event_id, expires_at)
                          select ?::uuid, dedup_id, id, now() + interval '24 hours' from input),
                        stored as (
                          insert into events (organization_id, id, position, last_id, type, dedup_id, payload)
                          select ?::uuid, id, (select log_position()), case when row_number() over () = 1 then id end,
                            'order.created', dedup_id, payload from input)
                        insert into event_deliveries (organization_id, event_id, endpoint_id, due_at, remaining)
                        select ?::uuid, id, ?::uuid, 'infinity', 5 from input
                        """)) {
            String[] ids = new String[ROWS];
            String[] keys = new String[ROWS];
            while (System.nanoTime() < this.end) {
                for (int i = 0; i < ROWS; i++) {
                    UUID id = id();
                    ids[i] = id.toString();
                    keys[i] = "ceiling-" + Long.toHexString(id.getLeastSignificantBits());
                }
                statement.setArray(1, connection.createArrayOf("uuid", ids));
                statement.setArray(2, connection.createArrayOf("text", keys));
                statement.setArray(3, connection.createArrayOf("text", this.payloads));
                statement.setString(4, this.organization.toString());
                statement.setString(5, this.organization.toString());
                statement.setString(6, this.organization.toString());
                statement.setString(7, NOBODY);
                this.stored.addAndGet(statement.executeUpdate());
            }
        }
        catch (Exception ex) {
            ex.printStackTrace();
            System.exit(1);
        }
    }

    /** Of version 7: in the order of time. */
    private static UUID id() {
        long now = System.currentTimeMillis();
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(now << 16 | 0x7000 | random.nextInt(1 << 12), random.nextLong() >>> 2 | Long.MIN_VALUE);
    }

}
