package dev.triggers.statistics;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;

import dev.triggers.support.Api;
import dev.triggers.support.Customer;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Metrics;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import dev.triggers.support.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import static dev.triggers.support.Customer.eventually;
import static org.assertj.core.api.Assertions.assertThat;

@IntegrationTest
class StatisticsTests {

    private static final Map<String, Integer> BUCKETS = Map.of("1h", 60, "24h", 24, "7d", 168, "30d", 30);

    @Autowired
    private Api api;

    @Autowired
    private StatisticsCounts counts;

    @Autowired
    private StatisticsUpkeep upkeep;

    @Autowired
    private JdbcClient jdbc;

    private final Receiver receiver = new Receiver();

    private final Receiver broken = new Receiver().answer(503);

    private Customer customer;

    private String good = "";

    private String bad = "";

    @BeforeEach
    void register() {
        this.customer = new Customer(this.api);
        this.good = this.customer.register(this.receiver.url(), ",\"event_types\":[\"order.*\"]").text("id");
        this.bad = this.customer
            .register(this.broken.url(), ",\"event_types\":[\"order.paid\"],\"retry_schedule\":[0.01]")
            .text("id");
    }

    @AfterEach
    void close() {
        this.receiver.close();
        this.broken.close();
    }

    private Reply endpoint(String id, String query) {
        return read(this.customer.key(), "/api/webhooks/" + id + "/statistics" + query);
    }

    private Reply organization(String query) {
        return read(this.customer.key(), "/api/statistics" + query);
    }

    private Reply read(String key, String path) {
        this.counts.write();
        Reply reply = Api.patiently(() -> this.api.get(path, key));
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return reply;
    }

    private static long sum(Reply reply, String member) {
        return StreamSupport.stream(reply.at("buckets").spliterator(), false)
            .mapToLong((bucket) -> bucket.get(member).longValue())
            .sum();
    }

    private String key(String restriction) {
        Reply made = this.customer.post("/api/organization/keys",
                "{\"name\":\"held\",\"scopes\":[\"events:read\"]," + restriction + "}");
        assertThat(made.status()).as("%s", made).isEqualTo(201);
        return made.text("api_key");
    }

    /** Three events, two of which go to both endpoints and fail twice at one. */
    private void postThree() {
        this.customer.event("order.paid");
        String failing = this.customer.event("order.paid");
        this.customer.event("order.sent");
        eventually(() -> {
            assertThat(endpoint(this.good, "").at("attempts").intValue()).isEqualTo(3);
            assertThat(endpoint(this.bad, "").at("attempts").intValue()).isEqualTo(4);
            assertThat(organization("").at("accepted").intValue()).isEqualTo(3);
            assertThat(this.customer.delivery(failing, this.bad).get("status").stringValue()).isEqualTo("failed");
        });
    }

    @Test
    void attemptsOfAnEndpointAreCountedInEachRange() {
        postThree();
        BUCKETS.forEach((range, buckets) -> {
            Reply good = endpoint(this.good, "?range=" + range);
            assertThat(good.text("range")).isEqualTo(range);
            assertThat(good.at("buckets")).hasSize(buckets);
            assertThat(good.text("since")).isEqualTo(good.at("buckets").get(0).get("start").stringValue());
            assertThat(sum(good, "succeeded")).isEqualTo(3);
            assertThat(sum(good, "failed")).isZero();
            assertThat(good.at("success_rate").doubleValue()).isEqualTo(1);
            assertThat(good.at("last_failure").isNull()).isTrue();
            Reply bad = endpoint(this.bad, "?range=" + range);
            assertThat(sum(bad, "failed")).isEqualTo(4);
            assertThat(bad.at("failures").intValue()).isEqualTo(4);
            assertThat(bad.at("exhausted").intValue()).isEqualTo(2);
        });
    }

