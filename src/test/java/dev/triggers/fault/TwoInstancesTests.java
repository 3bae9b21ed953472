package dev.triggers.fault;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

import com.standardwebhooks.Webhook;
import dev.triggers.support.Api;
import dev.triggers.support.Concurrently;
import dev.triggers.support.DatabaseLink;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two processes on one database, of which one is frozen and in the end killed.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoInstancesTests {

    private static final Duration LEASE = Duration.ofSeconds(10);

    private static final Map<String, String> SETTINGS = Map.of("DELIVERY_TIMEOUT", "5s", "DELIVERY_LEASE",
            LEASE.toSeconds() + "s", "DELIVERY_BACKOFF", "200ms,200ms", "DELIVERY_CONCURRENCY", "32");

    private static DatabaseLink link;

    private static ServiceProcess one;

    private static ServiceProcess other;

    private static JdbcClient jdbc;

    private String key;

    @BeforeAll
    static void start() {
        String database = PostgresServer.newDatabase();
        jdbc = PostgresServer.client(database);
        link = new DatabaseLink(database);
        one = ServiceProcess.start(link.url(), SETTINGS);
        other = ServiceProcess.start(database, SETTINGS);
        one.awaitReady();
        other.awaitReady();
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
        link.close();
    }

    @BeforeEach
    void join() {
        this.key = other.api().newKey();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(50));
    }

    private String setWebhook(Receiver receiver) {
        Reply reply = other.api().post("/api/webhook/config", this.key, "{\"url\":\"" + receiver.url() + "\"}");
        assertThat(reply.status()).isEqualTo(200);
        return reply.text("secret");
    }

    private void awaitDelivered(ServiceProcess instance, String id) {
        soon().until(() -> instance.api().get("/api/events/" + id, this.key).text("status").equals("delivered"));
    }

    private static void awaitNothingToDeliver() {
        soon().until(() -> jdbc.sql("select count(*) from event_deliveries").query(Integer.class).single() == 0);
    }

    private static Map<String, List<Receiver.Request>> byEvent(Receiver receiver) {
        return receiver.requests().stream().collect(Collectors.groupingBy((request) -> request.header("webhook-id")));
    }

    @Test
    @Order(1)
    void eventsAreDeliveredExactlyOnceWhicheverInstanceTookThemIn() throws Exception {
        try (Receiver receiver = new Receiver()) {
            String secret = setWebhook(receiver);
            Map<String, Integer> numbers = new HashMap<>();
            Concurrently.<Map<String, Integer>>call(32, (client) -> {
                Api api = ((client % 2 == 0) ? one : other).api();
                Map<String, Integer> posted = new HashMap<>();
                for (int number = client; number < 1_000; number += 32) {
                    int posting = number;
                    posted.put(Api.patiently(() -> Load.post(api, this.key, posting)).text("id"), number);
                }
                return posted;
            }).forEach(numbers::putAll);
            assertThat(numbers).hasSize(1_000);
            awaitNothingToDeliver();
            Map<String, List<Receiver.Request>> received = byEvent(receiver);
            assertThat(received.keySet()).isEqualTo(numbers.keySet());
            assertThat(received.values()).allSatisfy((requests) -> assertThat(requests).hasSize(1));
            Webhook webhook = new Webhook(secret);
            for (Map.Entry<String, Integer> sent : numbers.entrySet()) {
                Receiver.Request request = received.get(sent.getKey()).getFirst();
                assertThat(request.body()).endsWith(",\"data\":" + Load.payload(sent.getValue()) + "}");
                webhook.verify(request.body(), HttpHeaders.of(request.headers(), (name, value) -> true));
            }
        }
    }

    @Test
    @Order(2)
    void deliveryOfAFrozenInstanceIsMadeByTheOtherAndItsLateOutcomeChangesNothing() {
        CountDownLatch end = new CountDownLatch(1);
        try (Receiver receiver = new Receiver()) {
            setWebhook(receiver);
            awaitDelivered(one, one.api().postEvent(this.key, "a", "1"));
            receiver.answer((request, exchange) -> {
                if (receiver.requests(request.header("webhook-id")).size() == 1) {
                    awaitUninterruptibly(end);
                    Receiver.respond(exchange, 500, "late");
                }
                else {
                    Receiver.respond(exchange, 200, "ok");
                }
            });
            String id = one.api().postEvent(this.key, "a", "2");
            soon().until(() -> receiver.requests(id).size() == 1);
            one.freeze();
            try {
                awaitDelivered(other, id);
            }
            finally {
                one.thaw();
                end.countDown();
            }
            receiver.answer(200);
            awaitDelivered(one, one.api().postEvent(this.key, "a", "3"));
            Reply event = one.api().get("/api/events/" + id, this.key);
            assertThat(event.text("status")).isEqualTo("delivered");
            assertThat(event.at("/deliveries/0/attempt_log").size()).isEqualTo(1);
            assertThat(event.at("/attempts").intValue()).isEqualTo(1);
            assertThat(receiver.requests(id)).hasSize(2);
        }
    }

    @Test
    @Order(3)
    void instanceThatWasFrozenDoesNotSendWhatItsLeaseNoLongerCovers() {
        try (Receiver receiver = new Receiver()) {
            setWebhook(receiver);
            // So large that it is read just before it is sent
            String payload = "\"" + "x".repeat(20_000) + "\"";
            String id;
            // So that it does not claim
            other.freeze();
            try {
                link.freezeBefore("select payload from events");
                id = one.api()
                    .post("/api/events", this.key,
                            "{\"type\":\"a\",\"payload\":" + payload + ",\"deliver_at\":\""
                                    + Instant.now().plusSeconds(2) + "\"}")
                    .text("id");
                soon().until(link::isFrozen);
                one.freeze();
            }
            finally {
                other.thaw();
            }
            awaitDelivered(other, id);
            link.repair();
            one.thaw();
            one.awaitReady();
            awaitDelivered(one, one.api().postEvent(this.key, "a", "1"));
            assertThat(receiver.requests(id)).hasSize(1);
            assertThat(receiver.requests(id).getFirst().body()).contains(payload);
        }
    }

    @Test
    @Order(4)
    void everyAcceptedEventSurvivesAKillAndIsDelivered() {
        try (Receiver receiver = new Receiver()) {
            setWebhook(receiver);
            CountDownLatch end = new CountDownLatch(1);
            receiver.answer((request, exchange) -> {
                if (request.header("X-Event-Type").equals("held")
                        && receiver.requests(request.header("webhook-id")).size() == 1) {
                    awaitUninterruptibly(end);
                }
                Receiver.respond(exchange, 200, "ok");
            });
            Map<String, Integer> numbers = new HashMap<>();
            List<Integer> unanswered;
            try (Load load = new Load(32, this.key, one.api())) {
                load.awaitMore(1_000);
                String held = one.api().postEvent(this.key, "held", "1");
                soon().until(() -> receiver.requests(held).size() == 1);
                one.kill();
                load.stop();
                numbers.putAll(load.accepted());
                unanswered = load.unanswered();
                soon().until(() -> receiver.requests(held).size() == 2);
                assertThat(receiver.requests(held).getLast().nanoTime() - receiver.requests(held).getFirst().nanoTime())
                    .as("not at the end of its lease")
                    .isLessThan(LEASE.toNanos());
                end.countDown();
                awaitDelivered(other, held);
                numbers.put(held, -1);
            }
            assertThat(stored(numbers)).isEqualTo(expected(numbers));
            // Stored or not, the same dedup_id tells
            for (int number : unanswered) {
                Reply reply = Api.patiently(() -> Load.post(other.api(), this.key, number));
                assertThat(reply.status()).isIn(201, 409);
                assertThat(numbers.put(reply.text("id"), number)).isNull();
            }
            assertThat(stored(numbers)).isEqualTo(expected(numbers));
            awaitNothingToDeliver();
            Map<String, List<Receiver.Request>> received = byEvent(receiver);
            assertThat(received.keySet()).isEqualTo(numbers.keySet());
            assertThat(received.values()).allSatisfy((requests) -> assertThat(requests).hasSizeLessThanOrEqualTo(2));
        }
    }

    private static Map<String, String> expected(Map<String, Integer> numbers) {
        return numbers.entrySet()
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey,
                    (entry) -> (entry.getValue() < 0) ? "1" : Load.payload(entry.getValue())));
    }

    private static Map<String, String> stored(Map<String, Integer> numbers) {
        Map<String, String> stored = new HashMap<>();
        jdbc.sql("select id, payload from events where id = any (:ids)")
            .param("ids", numbers.keySet().stream().map(UUID::fromString).toArray(UUID[]::new))
            .query((row) -> {
                stored.put(row.getString("id"), row.getString("payload"));
            });
        return stored;
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

}
