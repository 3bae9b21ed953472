package dev.triggers.repair;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import dev.triggers.support.Api;
import dev.triggers.support.Customer;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import dev.triggers.support.Rows;
import dev.triggers.time.UuidV7;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static dev.triggers.support.Customer.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Replays over HTTP.
 */
@IntegrationTest
class ReplayTests {

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MeterRegistry meters;

    private final Clock clock = Clock.systemUTC();

    private final Receiver receiver = new Receiver();

    private Customer customer;

    private String since = "";

    private String endpoint = "";

    @BeforeEach
    void registerEndpoint() {
        this.customer = new Customer(this.api);
        this.since = this.clock.instant().minus(Duration.ofHours(1)).toString();
        this.endpoint = this.customer.register(this.receiver.url(), ",\"retry_schedule\":[]").text("id");
    }

    @AfterEach
    void closeReceiver() {
        this.receiver.close();
    }

    private Reply post(String filter, String more) {
        return this.customer.post("/api/replays",
                "{\"filter\":{\"since\":\"" + this.since + "\"" + filter + "}" + more + "}");
    }

    private Reply dryRun(String filter, String more) {
        Reply reply = post(filter, ",\"dry_run\":true" + more);
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return reply;
    }

    private Reply begin(String filter, String more) {
        Reply reply = post(filter, more);
        assertThat(reply.status()).as("%s", reply).isEqualTo(202);
        return reply;
    }

    private Reply look(String id) {
        return this.customer.get("/api/replays/" + id);
    }

    private Reply finished(Reply replay) {
        String id = replay.text("id");
        eventually(() -> assertThat(look(id).text("state")).isEqualTo("finished"));
        return look(id);
    }

    private List<String> failed(String type, int count) {
        this.receiver.answer(500);
        List<String> ids = this.customer.events(type, count);
        ids.forEach((id) -> this.customer.awaitStatus(id, "failed"));
        this.receiver.answer(200);
        return ids;
    }

    @Test
    void dryRunSaysWhatWouldBeReplayedAndChangesNothing() {
        List<String> ids = failed("order.paid", 6);
        Reply reply = dryRun("", "");
        assertThat(reply.json().propertyNames()).containsExactly("matching", "capped", "sample", "since",
                "since_clamped");
        assertThat(reply.at("matching").intValue()).isEqualTo(6);
        assertThat(reply.at("capped").booleanValue()).isFalse();
        assertThat(reply.at("sample")).hasSize(5);
        assertThat(reply.text("/sample/0/event_id")).isEqualTo(ids.getFirst());
        assertThat(reply.text("/sample/0/type")).isEqualTo("order.paid");
        assertThat(reply.text("/sample/0/endpoint_id")).isEqualTo(this.endpoint);
        assertThat(this.customer.get("/api/replays").at("replays")).isEmpty();
        assertThat(ids).allSatisfy((id) -> assertThat(this.customer.status(id)).isEqualTo("failed"));
    }

    @Test
    void failedDeliveriesAreMadeAgainUnderTheSameId() {
        List<String> ids = failed("order.paid", 5);
        Reply replay = begin("", "");
        assertThat(replay.at("matching").intValue()).isEqualTo(5);
        assertThat(replay.text("/filter/outcome")).isEqualTo("failed");
        this.customer.awaitDelivered(ids);
        Reply finished = finished(replay);
        assertThat(finished.at("requeued").intValue()).isEqualTo(5);
        assertThat(finished.at("skipped").intValue()).isZero();
        assertThat(finished.at("progress").doubleValue()).isEqualTo(1);
        assertThat(finished.at("finished_at").isString()).isTrue();
        assertThat(ids).allSatisfy((id) -> assertThat(this.receiver.requests(id)).hasSize(2));
        assertThat(this.customer.delivery(ids.getFirst(), this.endpoint).get("attempts").intValue()).isEqualTo(2);
    }

