package dev.triggers.lease;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import dev.triggers.event.ArrivalSignals;
import dev.triggers.support.Api;
import dev.triggers.support.Concurrently;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Reply;
import dev.triggers.support.Rows;
import dev.triggers.time.UuidV7;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Leases over HTTP.
 */
@IntegrationTest
class LeaseTests {

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ArrivalSignals signals;

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

    private Reply post(String path, String body) {
        return Api.patiently(() -> this.api.post("/api/inbox/" + path, this.key, body));
    }

    private Reply lease(String body) {
        Reply reply = post("lease", body);
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return reply;
    }

    private Reply extend(String leaseId, int seconds) {
        return post("extend", "{\"lease_id\":\"" + leaseId + "\",\"lease_seconds\":" + seconds + "}");
    }

    private Reply release(String leaseId, int delay) {
        return post("release", "{\"lease_id\":\"" + leaseId + "\",\"delay_seconds\":" + delay + "}");
    }

    private void ack(String id) {
        assertThat(Api.patiently(() -> this.api.post("/api/ack/" + id, this.key, "")).status()).isEqualTo(200);
    }

    private List<String> waiting(int count) {
        return IntStream.range(0, count).mapToObj((n) -> this.rows.waiting(this.organization, "a").toString()).toList();
    }

    private static List<String> ids(Reply reply) {
        return StreamSupport.stream(reply.at("events").spliterator(), false)
            .map((event) -> event.get("id").stringValue())
            .toList();
    }

    /** Time goes by for all leases of the organization. */
    private void leasesRunOut() {
        this.jdbc.sql("""
                update inbox_leases set leased_until = leased_until - interval '13 hours' where organization_id = :id
                """).param("id", this.organization).update();
    }

    private double metric(String name) {
        return this.meters.get(name).counters().stream().mapToDouble((counter) -> counter.count()).sum();
    }

    @Test
    void oldestEventsAreLeasedAndNoMoreThanAskedFor() {
        List<String> ids = waiting(5);
        Reply reply = lease("{\"limit\":3,\"lease_seconds\":60,\"consumer\":\"one\"}");
        assertThat(reply.json().propertyNames()).containsExactly("lease_id", "leased_until", "events", "count");
        assertThat(ids(reply)).isEqualTo(ids.subList(0, 3));
        assertThat(reply.at("/count").intValue()).isEqualTo(3);
        assertThat(reply.at("/events/0").propertyNames()).containsExactly("id", "event_id", "type", "event_type",
                "payload", "dedup_id", "status", "delivery_status", "attempts", "response_status", "last_error",
                "created_at", "updated_at", "receives", "leased_until");
        assertThat(reply.at("/events/0/receives").intValue()).isEqualTo(1);
        assertThat(reply.text("/events/0/leased_until")).isEqualTo(reply.text("leased_until"));
        assertThat(ids(lease(""))).isEqualTo(ids.subList(3, 5));
        Reply none = lease("{}");
        assertThat(none.at("/count").intValue()).isZero();
        assertThat(none.at("/lease_id").isNull()).isTrue();
    }

    @Test
    void listingsShowLeasedEventsToo() {
        List<String> ids = waiting(2);
        lease("");
        assertThat(ids(this.api.get("/api/inbox?order=asc", this.key))).isEqualTo(ids);
    }

    @Test
    void eventsThatAreAcknowledgedDeliveredOrOfOthersAreNotLeased() {
        new Rows(this.jdbc).waiting(this.rows.organization(), "a");
        UUID acknowledged = this.rows.waiting(this.organization, "a");
        this.rows.acknowledged(this.organization, acknowledged, Instant.now());
        UUID delivered = this.rows.event(this.organization, "a", "1");
        this.rows.attempt(this.organization, delivered, Rows.newId(), 1, 'd', Instant.now());
        UUID failed = this.rows.event(this.organization, "a", "1");
        this.rows.deadLetter(this.organization, failed, Rows.newId(), 5);
        UUID scheduled = this.rows.event(this.organization, "a", "1");
        this.rows.delivery(this.organization, scheduled, Rows.newId(), Instant.parse("2100-01-01T00:00:00Z"), 0);
        this.rows.delivery(this.organization, scheduled, Rows.newId(), Instant.parse("2100-01-01T00:00:00Z"), 0);
        Reply reply = lease("");
        assertThat(ids(reply)).containsExactly(failed.toString(), scheduled.toString());
        assertThat(reply.text("/events/0/status")).isEqualTo("failed");
        assertThat(reply.text("/events/1/status")).isEqualTo("pending");
    }

