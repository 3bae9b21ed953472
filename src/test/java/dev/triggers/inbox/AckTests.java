package dev.triggers.inbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import dev.triggers.support.Rows;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Acknowledgements over HTTP.
 */
@IntegrationTest
class AckTests {

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MeterRegistry meters;

    private Rows rows;

    private String key;

    private UUID organization;

    @BeforeEach
    void join() {
        this.rows = new Rows(this.jdbc);
        this.key = this.api.newKey();
        this.organization = UUID.fromString(this.api.get("/api/keys", this.key).text("organization_id"));
    }

    private Reply ack(String id) {
        return this.api.post("/api/ack/" + id, this.key, "");
    }

    private String status(String id) {
        return this.api.get("/api/events/" + id, this.key).text("status");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/api/ack/", "/api/inbox/ack/" })
    void acknowledgedEventIsDelivered(String path) {
        String id = this.api.postEvent(this.key, "a", "1");
        Reply reply = this.api.post(path + id, this.key, "");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().propertyNames()).containsExactly("success", "id", "event_id", "status",
                "acknowledged_at", "message");
        assertThat(reply.at("/success").booleanValue()).isTrue();
        assertThat(reply.text("id")).isEqualTo(id);
        assertThat(reply.text("event_id")).isEqualTo(id);
        assertThat(reply.text("status")).isEqualTo("delivered");
        Reply event = this.api.get("/api/events/" + id, this.key);
        assertThat(event.text("status")).isEqualTo("delivered");
        assertThat(event.text("updated_at")).isEqualTo(reply.text("acknowledged_at"));
        assertThat(this.api.get("/api/inbox", this.key).at("/count").intValue()).isZero();
        assertThat(this.api.get("/api/inbox?status=acknowledged", this.key).text("/events/0/id")).isEqualTo(id);
    }

    @Test
    void repeatedAcknowledgementAnswersTheSame() {
        String id = this.api.postEvent(this.key, "a", "1");
        Reply first = ack(id);
        assertThat(ack(id).body()).isEqualTo(first.body());
        assertThat(this.api.post("/api/ack/" + id.toUpperCase(Locale.ROOT), this.key, "{\"ignored\":1}").body())
            .isEqualTo(first.body());
    }

    @Test
    void everythingOpenOrFailedOfTheEventEnds() {
        UUID event = this.rows.event(this.organization, "a", "1");
        UUID neighbour = this.rows.waiting(this.organization, "b");
        Instant later = Instant.parse("2100-01-01T00:00:00Z");
        this.rows.delivery(this.organization, event, Rows.newId(), later, 2);
        this.rows.parked(this.organization, event, Rows.newId());
        this.rows.deadLetter(this.organization, event, Rows.newId(), 5);
        assertThat(ack(event.toString()).status()).isEqualTo(200);
        assertThat(this.jdbc.sql("""
                select (select count(*) from event_deliveries where event_id = :event)
                    + (select count(*) from dead_letters where event_id = :event)
                """).param("event", event).query(Integer.class).single()).isZero();
        assertThat(status(neighbour.toString())).isEqualTo("pending");
    }