    @Test
    void filterSaysWhichDeliveriesAreMadeAgain() {
        try (Receiver second = new Receiver()) {
            second.answer(503);
            String other = this.customer.register(second.url(), ",\"retry_schedule\":[]").text("id");
            String paid = failed("order.paid", 1).getFirst();
            String created = failed("user.created", 1).getFirst();
            assertThat(dryRun("", "").at("matching").intValue()).isEqualTo(4);
            assertThat(dryRun(",\"type\":\"order.*\"", "").at("matching").intValue()).isEqualTo(2);
            assertThat(dryRun(",\"type\":\"user.created\"", "").text("/sample/0/event_id")).isEqualTo(created);
            assertThat(dryRun(",\"endpoint_id\":\"" + other + "\"", "").at("matching").intValue()).isEqualTo(2);
            String code = this.customer.delivery(paid, other).get("error_code").stringValue();
            assertThat(dryRun(",\"error_code\":\"" + code + "\"", "").at("matching").intValue()).isGreaterThan(0);
            assertThat(dryRun(",\"error_code\":\"no_such_code\"", "").at("matching").intValue()).isZero();
            assertThat(dryRun(",\"outcome\":\"delivered\"", "").at("matching").intValue()).isZero();
            assertThat(dryRun(",\"outcome\":\"any\"", "").at("matching").intValue()).isEqualTo(4);
            String before = Instant.parse(this.customer.look(created).text("created_at")).toString();
            assertThat(dryRun(",\"until\":\"" + before + "\"", "").at("matching").intValue()).isEqualTo(2);
        }
    }

    @Test
    void deliveredEventsAreDeliveredAgainWhereThatIsAskedFor() {
        List<String> ids = this.customer.events("order.paid", 3);
        this.customer.awaitDelivered(ids);
        assertThat(dryRun("", "").at("matching").intValue()).isZero();
        Reply finished = finished(begin(",\"outcome\":\"delivered\"", ""));
        assertThat(finished.at("requeued").intValue()).isEqualTo(3);
        eventually(() -> assertThat(ids).allSatisfy((id) -> assertThat(this.receiver.requests(id)).hasSize(2)));
    }

    @Test
    void acknowledgedEventsAreReplayedAndStayDelivered() {
        String id = failed("order.paid", 1).getFirst();
        this.customer.acknowledge(id);
        Reply finished = finished(begin("", ""));
        assertThat(finished.at("requeued").intValue()).isEqualTo(1);
        eventually(() -> assertThat(this.receiver.requests(id)).hasSize(2));
        assertThat(this.customer.status(id)).isEqualTo("delivered");
    }

    @Test
    void whatIsOpenIsSkipped() {
        List<String> ids = failed("order.paid", 3);
        this.customer.patch(this.endpoint, "{\"enabled\":false}");
        Reply first = finished(begin("", ""));
        assertThat(first.at("requeued").intValue()).isEqualTo(3);
        Reply second = finished(begin(",\"outcome\":\"any\"", ""));
        assertThat(second.at("requeued").intValue()).isZero();
        assertThat(second.at("skipped").intValue()).isEqualTo(3);
        this.customer.patch(this.endpoint, "{\"enabled\":true}");
        this.customer.awaitDelivered(ids);
        assertThat(ids).allSatisfy((id) -> assertThat(this.receiver.requests(id)).hasSize(2));
    }

    @Test
    void newReceiverIsFilledWithHistoryOnce() {
        List<String> ids = new ArrayList<>(this.customer.events("order.paid", 3));
        this.customer.awaitDelivered(ids);
        this.customer.acknowledge(ids.getFirst());
        try (Receiver second = new Receiver()) {
            String other = this.customer.register(second.url(), ",\"event_types\":[\"nothing.else\"]").text("id");
            String to = ",\"to_endpoint_id\":\"" + other + "\"";
            assertThat(dryRun(",\"outcome\":\"any\"", to).at("matching").intValue()).isEqualTo(3);
            Reply finished = finished(begin(",\"outcome\":\"any\"", to));
            assertThat(finished.at("requeued").intValue()).isEqualTo(3);
            eventually(() -> assertThat(ids).allSatisfy((id) -> assertThat(second.requests(id)).hasSize(1)));
            this.customer.awaitDelivered(ids);
            eventually(() -> assertThat(this.jdbc.sql("select count(*) from event_deliveries where endpoint_id = :id")
                .param("id", UUID.fromString(other))
                .query(Integer.class)
                .single()).isZero());
            Reply repeated = finished(begin(",\"outcome\":\"any\"", to));
            assertThat(repeated.at("requeued").intValue()).isZero();
            assertThat(repeated.at("skipped").intValue()).isEqualTo(3);
            finished(begin(",\"outcome\":\"any\"", to + ",\"again\":true"));
            eventually(() -> assertThat(ids).allSatisfy((id) -> assertThat(second.requests(id)).hasSize(2)));
            assertThat(ids).allSatisfy((id) -> assertThat(this.receiver.requests(id)).hasSize(1));
        }
    }

