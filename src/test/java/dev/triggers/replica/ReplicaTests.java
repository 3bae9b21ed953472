package dev.triggers.replica;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.triggers.support.Api;
import dev.triggers.support.Customer;
import dev.triggers.support.Instance;
import dev.triggers.support.Metrics;
import dev.triggers.support.PostgresCluster;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A service that reads from a standby, which stands still, dies, is promoted, or was
 * none.
 */
@EnabledIf("isPossible")
class ReplicaTests {

    private static final String DATABASE = "triggers";

    private static PostgresCluster primary;

    static boolean isPossible() {
        return PostgresCluster.programs().isPresent();
    }

    @BeforeAll
    static void start() {
        primary = PostgresCluster.start();
        primary.createDatabase(DATABASE);
    }

    @AfterAll
    static void stop() {
        primary.close();
    }

    private static void with(String readUrl, String staleness, Consumer<Api> test) {
        try (Instance instance = Instance.start(primary.url(DATABASE),
                Map.of("DATABASE_READ_URL", readUrl, "DATABASE_READ_STALENESS", staleness))) {
            test.accept(instance.api());
        }
    }

    private static boolean isFromReplica(Reply reply) {
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return reply.header("X-Staleness-Ms") != null;
    }

    private static void awaitReplica(Customer customer) {
        await().atMost(Duration.ofSeconds(30)).until(() -> isFromReplica(customer.get("/api/events")));
    }

    private static void pause(PostgresCluster standby) {
        standby.sql("postgres", "select pg_wal_replay_pause()");
        await().atMost(Duration.ofSeconds(30))
            .until(() -> standby.sql("postgres", "select pg_get_wal_replay_pause_state()").equals("paused"));
    }

    private static List<String> ids(Reply page) {
        List<String> ids = new ArrayList<>();
        page.at("events").forEach((event) -> ids.add(event.get("id").stringValue()));
        return ids;
    }