    @Test
    void leaseThatRanOutIsGivenAgainAndReceivesCounts() {
        List<String> ids = waiting(3);
        double ended = metric("triggers.lease.ended");
        String first = lease("{\"limit\":2}").text("lease_id");
        leasesRunOut();
        Reply again = lease("");
        assertThat(ids(again)).isEqualTo(ids);
        assertThat(again.text("lease_id")).isNotEqualTo(first);
        assertThat(again.at("/events/1/receives").intValue()).isEqualTo(2);
        assertThat(again.at("/events/2/receives").intValue()).isEqualTo(1);
        assertThat(metric("triggers.lease.ended") - ended).isGreaterThanOrEqualTo(2);
        assertThat(extend(first, 60).status()).isEqualTo(404);
        assertThat(release(first, 0).status()).isEqualTo(404);
    }

    @Test
    void leaseRunsOutByItself() {
        List<String> ids = waiting(1);
        lease("{\"lease_seconds\":1}");
        Reply again = lease("{\"wait\":30}");
        assertThat(ids(again)).isEqualTo(ids);
        assertThat(again.at("/events/0/receives").intValue()).isEqualTo(2);
    }

    @Test
    void acknowledgementEndsTheLeaseAndCountsWhenItHasRunOut() {
        List<String> ids = waiting(2);
        lease("");
        ack(ids.get(0));
        leasesRunOut();
        ack(ids.get(1));
        leasesRunOut();
        assertThat(ids(lease(""))).isEmpty();
        assertThat(this.api.get("/api/inbox/leases", this.key).at("/leases").size()).isZero();
        assertThat(this.jdbc.sql("""
                select (select count(*) from leased_events where organization_id = :id)
                  + (select count(*) from inbox_leases where organization_id = :id)
                """).param("id", this.organization).query(Integer.class).single()).isZero();
    }

    @Test
    void acknowledgementOfAllLeavesNothingOfTheLease() {
        List<String> ids = waiting(3);
        lease("");
        String body = "{\"event_ids\":[\"" + String.join("\",\"", ids) + "\"]}";
        assertThat(this.api.post("/api/ack", this.key, body).status()).isEqualTo(200);
        assertThat(this.jdbc.sql("select count(*) from inbox_leases where organization_id = :id")
            .param("id", this.organization)
            .query(Integer.class)
            .single()).isZero();
    }

    @Test
    void leasedEventThatIsDeliveredMeanwhileIsNotLeasedAgainUntilItIsSentAgain() {
        UUID event = this.rows.waiting(this.organization, "a");
        lease("");
        this.jdbc.sql("delete from event_deliveries where event_id = :id").param("id", event).update();
        leasesRunOut();
        assertThat(ids(lease(""))).isEmpty();
        assertThat(this.jdbc.sql("select count(*) from inbox_leases where organization_id = :id")
            .param("id", this.organization)
            .query(Integer.class)
            .single()).isZero();
        this.rows.delivery(this.organization, event, Rows.newId(), Instant.parse("2100-01-01T00:00:00Z"), 1);
        assertThat(ids(lease("{\"max_receives\":1}"))).isEmpty();
        assertThat(ids(this.api.get("/api/inbox?min_receives=1", this.key))).containsExactly(event.toString());
        Reply again = lease("{\"max_receives\":2}");
        assertThat(ids(again)).containsExactly(event.toString());
        assertThat(again.at("/events/0/receives").intValue()).isEqualTo(2);
    }

    @Test
    void acknowledgedEventThatIsSentAgainIsNotLeased() {
        UUID event = this.rows.waiting(this.organization, "a");
        lease("");
        ack(event.toString());
        this.rows.delivery(this.organization, event, Rows.newId(), Instant.parse("2100-01-01T00:00:00Z"), 1);
        assertThat(ids(lease(""))).isEmpty();
        assertThat(ids(this.api.get("/api/inbox?min_receives=1&status=all", this.key))).isEmpty();
    }

    @Test
    void extendedLeaseEndsLater() {
        List<String> ids = waiting(2);
        Reply lease = lease("{\"lease_seconds\":30,\"consumer\":\"slow\"}");
        Reply extended = extend(lease.text("lease_id"), 43_200);
        assertThat(extended.status()).isEqualTo(200);
        assertThat(extended.json().propertyNames()).containsExactly("lease_id", "consumer", "leased_until", "count");
        assertThat(Instant.parse(extended.text("leased_until")))
            .isAfter(Instant.parse(lease.text("leased_until")).plusSeconds(40_000));
        assertThat(extended.at("/count").intValue()).isEqualTo(2);
        ids.forEach(this::ack);
        assertThat(extend(lease.text("lease_id"), 30).status()).isEqualTo(404);
    }