    @Test
    void newReceiverGetsAnEventOnceHoweverManyEndpointsItFailedAt() {
        this.customer.register(this.receiver.url("/other"), ",\"retry_schedule\":[]");
        String id = failed("order.paid", 1).getFirst();
        try (Receiver third = new Receiver()) {
            String to = this.customer.register(third.url(), ",\"event_types\":[\"nothing.else\"]").text("id");
            Reply finished = finished(begin("", ",\"to_endpoint_id\":\"" + to + "\""));
            assertThat(finished.at("matching").intValue()).isEqualTo(1);
            assertThat(finished.at("requeued").intValue()).isEqualTo(1);
            eventually(() -> assertThat(third.requests(id)).hasSize(1));
        }
    }

    @Test
    void manyAreReplayedInStepsEachOnce() {
        deadLetters(UUID.fromString(this.customer.get("/api/keys").text("organization_id")), 300);
        double requeued = requeued();
        long steps = this.meters.get("triggers.replay.step").timer().count();
        Reply finished = finished(begin("", ",\"rate_per_second\":10000"));
        assertThat(finished.at("matching").intValue()).isEqualTo(300);
        assertThat(finished.at("requeued").intValue()).isEqualTo(300);
        eventually(() -> assertThat(this.receiver.requests()).hasSize(300));
        assertThat(this.receiver.requests()).extracting((request) -> request.header("webhook-id"))
            .doesNotHaveDuplicates();
        assertThat(requeued() - requeued).isGreaterThanOrEqualTo(300);
        assertThat(this.meters.get("triggers.replay.step").timer().count()).isGreaterThan(steps);
    }

    private double requeued() {
        return this.meters.get("triggers.replay.deliveries").tag("result", "requeued").counter().count();
    }