    @Test
    void unknownAndForeignEventsAreNotFound() {
        String foreign = this.api.postEvent(this.api.newKey(), "a", "1");
        for (String id : List.of(foreign, Rows.newId().toString(), UUID.randomUUID().toString(),
                "00000000-0000-0000-0000-000000000000")) {
            Reply reply = ack(id);
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.text("code")).isEqualTo("not_found");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "1", "not-a-uuid", "1-1-1-1-1", "0190a0e0-0000-7000-8000-00000000000g",
            "0190a0e0000070008000000000000000", "0190a0e0-0000-7000-8000-000000000000%20" })
    void malformedIdIsRefused(String id) {
        assertThat(ack(id).status()).isEqualTo(400);
        assertThat(this.api.get("/api/events/" + id, this.key).status()).isEqualTo(400);
    }

    @Test
    void batchAnswersEachIdInOrder() {
        double before = acknowledgements();
        String one = this.api.postEvent(this.key, "a", "1");
        String two = this.api.postEvent(this.key, "a", "1");
        String foreign = this.api.postEvent(this.api.newKey(), "a", "1");
        Reply reply = batch(List.of(two, foreign, "nonsense", one, two));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("""
                {"acknowledged":3,"failed":2,"results":[\
                {"id":"%s","status":"acknowledged"},\
                {"id":"%s","status":"failed","error":"Event not found"},\
                {"id":"nonsense","status":"failed","error":"must be a UUID"},\
                {"id":"%s","status":"acknowledged"},\
                {"id":"%s","status":"acknowledged"}]}""".formatted(two, foreign, one, two));
        assertThat(status(one)).isEqualTo("delivered");
        assertThat(acknowledgements() - before).isEqualTo(2);
    }

    private Reply batch(List<String> ids) {
        String body = ids.stream().collect(Collectors.joining("\",\"", "{\"event_ids\":[\"", "\"]}"));
        return Api.patiently(() -> this.api.post("/api/ack", this.key, body));
    }

    private double acknowledgements() {
        return this.meters.get("triggers.inbox.acknowledged").counter().count();
    }

    @Test
    void thousandIdsAreABatchAndOneMoreIsNot() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 999; i++) {
            ids.add(Rows.newId().toString());
        }
        ids.add(this.api.postEvent(this.key, "a", "1"));
        Reply reply = batch(ids);
        assertThat(reply.at("/acknowledged").intValue()).isEqualTo(1);
        assertThat(reply.at("/failed").intValue()).isEqualTo(999);
        ids.add(Rows.newId().toString());
        assertThat(batch(ids).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "{", "[]", "{}", "{\"event_ids\":null}", "{\"event_ids\":[]}", "{\"event_ids\":\"x\"}",
            "{\"event_ids\":[1]}", "{\"event_ids\":[null]}" })
    void malformedBatchIsRefused(String body) {
        Reply reply = this.api.post("/api/ack", this.key, body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void needsAKey() {
        assertThat(this.api.post("/api/ack", null, "{}").status()).isEqualTo(401);
        assertThat(this.api.post("/api/ack/" + Rows.newId(), null, "").status()).isEqualTo(401);
    }

    @Test
    void manyWhoAcknowledgeTheSameAtOnceAllSucceed() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            UUID event = this.rows.event(this.organization, "a", "1");
            this.rows.parked(this.organization, event, Rows.newId());
            this.rows.parked(this.organization, event, Rows.newId());
            this.rows.deadLetter(this.organization, event, Rows.newId(), 5);
            ids.add(event.toString());
        }
        List<Callable<Reply>> calls = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            List<String> shuffled = new ArrayList<>(ids);
            Collections.shuffle(shuffled);
            calls.add(() -> batch(shuffled));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Reply> reply : threads.invokeAll(calls)) {
                assertThat(reply.get().status()).isEqualTo(200);
                assertThat(reply.get().at("/acknowledged").intValue()).isEqualTo(100);
            }
        }
        assertThat(this.api.get("/api/inbox", this.key).at("/count").intValue()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = { 200, 500 })
    void outcomeOfATryUnderWayDoesNotUndoIt(int answer) throws Exception {
        CountDownLatch acknowledged = new CountDownLatch(1);
        try (Receiver receiver = new Receiver()) {
            receiver.answer((request, exchange) -> {
                try {
                    acknowledged.await(8, TimeUnit.SECONDS);
                }
                catch (InterruptedException ex) {
                    Thread.currentThread().interrupt();
                }
                Receiver.respond(exchange, answer, "late");
            });
            Reply configured = this.api.post("/api/webhook/config", this.key,
                    "{\"webhook_url\":\"" + receiver.url() + "\"}");
            assertThat(configured.status()).as("%s", configured).isEqualTo(200);
            String id = this.api.postEvent(this.key, "a", "1");
            await().until(() -> receiver.requests(id).size() == 1);
            Reply ack = ack(id);
            assertThat(ack.status()).isEqualTo(200);
            acknowledged.countDown();
            // Its neighbour's delivery shows that the outcome had its time to be
            // recorded.
            String next = this.api.postEvent(this.key, "a", "1");
            receiver.answer(200);
            await().until(() -> status(next).equals("delivered"));
            assertThat(status(id)).isEqualTo("delivered");
            assertThat(receiver.requests(id)).hasSize(1);
            assertThat(ack(id).text("acknowledged_at")).isEqualTo(ack.text("acknowledged_at"));
        }
    }

    @Test
    void acknowledgementsAndDeliveriesThatMeetLeaveNothingBehind() throws Exception {
        try (Receiver receiver = new Receiver()) {
            receiver.answer(
                    (request, exchange) -> Receiver.respond(exchange, (request.nanoTime() % 2 == 0) ? 200 : 500, ""));
            String endpoint = this.api
                .post("/api/webhook/config", this.key, "{\"webhook_url\":\"" + receiver.url() + "\"}")
                .text("id");
            // No retry comes before its acknowledgement, however slowly that does.
            this.api.patch("/api/webhooks/" + endpoint, this.key, "{\"retry_schedule\":[3600]}");
            List<Callable<Void>> calls = new ArrayList<>();
            List<String> ids = new CopyOnWriteArrayList<>();
            for (int i = 0; i < 4; i++) {
                calls.add(() -> {
                    for (int n = 0; n < 50; n++) {
                        ids.add(this.api.postEvent(this.key, "a", "1"));
                        List<String> all = new ArrayList<>(ids);
                        List<String> some = all.subList(Math.max(0, all.size() - 20), all.size());
                        Collections.shuffle(some);
                        Reply reply = batch(some);
                        assertThat(reply.at("/failed").intValue()).as("%s", reply).isZero();
                    }
                    return null;
                });
            }
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<Void> call : threads.invokeAll(calls)) {
                    call.get();
                }
            }
            assertThat(this.api.get("/api/inbox", this.key).at("/count").intValue()).isZero();
            assertThat(this.api.get("/api/inbox?status=delivered&limit=1000", this.key).at("/count").intValue())
                .isEqualTo(200);
            for (String id : ids) {
                assertThat(receiver.requests(id).size()).isLessThanOrEqualTo(1);
            }
        }
    }

}