    @Test
    void releasedEventsAreLeasedAtOnceOldestFirst() {
        List<String> ids = waiting(4);
        String lease = lease("{\"limit\":3}").text("lease_id");
        Reply released = release(lease, 0);
        assertThat(released.at("/released").intValue()).isEqualTo(3);
        assertThat(released.at("/delayed_until").isNull()).isTrue();
        Reply again = lease("{\"limit\":2}");
        assertThat(ids(again)).isEqualTo(ids.subList(0, 2));
        assertThat(again.at("/events/0/receives").intValue()).isEqualTo(2);
        assertThat(ids(lease(""))).isEqualTo(ids.subList(2, 4));
    }

    @Test
    void releasedEventsAreWithheldForTheDelay() {
        List<String> ids = waiting(3);
        String lease = lease("").text("lease_id");
        String body = "{\"event_ids\":[\"" + ids.get(0) + "\",\"" + Rows.newId() + "\"],\"delay_seconds\":3600}";
        Reply released = post("release", body);
        assertThat(released.at("/released").intValue()).isEqualTo(1);
        assertThat(Instant.parse(released.text("delayed_until"))).isAfter(Instant.now().plusSeconds(3_000));
        // Nobody has it now, so that nobody can give it back
        assertThat(post("release", body).at("/released").intValue()).isZero();
        assertThat(ids(lease(""))).isEmpty();
        Reply leases = this.api.get("/api/inbox/leases", this.key);
        assertThat(leases.at("/leases").size()).isEqualTo(1);
        assertThat(leases.at("/leases/0/count").intValue()).isEqualTo(2);
        assertThat(leases.text("/leases/0/lease_id")).isEqualTo(lease);
        leasesRunOut();
        assertThat(ids(lease(""))).isEqualTo(ids);
    }

    @Test
    void leasesOfOthersAreNotFound() {
        waiting(1);
        String lease = lease("").text("lease_id");
        String stranger = this.api.newKey();
        String body = "{\"lease_id\":\"" + lease + "\",\"lease_seconds\":60}";
        assertThat(this.api.post("/api/inbox/extend", stranger, body).status()).isEqualTo(404);
        assertThat(this.api.post("/api/inbox/release", stranger, body).status()).isEqualTo(404);
        assertThat(this.api.get("/api/inbox/leases", stranger).at("/leases").size()).isZero();
        assertThat(extend(lease, 60).status()).isEqualTo(200);
    }