    @Test
    void outcomesHaveTheirCountsAndDurations() {
        postThree();
        Reply bad = endpoint(this.bad, "");
        assertThat(bad.at("duration_p50_ms").intValue()).isBetween(0, bad.at("duration_p95_ms").intValue());
        assertThat(bad.at("outcomes")).hasSize(1);
        JsonNode outcome = bad.at("outcomes").get(0);
        assertThat(outcome.get("outcome").stringValue()).isEqualTo("status_5xx");
        assertThat(outcome.get("attempts").intValue()).isEqualTo(4);
        assertThat(outcome.get("p50_ms").intValue()).isBetween(0, outcome.get("p95_ms").intValue());
        assertThat(outcome.get("last_at").stringValue()).isEqualTo(bad.text("/last_failure/at"));
        String attempt = "/api/attempts/" + bad.text("/last_failure/event_id") + "/" + this.bad + "/"
                + bad.at("/last_failure/number").intValue();
        assertThat(this.customer.get(attempt).at("/response/status").intValue()).isEqualTo(503);
        assertThat(bad.text("/last_failure/error")).startsWith("HTTP 503");
        JsonNode empty = bad.at("buckets").get(0);
        assertThat(empty.get("p50_ms").isNull()).isTrue();
    }

    @Test
    void unusedEndpointHasNone() {
        String unused = this.customer.register("https://example.com/unused", ",\"enabled\":false").text("id");
        Reply figures = endpoint(unused, "");
        assertThat(figures.at("attempts").intValue()).isZero();
        assertThat(figures.at("success_rate").isNull()).isTrue();
        assertThat(figures.at("duration_p50_ms").isNull()).isTrue();
        assertThat(figures.at("last_failure").isNull()).isTrue();
        assertThat(figures.at("outcomes")).isEmpty();
        assertThat(figures.at("buckets")).hasSize(24);
    }

    @Test
    void organizationSeesWhatItAcceptedAndDeliveredAndWhatFails() {
        postThree();
        BUCKETS.forEach((range, buckets) -> {
            Reply all = organization("?range=" + range);
            assertThat(all.at("buckets")).hasSize(buckets);
            for (String member : List.of("accepted", "delivered", "failed")) {
                assertThat(sum(all, member)).isEqualTo(all.at(member).longValue());
            }
            assertThat(all.at("accepted").intValue()).isEqualTo(3);
            assertThat(all.at("delivered").intValue()).isEqualTo(3);
            assertThat(all.at("failed").intValue()).isEqualTo(4);
            assertThat(all.at("exhausted").intValue()).isEqualTo(2);
        });
        eventually(() -> {
            Reply all = organization("");
            assertThat(all.at("failing_endpoints")).hasSize(1);
            JsonNode failing = all.at("failing_endpoints").get(0);
            assertThat(failing.get("endpoint_id").stringValue()).isEqualTo(this.bad);
            assertThat(failing.get("consecutive_failures").intValue()).isEqualTo(4);
            assertThat(failing.get("circuit").stringValue()).isEqualTo("closed");
            assertThat(all.at("oldest_due").isNull()).isTrue();
        });
    }

    @Test
    void whatIsDueForLongestIsNamed() {
        this.customer.patch(this.good, "{\"enabled\":false}");
        UUID organization = UUID.fromString(this.customer.get("/api/keys").text("organization_id"));
        Rows rows = new Rows(this.jdbc);
        Instant due = Instant.parse("2026-01-01T00:00:00Z");
        for (int later : new int[] { 60, 0, 3_600 }) {
            rows.delivery(organization, rows.event(organization, "order.sent", "{}"), UUID.fromString(this.good),
                    due.plusSeconds(later), 1);
        }
        rows.parked(organization, rows.event(organization, "order.sent", "{}"), UUID.fromString(this.good));
        Reply all = organization("");
        assertThat(all.text("/oldest_due/endpoint_id")).isEqualTo(this.good);
        assertThat(all.text("/oldest_due/due_at")).isEqualTo(due.toString());
        assertThat(read(key("\"endpoint_ids\":[\"" + this.bad + "\"]"), "/api/statistics").at("oldest_due").isNull())
            .isTrue();
    }

