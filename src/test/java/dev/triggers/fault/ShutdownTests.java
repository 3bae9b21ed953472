package dev.triggers.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import dev.triggers.support.PostgresServer;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A process that is asked to end while it has everything to do.
 */
class ShutdownTests {

    private static final String SLOW_BODY = "{\"type\":\"slow\",\"payload\":\"to the end\"}";

    private static CompletableFuture<Integer> hung;

    @BeforeAll
    static void begin() {
        hung = CompletableFuture.supplyAsync(ShutdownTests::endWhileEverybodyHangs,
                Executors.newVirtualThreadPerTaskExecutor());
    }

    @Test
    void whatHasBegunIsEndedAndWhatIsClaimedIsGivenBack() throws Exception {
        String database = PostgresServer.newDatabase();
        JdbcClient jdbc = PostgresServer.client(database);
        try (Receiver receiver = new Receiver();
                ServiceProcess service = ServiceProcess
                    .start(database, Map.of("DELIVERY_TIMEOUT", "10s", "DELIVERY_LEASE", "60s", "DELIVERY_BACKOFF",
                            "0s,0s", "DELIVERY_CONCURRENCY", "16", "CIRCUIT_FAILURES", "100000"))
                    .awaitReady()) {
            receiver.answer((request, exchange) -> {
                pause(Duration.ofMillis(300));
                Receiver.respond(exchange, 200, "ok");
            });
            String key = service.api().newKey();
            service.api().post("/api/webhook/config", key, "{\"url\":\"" + receiver.url() + "\"}");
            CompletableFuture<Reply> poll = CompletableFuture
                .supplyAsync(() -> service.api().get("/api/inbox?wait=30", service.api().newKey()));
            try (Load load = new Load(32, key, service.api()); Socket slow = postSlowly(service.port(), key)) {
                // Many more than can be sent
                load.awaitMore(500);
                await().atMost(Duration.ofSeconds(30)).until(() -> receiver.requests().size() >= 10);
                await().atMost(Duration.ofSeconds(30)).until(() -> waiting(service) == 1);
                long asked = System.nanoTime();
                service.terminate();
                Reply polled = poll.get(30, TimeUnit.SECONDS);
                assertThat(polled.status()).isEqualTo(200);
                assertThat(polled.at("/count").intValue()).isZero();
                load.stop();
                assertThat(finish(slow)).startsWith("HTTP/1.1 201 ");
                int status = service.awaitExit(Duration.ofSeconds(30));
                assertThat(status).as("ended by SIGTERM, having handled it").isEqualTo(143);
                assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(30));
                assertStored(jdbc, load.accepted());
                assertThat(load.refusals()).allSatisfy((refusal) -> {
                    assertThat(refusal.reply().status()).isEqualTo(503);
                    assertThat(refusal.reply().header("Retry-After")).isNotNull();
                });
            }
            assertThat(count(jdbc, "select count(*) from events where type = 'slow'")).isEqualTo(1);
            assertThat(count(jdbc, "select count(*) from event_deliveries")).as("there was more to do").isPositive();
            assertThat(count(jdbc, "select count(*) from event_deliveries where due_at > now() + interval '1 second'"))
                .as("deliveries still claimed")
                .isZero();
            assertThat(count(jdbc, "select count(*) from event_deliveries where attempts > 0"))
                .as("what was not sent counts as no attempt")
                .isZero();
            assertThat(receiver.requests()).as("each outcome is recorded")
                .hasSize(count(jdbc, "select count(*) from delivery_attempts where outcome = 'd'"));
        }
    }

    @Test
    void clientsAndReceiversThatHangDoNotKeepIt() throws Exception {
        assertThat(hung.get(2, TimeUnit.MINUTES)).as("deliveries that go on elsewhere, at once and as if not sent")
            .isEqualTo(1);
    }

    /** Takes most of the time that it may, so it begins before the other tests. */
    private static int endWhileEverybodyHangs() {
        String database = PostgresServer.newDatabase();
        try (Receiver receiver = new Receiver();
                ServiceProcess service = ServiceProcess
                    .start(database, Map.of("DELIVERY_TIMEOUT", "30s", "DELIVERY_LEASE", "60s"))
                    .awaitReady()) {
            receiver.answer((request, exchange) -> pause(Duration.ofMinutes(2)));
            String key = service.api().newKey();
            service.api().post("/api/webhook/config", key, "{\"url\":\"" + receiver.url() + "\"}");
            try (Socket hanging = postSlowly(service.port(), key)) {
                String id = service.api().postEvent(key, "a", "1");
                await().atMost(Duration.ofSeconds(30)).until(() -> receiver.requests(id).size() == 1);
                service.terminate();
                service.awaitExit(Duration.ofSeconds(30));
                assertThat(hanging.isClosed()).isFalse();
            }
            return count(PostgresServer.client(database),
                    "select count(*) from event_deliveries where due_at <= now() and leased is null and attempts = 0");
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static void assertStored(JdbcClient jdbc, Map<String, Integer> accepted) {
        Map<String, String> stored = new HashMap<>();
        jdbc.sql("select id, payload from events").query((row) -> {
            stored.put(row.getObject("id", UUID.class).toString(), row.getString("payload"));
        });
        assertThat(accepted).allSatisfy((id, number) -> assertThat(stored).containsEntry(id, Load.payload(number)));
    }

    private static int count(JdbcClient jdbc, String sql) {
        return jdbc.sql(sql).query(Integer.class).single();
    }

    private static int waiting(ServiceProcess service) {
        List<String> lines = service.api().get("/metrics", null).body().lines().toList();
        return lines.stream()
            .filter((line) -> line.matches("\\S*inbox\\S*wait\\S* [0-9.]+"))
            .mapToInt((line) -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(String.join("\n", lines)));
    }

    /** Posts an event, except for the second half of it. */
    private static Socket postSlowly(int port, String key) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        OutputStream out = socket.getOutputStream();
        out.write(("POST /api/events HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + key
                + "\r\nContent-Type: application/json\r\nContent-Length: " + SLOW_BODY.length() + "\r\n\r\n"
                + SLOW_BODY.substring(0, SLOW_BODY.length() / 2))
            .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return socket;
    }

    private static String finish(Socket socket) throws IOException {
        socket.getOutputStream().write(SLOW_BODY.substring(SLOW_BODY.length() / 2).getBytes(StandardCharsets.US_ASCII));
        socket.setSoTimeout(20_000);
        byte[] answer = new byte[4096];
        int length = socket.getInputStream().read(answer);
        return new String(answer, 0, Math.max(0, length), StandardCharsets.US_ASCII);
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

}