    @Test
    void cancelledReplayOpensNoMore() {
        List<String> ids = failed("order.paid", 5);
        Reply replay = begin("", ",\"rate_per_second\":1");
        Reply cancelled = this.api.delete("/api/replays/" + replay.text("id"), this.customer.key());
        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.text("state")).isEqualTo("cancelled");
        int requeued = cancelled.at("requeued").intValue();
        assertThat(requeued).isLessThan(5);
        eventually(() -> assertThat(ids.stream().filter((id) -> this.customer.status(id).equals("delivered")))
            .hasSize(requeued));
        assertThat(look(replay.text("id")).at("requeued").intValue()).isEqualTo(requeued);
        assertThat(this.api.delete("/api/replays/" + replay.text("id"), this.customer.key()).text("state"))
            .isEqualTo("cancelled");
    }

    @Test
    void whatIsNotKeptAnyMoreIsSaid() {
        this.since = "2001-01-01T00:00:00Z";
        Reply reply = begin("", "");
        assertThat(reply.at("since_clamped").booleanValue()).isTrue();
        Instant kept = Instant.parse(reply.text("/filter/since"));
        assertThat(kept).isBetween(this.clock.instant().minus(Duration.ofDays(31)),
                this.clock.instant().minus(Duration.ofDays(30)));
        Reply dry = dryRun("", "");
        assertThat(dry.at("since_clamped").booleanValue()).isTrue();
        assertThat(Instant.parse(dry.text("since"))).isEqualTo(kept);
        this.since = this.clock.instant().minus(Duration.ofDays(1)).toString();
        assertThat(dryRun("", "").at("since_clamped").booleanValue()).isFalse();
    }

    @Test
    void dryRunLooksAtSoManyRowsAndSaysSo() {
        UUID organization = UUID.fromString(this.customer.get("/api/keys").text("organization_id"));
        UUID[] ids = deadLetters(organization, 10_001);
        Reply capped = dryRun("", "");
        assertThat(capped.at("capped").booleanValue()).isTrue();
        assertThat(capped.at("matching").intValue()).isEqualTo(10_000);
        assertThat(StreamSupport.stream(capped.at("sample").spliterator(), false)
            .map((match) -> match.get("event_id").stringValue()))
            .containsExactlyElementsOf(Stream.of(ids).sorted().limit(5).map(UUID::toString).toList());
        assertThat(capped.text("/sample/0/created_at")).isEqualTo(UuidV7.instant(ids[0]).toString());
        Reply none = dryRun(",\"type\":\"b\"", "");
        assertThat(none.at("matching").intValue()).isZero();
        assertThat(none.at("capped").booleanValue()).isTrue();
    }

    @Test
    void rateIsKeptAndSaid() {
        UUID organization = UUID.fromString(this.customer.get("/api/keys").text("organization_id"));
        deadLetters(organization, 40);
        Reply replay = begin("", ",\"rate_per_second\":10");
        assertThat(replay.at("rate_per_second").intValue()).isEqualTo(10);
        eventually(() -> assertThat(look(replay.text("id")).at("requeued").intValue()).isPositive());
        Reply underWay = look(replay.text("id"));
        assertThat(underWay.at("progress").doubleValue()).isEqualTo(underWay.at("requeued").intValue() / 40.0,
                within(1e-9));
        if (underWay.text("state").equals("running")) {
            assertThat(Instant.parse(underWay.text("estimated_end"))).isAfter(this.clock.instant());
        }
        Reply finished = finished(replay);
        // A second that was lost may be made up for
        Duration took = Duration.between(Instant.parse(finished.text("requested_at")),
                Instant.parse(finished.text("finished_at")));
        assertThat(took).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        assertThat(finished.at("estimated_end").isNull()).isTrue();
    }

    private UUID[] deadLetters(UUID organization, int count) {
        UUID[] ids = IntStream.range(0, count).mapToObj((n) -> Rows.newId()).toArray(UUID[]::new);
        for (String sql : List.of(
                "insert into events (organization_id, id, type, payload) select :organization, unnest(:ids), 'a', '1'",
                """
                        insert into dead_letters (organization_id, event_id, endpoint_id, attempts, failed_at)
                        select :organization, unnest(:ids), :endpoint, 1, now()
                        """)) {
            var statement = this.jdbc.sql(sql).param("organization", organization).param("ids", ids);
            (sql.contains(":endpoint") ? statement.param("endpoint", UUID.fromString(this.endpoint)) : statement)
                .update();
        }
        return ids;
    }

    @Test
    void scopesAreJudgedBeforeTheRest() {
        String reads = scoped("events:read");
        String writes = scoped("webhooks:write");
        String other = scoped("inbox:write");
        assertMissing(this.api.post("/api/replays", other, "nonsense"), "webhooks:write");
        assertMissing(this.api.post("/api/replays", reads, "{\"filter\":1}"), "webhooks:write");
        assertMissing(this.api.post("/api/replays", writes, "{\"filter\":1,\"dry_run\":true}"), "events:read");
        assertMissing(this.api.post("/api/replays", writes,
                "{\"filter\":1,\"to_endpoint_id\":\"0198c0de-6b3f-7d52-8e4f-7c2f1b3d5e6f\"}"), "events:read");
        assertThat(this.api.post("/api/replays", reads, "{\"filter\":1,\"dry_run\":true}").status()).isEqualTo(400);
        assertThat(this.api.post("/api/replays", writes, "{\"filter\":1}").status()).isEqualTo(400);
        assertThat(this.api.post("/api/replays", null, "nonsense").status()).isEqualTo(401);
    }

    private String scoped(String scope) {
        return this.customer.post("/api/organization/keys", "{\"name\":\"scoped\",\"scopes\":[\"" + scope + "\"]}")
            .text("api_key");
    }

    private static void assertMissing(Reply reply, String scope) {
        assertThat(reply.status()).as("%s", reply).isEqualTo(403);
        assertThat(reply.text("/missing/0")).isEqualTo(scope);
    }

    @Test
    void replaysAreListedLatestFirstPageByPageAndRecoveriesAmongThem() {
        String first = begin("", "").text("id");
        String second = this.customer
            .post("/api/webhooks/" + this.endpoint + "/recover", "{\"since\":\"" + this.since + "\"}")
            .text("id");
        Reply page = this.customer.get("/api/replays?limit=1");
        assertThat(page.at("replays")).hasSize(1);
        assertThat(page.text("/replays/0/id")).isEqualTo(second);
        assertThat(page.at("has_more").booleanValue()).isTrue();
        Reply last = this.customer.get("/api/replays?cursor=" + page.text("next_cursor"));
        assertThat(last.text("/replays/0/id")).isEqualTo(first);
        assertThat(last.at("has_more").booleanValue()).isFalse();
    }

    @Test
    void replaysOfOthersAreNotFound() {
        String id = begin("", "").text("id");
        Customer other = new Customer(this.api);
        assertThat(other.get("/api/replays/" + id).status()).isEqualTo(404);
        assertThat(this.api.delete("/api/replays/" + id, other.key()).status()).isEqualTo(404);
        assertThat(other.get("/api/replays").at("replays")).isEmpty();
        Reply foreign = other.post("/api/replays",
                "{\"filter\":{\"since\":\"" + this.since + "\"},\"to_endpoint_id\":\"" + this.endpoint + "\"}");
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(this.customer.get("/api/replays/x").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                              | filter
            {"filter":1}                                                    | filter
            {"filter":{}}                                                   | filter.since
            {"filter":{"since":"yesterday"}}                                | filter.since
            {"filter":{"since":"2999-01-01T00:00:00Z"}}                     | filter.since
            {"filter":{"since":"2026-02-01T00:00:00Z","until":"2026-01-01T00:00:00Z"}} | filter.until
            {"filter":{"since":"2026-02-01T00:00:00Z","until":1}}           | filter.until
            {"filter":{"since":"2026-02-01T00:00:00Z","type":""}}           | filter.type
            {"filter":{"since":"2026-02-01T00:00:00Z","type":1}}            | filter.type
            {"filter":{"since":"2026-02-01T00:00:00Z","outcome":"lost"}}    | filter.outcome
            {"filter":{"since":"2026-02-01T00:00:00Z","error_code":""}}     | filter.error_code
            {"filter":{"since":"2026-02-01T00:00:00Z","endpoint_id":"x"}}   | filter.endpoint_id
            {"filter":{"since":"2026-02-01T00:00:00Z"},"rate_per_second":0} | rate_per_second
            {"filter":{"since":"2026-02-01T00:00:00Z"},"dry_run":"yes"}     | dry_run
            {"filter":{"since":"2026-02-01T00:00:00Z"},"again":true}        | again
            {"filter":{"since":"2026-02-01T00:00:00Z"},"to_endpoint_id":"x"} | to_endpoint_id
            """)
    void badRequestNamesItsField(String body, String field) {
        Reply reply = this.customer.post("/api/replays", body);
        assertThat(reply.status()).as("%s", reply).isEqualTo(400);
        assertThat(reply.text("/errors/0/field")).isEqualTo(field);
    }

    @Test
    void organizationHasSoManyReplaysUnderWayAndNoMore() {
        failed("order.paid", 2);
        List<String> running = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            running.add(begin("", ",\"rate_per_second\":1").text("id"));
            this.jdbc
                .sql("update replays set due_at = now() + interval '1 hour' where finished_at is null and id = :id")
                .param("id", UUID.fromString(running.getLast()))
                .update();
        }
        this.jdbc
            .sql("update replays set finished_at = null, state = 'running', due_at = 'infinity' where id = any (:ids)")
            .param("ids", running.stream().map(UUID::fromString).toArray(UUID[]::new))
            .update();
        assertThat(post("", "").status()).isEqualTo(409);
        this.api.delete("/api/replays/" + running.getFirst(), this.customer.key());
        assertThat(post("", "").status()).isEqualTo(202);
        running.forEach((id) -> this.api.delete("/api/replays/" + id, this.customer.key()));
    }

}