    @Test
    void keyThatIsHeldToEndpointsSeesTheirFigures() {
        postThree();
        String held = key("\"endpoint_ids\":[\"" + this.bad + "\"]");
        Reply own = read(held, "/api/statistics?range=1h");
        assertThat(own.at("accepted").intValue()).isEqualTo(3);
        assertThat(own.at("delivered").intValue()).isZero();
        assertThat(own.at("failed").intValue()).isEqualTo(4);
        assertThat(own.at("exhausted").intValue()).isEqualTo(2);
        assertThat(sum(own, "failed")).isEqualTo(4);
        assertThat(sum(own, "accepted")).isEqualTo(3);
        Reply other = read(key("\"endpoint_ids\":[\"" + this.good + "\"]"), "/api/statistics");
        assertThat(other.at("failed").intValue()).isZero();
        assertThat(other.at("delivered").intValue()).isEqualTo(3);
        assertThat(other.at("failing_endpoints")).isEmpty();
        assertThat(this.api.get("/api/webhooks/" + this.good + "/statistics", held).status()).isEqualTo(404);
        assertThat(this.api.get("/api/webhooks/" + this.bad + "/statistics", held).status()).isEqualTo(200);
    }

    @Test
    void keyThatIsHeldToTypesSeesNoCountOfOthers() {
        postThree();
        String held = key("\"types\":[\"order.paid\"]");
        Reply own = read(held, "/api/statistics");
        assertThat(own.at("accepted").isNull()).isTrue();
        assertThat(own.at("buckets").get(0).get("accepted").isNull()).isTrue();
        assertThat(own.at("delivered").intValue()).isZero();
        assertThat(own.at("failed").intValue()).isEqualTo(4);
        assertThat(this.api.get("/api/webhooks/" + this.good + "/statistics", held).status()).isEqualTo(404);
        assertThat(read(held, "/api/webhooks/" + this.bad + "/statistics").text("/last_failure/event_id")).isNotNull();
    }

    /** It was sent events of another type before it was narrowed. */
    @Test
    void eventThatAKeyMayNotSeeIsNotNamed() {
        postThree();
        this.customer.patch(this.bad, "{\"event_types\":[\"invoice.sent\"]}");
        Reply own = read(key("\"types\":[\"invoice.*\"]"), "/api/webhooks/" + this.bad + "/statistics");
        assertThat(own.text("/last_failure/error_code")).isEqualTo("status_5xx");
        assertThat(own.at("/last_failure/event_id").isNull()).isTrue();
        assertThat(own.at("/last_failure/error").isNull()).isTrue();
    }

    @Test
    void deletedEndpointTakesItsCountsAlong() {
        postThree();
        this.customer.delete(this.bad);
        assertThat(this.api.get("/api/webhooks/" + this.bad + "/statistics", this.customer.key()).status())
            .isEqualTo(404);
        this.upkeep.run();
        assertThat(this.jdbc.sql("select count(*) from endpoint_statistics where endpoint_id = :id")
            .param("id", UUID.fromString(this.bad))
            .query(Long.class)
            .single()).isZero();
        assertThat(organization("").at("failed").intValue()).isEqualTo(4);
        assertThat(organization("").at("failing_endpoints")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "?range=2h", "?range=24H", "?range=%00", "?range=1h&range=1h" })
    void badRangeIs400(String query) {
        for (String path : List.of("/api/statistics", "/api/webhooks/" + this.good + "/statistics")) {
            Reply reply = this.customer.get(path + query);
            assertThat(reply.status()).as("%s", reply).isEqualTo(400);
            assertThat(reply.text("/errors/0/field")).isEqualTo("range");
        }
    }

    @Test
    void foreignEndpointIsNotFound() {
        Customer other = new Customer(this.api);
        assertThat(other.get("/api/webhooks/" + this.good + "/statistics").status()).isEqualTo(404);
        assertThat(other.get("/api/webhooks/nonsense/statistics").status()).isEqualTo(400);
        assertThat(this.api.get("/api/statistics", null).status()).isEqualTo(401);
        assertThat(read(other.key(), "/api/statistics").at("failing_endpoints")).isEmpty();
    }

    /** However many events there are, they are written together. */
    @Test
    void countsAreWrittenTogether() {
        this.counts.write();
        double before = Metrics.of(this.api).value("triggers_statistics_rows_total");
        this.customer.events("order.sent", 50);
        eventually(() -> assertThat(endpoint(this.good, "?range=1h").at("attempts").intValue()).isEqualTo(50));
        double written = Metrics.of(this.api).value("triggers_statistics_rows_total") - before;
        assertThat(written).isLessThan(50);
        assertThat(Metrics.of(this.api).value("triggers_statistics_uncounted_total")).isZero();
    }

}