    @Test
    void whatMayBeOldComesFromTheStandbyAndWhatMayNotDoesNot() {
        try (PostgresCluster standby = PostgresCluster.standbyOf(primary); Receiver receiver = new Receiver()) {
            with(standby.url(DATABASE), "1h", (api) -> {
                Customer customer = new Customer(api);
                customer.register(receiver.url(), ",\"event_types\":[\"old\"]");
                List<String> old = customer.events("old", 3);
                customer.awaitDelivered(old);
                await().atMost(Duration.ofSeconds(30))
                    .until(() -> ids(customer.get("/api/events")).equals(old)
                            && isFromReplica(customer.get("/api/attempts"))
                            && customer.get("/api/attempts").at("attempts").size() == 3);
                pause(standby);
                String added = customer.event("new");

                Reply stale = customer.get("/api/events");
                assertThat(isFromReplica(stale)).isTrue();
                assertThat(stale.header("X-Staleness-Ms")).matches("[1-9][0-9]*");
                assertThat(ids(stale)).isEqualTo(old);
                Reply search = customer.get("/api/events/search?q=type:new");
                assertThat(isFromReplica(search)).isTrue();
                assertThat(ids(search)).isEmpty();
                assertThat(customer.get("/api/attempts").at("attempts").size()).isEqualTo(3);

                assertThat(ids(customer.get("/api/inbox"))).contains(added);
                assertThat(customer.get("/api/events/" + added).status()).isEqualTo(200);
                String cursor = stale.text("next_cursor");
                Reply waited = customer.get("/api/events?wait=5&cursor=" + cursor);
                assertThat(isFromReplica(waited)).isFalse();
                assertThat(ids(waited)).containsExactly(added);
                Reply latest = api.send(api.request("/api/events?cursor=" + cursor, customer.key())
                    .header("Cache-Control", "no-cache"));
                assertThat(isFromReplica(latest)).isFalse();
                assertThat(ids(latest)).containsExactly(added);
                customer.acknowledge(added);
                assertThat(ids(customer.get("/api/inbox"))).doesNotContain(added);

                // The standby knows nothing of this cursor, which is not lost for that
                String ahead = waited.text("next_cursor");
                List<String> seen = new ArrayList<>();
                List<String> later = new ArrayList<>(customer.events("later", 5));
                String next = ahead;
                for (int n = 0; n < 10; n++) {
                    Reply page = customer.get("/api/events?limit=2&cursor=" + next);
                    assertThat(page.status()).as("%s", page).isEqualTo(200);
                    seen.addAll(ids(page));
                    next = page.text("next_cursor");
                    if (n == 5) {
                        standby.sql("postgres", "select pg_wal_replay_resume()");
                        later.add(customer.event("latest"));
                    }
                }
                String from = next;
                await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                    List<String> rest = new ArrayList<>(seen);
                    rest.addAll(ids(customer.get("/api/events?cursor=" + from)));
                    assertThat(rest).isEqualTo(later);
                });
                assertThat(Metrics.of(api).value("triggers_replica_reads_total{outcome=\"answered\"}")).isPositive();
                assertThat(Metrics.of(api).value("triggers_replica_reads_total{outcome=\"behind\"}")).isPositive();
                assertThat(Metrics.of(api).value("hikaricp_connections_max{pool=\"database\"}")).isPositive();
            });
        }
    }

    @Test
    void whatIsTooOldIsNotShown() {
        try (PostgresCluster standby = PostgresCluster.standbyOf(primary)) {
            with(standby.url(DATABASE), "1s", (api) -> {
                Customer customer = new Customer(api);
                awaitReplica(customer);
                pause(standby);
                String event = customer.event("a");
                await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(ids(customer.get("/api/events"))).containsExactly(event));
                assertThat(isFromReplica(customer.get("/api/events"))).isFalse();
                standby.sql("postgres", "select pg_wal_replay_resume()");
                await().atMost(Duration.ofSeconds(30)).until(() -> {
                    Reply page = customer.get("/api/events");
                    return isFromReplica(page) && ids(page).equals(List.of(event));
                });
            });
        }
    }

    @Test
    void aStandbyThatDiesTakesNothingWithIt() {
        try (PostgresCluster standby = PostgresCluster.standbyOf(primary)) {
            with(standby.url(DATABASE), "1h", (api) -> {
                Customer customer = new Customer(api);
                String event = customer.event("a");
                awaitReplica(customer);
                standby.kill();
                for (int n = 0; n < 20; n++) {
                    Reply page = customer.get("/api/events");
                    assertThat(isFromReplica(page)).isFalse();
                    assertThat(ids(page)).containsExactly(event);
                    assertThat(ids(customer.get("/api/events/search?q=type:a"))).containsExactly(event);
                }
                standby.restart();
                awaitReplica(customer);
            });
        }
    }

    @Test
    void aStandbyThatIsPromotedIsNoneAnyMore() {
        try (PostgresCluster standby = PostgresCluster.standbyOf(primary)) {
            with(standby.url(DATABASE), "5s", (api) -> {
                Customer customer = new Customer(api);
                awaitReplica(customer);
                standby.promote();
                String event = customer.event("a");
                await().atMost(Duration.ofSeconds(30)).until(() -> ids(customer.get("/api/events")).contains(event));
                assertThat(isFromReplica(customer.get("/api/events"))).isFalse();
            });
        }
    }

    private static void assertIsNotReadFrom(String url) {
        with(url, "1h", (api) -> {
            Customer customer = new Customer(api);
            String event = customer.event("a");
            await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(ids(customer.get("/api/events"))).containsExactly(event));
            assertThat(isFromReplica(customer.get("/api/events"))).isFalse();
        });
    }

    @Test
    void whatFollowsSomebodyElseIsNotReadFrom() {
        try (PostgresCluster other = PostgresCluster.start();
                PostgresCluster standby = PostgresCluster.standbyOf(other)) {
            assertIsNotReadFrom(standby.url("postgres"));
        }
    }

    @Test
    void anotherDatabaseOfTheSameServerIsNotReadFrom() {
        with("", "5s", (api) -> new Customer(api).event("a"));
        primary.sql("postgres", "create database other template " + DATABASE);
        try (PostgresCluster standby = PostgresCluster.standbyOf(primary)) {
            assertIsNotReadFrom(standby.url("other"));
        }
    }

    @Test
    void anOrganizationThatTheStandbyHasNotHeardOfIsReadElsewhere() {
        try (PostgresCluster standby = PostgresCluster.standbyOf(primary)) {
            with(standby.url(DATABASE), "1h", (api) -> {
                awaitReplica(new Customer(api));
                pause(standby);
                Customer fresh = new Customer(api);
                String event = fresh.event("a");
                Reply page = fresh.get("/api/events");
                assertThat(isFromReplica(page)).isFalse();
                assertThat(ids(page)).containsExactly(event);
            });
        }
    }

    /**
     * Who waits for a standby to confirm what it stores has not stored it yet, though the
     * standby that is read from shows it.
     */
    @Test
    void theStandbyIsNotReadBeyondThePrimary() {
        try (PostgresCluster standby = PostgresCluster.standbyOf(primary)) {
            with(standby.url(DATABASE), "1h", (api) -> {
                Customer customer = new Customer(api);
                String first = customer.event("first");
                await().atMost(Duration.ofSeconds(30)).until(() -> {
                    Reply page = customer.get("/api/events");
                    return isFromReplica(page) && ids(page).equals(List.of(first));
                });
                synchronousStandby("nobody");
                String cursor;
                try {
                    Thread.ofVirtual().start(() -> customer.post("/api/events", "{\"type\":\"held\",\"payload\":{}}"));
                    await().atMost(Duration.ofSeconds(30))
                        .until(() -> standby.sql(DATABASE, "select count(*) from events where type = 'held'")
                            .equals("1"));
                    Reply page = customer.get("/api/events");
                    assertThat(isFromReplica(page)).isTrue();
                    assertThat(ids(page)).containsExactly(first);
                    cursor = page.text("next_cursor");
                    assertThat(customer.get("/api/events?wait=1&cursor=" + cursor).status()).isEqualTo(200);
                }
                finally {
                    synchronousStandby("");
                }
                await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                    Reply page = customer.get("/api/events?cursor=" + cursor);
                    assertThat(page.at("events").findValuesAsString("type")).containsExactly("held");
                });
            });
        }
    }

    private static void synchronousStandby(String name) {
        primary.sql("postgres", "alter system set synchronous_standby_names = '" + name + "'");
        primary.sql("postgres", "select pg_reload_conf()");
    }

    @Test
    void withoutAStandbyNothingIsOld() {
        with("", "5s", (api) -> {
            Customer customer = new Customer(api);
            String event = customer.event("a");
            assertThat(ids(customer.get("/api/events"))).containsExactly(event);
            assertThat(isFromReplica(customer.get("/api/events"))).isFalse();
        });
    }

}