    @Test
    void leasesAreListedPageByPage() {
        waiting(3);
        List<String> leases = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            leases.add(lease("{\"limit\":1,\"consumer\":\"number " + i + "\"}").text("lease_id"));
        }
        Reply page = this.api.get("/api/inbox/leases?limit=2", this.key);
        assertThat(page.at("/leases").size()).isEqualTo(2);
        assertThat(page.text("/leases/1/consumer")).isEqualTo("number 1");
        assertThat(page.at("/has_more").booleanValue()).isTrue();
        Reply last = this.api.get("/api/inbox/leases?cursor=" + page.text("next_cursor"), this.key);
        assertThat(last.text("/leases/0/lease_id")).isEqualTo(leases.getLast());
        assertThat(last.at("/has_more").booleanValue()).isFalse();
        assertThat(last.at("/next_cursor").isNull()).isTrue();
    }

    @Test
    void onlyEventsOfTheTypeAreLeased() {
        UUID user = this.rows.waiting(this.organization, "user.created");
        UUID order = this.rows.waiting(this.organization, "order.created");
        UUID late = this.rows.waiting(this.organization, "user.gone");
        assertThat(ids(lease("{\"type\":\"user.*\",\"limit\":1}"))).containsExactly(user.toString());
        assertThat(ids(lease("{\"type\":\"order.created\"}"))).containsExactly(order.toString());
        assertThat(ids(lease("{\"type\":\"user.*\"}"))).containsExactly(late.toString());
        leasesRunOut();
        assertThat(ids(lease("{\"type\":\"user.*\"}"))).containsExactly(user.toString(), late.toString());
        assertThat(ids(lease(""))).containsExactly(order.toString());
    }

    @Test
    void eventsReceivedTooOftenAreLeftAloneAndFound() {
        List<String> ids = waiting(2);
        lease("{\"limit\":1}");
        leasesRunOut();
        lease("{\"limit\":1}");
        leasesRunOut();
        assertThat(ids(lease("{\"max_receives\":2}"))).containsExactly(ids.get(1));
        assertThat(ids(lease("{\"max_receives\":2}"))).isEmpty();
        assertThat(ids(this.api.get("/api/inbox?min_receives=2", this.key))).containsExactly(ids.get(0));
        assertThat(ids(this.api.get("/api/inbox?min_receives=1&order=asc", this.key))).isEqualTo(ids);
        assertThat(ids(this.api.get("/api/inbox?min_receives=2&type=b", this.key))).isEmpty();
        assertThat(ids(this.api.get("/api/inbox?min_receives=2&status=failed", this.key))).isEmpty();
        assertThat(this.api.get("/api/inbox?min_receives=2", this.key).text("/events/0/status")).isEqualTo("pending");
        assertThat(ids(lease("{\"max_receives\":3}"))).containsExactly(ids.get(0));
        ack(ids.get(0));
        assertThat(ids(this.api.get("/api/inbox?min_receives=2&status=all", this.key))).isEmpty();
    }

    @Test
    void eventsThatTheFilterLeavesOutHideNoneBehindThem() {
        String poison = "{\"max_receives\":1,\"limit\":1000}";
        Set<String> many = new HashSet<>();
        UUID[] ids = IntStream.range(0, 5_000).mapToObj((n) -> Rows.newId()).toArray(UUID[]::new);
        bulk(ids);
        for (int i = 0; i < 5; i++) {
            many.addAll(ids(lease(poison)));
        }
        assertThat(many).hasSize(5_000);
        leasesRunOut();
        lease("{\"max_receives\":1}");
        UUID last = this.rows.waiting(this.organization, "a");
        assertThat(ids(lease("{\"limit\":1,\"type\":\"b\"}"))).isEmpty();
        assertThat(ids(lease(poison))).containsExactly(last.toString());
        assertThat(ids(lease("{\"limit\":1}"))).containsExactly(ids[0].toString());
    }

    private void bulk(UUID[] ids) {
        for (String sql : List.of(
                "insert into events (organization_id, id, type, payload) select :organization, unnest(:ids), 'a', '1'",
                """
                        insert into event_deliveries (organization_id, event_id, endpoint_id, due_at, remaining)
                        select :organization, unnest(:ids), '00000000-0000-0000-0000-000000000000', 'infinity', 5
                        """)) {
            this.jdbc.sql(sql).param("organization", this.organization).param("ids", ids).update();
        }
    }

    @Test
    void eventsThatAppearBehindOthersAreLeased() {
        UUID early = UuidV7.floor(Instant.now().minusSeconds(60));
        UUID opened = this.rows.event(this.organization, "a", "1");
        waiting(1);
        assertThat(ids(lease(""))).hasSize(1);
        this.rows.event(this.organization, early, "a", null, "1");
        this.rows.parked(this.organization, early, Rows.NO_ENDPOINT);
        this.rows.parked(this.organization, opened, Rows.NO_ENDPOINT);
        assertThat(ids(lease(""))).containsExactly(early.toString(), opened.toString());
    }

    @Test
    void answerEndsAtFourMebibytesAndTheRestIsLeft() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            UUID id = this.rows.event(this.organization, "large", "\"" + "x".repeat(250_000) + "\"");
            this.rows.parked(this.organization, id, Rows.NO_ENDPOINT);
            ids.add(id.toString());
        }
        Reply first = lease("");
        assertThat(first.response().body().length).isLessThan(4 * 1024 * 1024 + 100_000);
        assertThat(ids(first)).isEqualTo(ids.subList(0, 16));
        assertThat(ids(lease(""))).isEqualTo(ids.subList(16, 20));
    }

    @Test
    void waitingConsumersGetWhatArrivesEachEventOnce() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> consumers = IntStream.range(0, 3)
                .mapToObj((n) -> threads.submit(() -> lease("{\"wait\":30,\"limit\":1}")))
                .toList();
            await().until(() -> this.signals.waiting() >= 3);
            List<String> posted = IntStream.range(0, 3)
                .mapToObj((n) -> this.api.postEvent(this.key, "a", "1"))
                .toList();
            List<String> got = new ArrayList<>();
            for (Future<Reply> consumer : consumers) {
                got.addAll(ids(consumer.get()));
            }
            assertThat(got).containsExactlyInAnyOrderElementsOf(posted);
        }
    }

    @Test
    void waitingConsumerGetsWhatAnotherGivesBack() throws Exception {
        List<String> ids = waiting(1);
        String lease = lease("").text("lease_id");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Reply> consumer = threads.submit(() -> lease("{\"wait\":30}"));
            await().until(() -> this.signals.waiting() >= 1);
            release(lease, 0);
            assertThat(ids(consumer.get())).isEqualTo(ids);
        }
    }

    @Test
    void manyConsumersNeverHoldTheSameEvent() {
        UUID[] ids = IntStream.range(0, 3_000).mapToObj((n) -> Rows.newId()).toArray(UUID[]::new);
        bulk(ids);
        ConcurrentLinkedQueue<String> got = new ConcurrentLinkedQueue<>();
        Concurrently.call(8, (client) -> {
            Reply reply;
            do {
                reply = lease("{\"limit\":70,\"lease_seconds\":3600}");
                List<String> mine = ids(reply);
                got.addAll(mine);
                if (!mine.isEmpty() && client % 2 == 0) {
                    String body = "{\"event_ids\":[\"" + String.join("\",\"", mine) + "\"]}";
                    assertThat(Api.patiently(() -> this.api.post("/api/ack", this.key, body)).status()).isEqualTo(200);
                }
            }
            while (reply.at("/count").intValue() > 0);
            return client;
        });
        assertThat(got).hasSize(3_000).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lease   | {"limit":0}                                     | limit
            lease   | {"limit":1001}                                  | limit
            lease   | {"limit":"1"}                                   | limit
            lease   | {"lease_seconds":0}                             | lease_seconds
            lease   | {"lease_seconds":43201}                         | lease_seconds
            lease   | {"wait":31}                                     | wait
            lease   | {"wait":-1}                                     | wait
            lease   | {"max_receives":0}                              | max_receives
            lease   | {"type":""}                                     | type
            lease   | {"consumer":""}                                 | consumer
            lease   | {"consumer":"a\\u0000b"}                        | consumer
            extend  | {}                                              | lease_id
            extend  | {"lease_id":"x","lease_seconds":1}              | lease_id
            extend  | {"lease_id":"0198c0de-6b3f-7d52-8e4f-7c2f1b3d5e6f"} | lease_seconds
            release | {}                                              | lease_id
            release | {"lease_id":"0198c0de-6b3f-7d52-8e4f-7c2f1b3d5e6f","event_ids":[]} | lease_id
            release | {"event_ids":[]}                                | event_ids
            release | {"event_ids":["x"]}                             | event_ids
            release | {"event_ids":[1]}                               | event_ids
            release | {"lease_id":"0198c0de-6b3f-7d52-8e4f-7c2f1b3d5e6f","delay_seconds":43201} | delay_seconds
            """)
    void badRequestNamesItsField(String path, String body, String field) {
        Reply reply = post(path, body);
        assertThat(reply.status()).as("%s", reply).isEqualTo(400);
        assertThat(reply.text("/errors/0/field")).isEqualTo(field);
    }

    @Test
    void badParametersOfListingsNameTheirField() {
        assertThat(this.api.get("/api/inbox?min_receives=0", this.key).text("/errors/0/field"))
            .isEqualTo("min_receives");
        assertThat(this.api.get("/api/inbox/leases?cursor=x", this.key).text("/errors/0/field")).isEqualTo("cursor");
        assertThat(this.api.get("/api/inbox/leases?limit=x", this.key).text("/errors/0/field")).isEqualTo("limit");
    }

    @Test
    void metersCountWhatIsLeasedExtendedAndReleased() {
        waiting(2);
        double first = this.meters.get("triggers.lease.events").tag("receives", "first").counter().count();
        double again = this.meters.get("triggers.lease.events").tag("receives", "again").counter().count();
        double extended = metric("triggers.lease.extended");
        double released = metric("triggers.lease.released");
        String lease = lease("").text("lease_id");
        extend(lease, 60);
        release(lease, 0);
        lease("");
        assertThat(this.meters.get("triggers.lease.events").tag("receives", "first").counter().count() - first)
            .isEqualTo(2);
        assertThat(this.meters.get("triggers.lease.events").tag("receives", "again").counter().count() - again)
            .isEqualTo(2);
        assertThat(metric("triggers.lease.extended") - extended).isEqualTo(1);
        assertThat(metric("triggers.lease.released") - released).isEqualTo(2);
    }

}
