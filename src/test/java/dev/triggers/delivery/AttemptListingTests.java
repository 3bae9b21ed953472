package dev.triggers.delivery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

@IntegrationTest
class AttemptListingTests {

    @Autowired
    private Api api;

    private Customer customer;

    private final Receiver receiver = new Receiver();

    private String endpoint = "";

    private String path = "";

    private final List<String> delivered = new ArrayList<>();

    private final List<String> failed = new ArrayList<>();

    /** Three that are delivered at once, two that fail at two attempts each. */
    @BeforeEach
    void makeAttempts() {
        this.customer = new Customer(this.api);
        this.endpoint = this.customer.register(this.receiver.url(), ",\"retry_schedule\":[0.01]").text("id");
        this.path = "/api/webhooks/" + this.endpoint + "/attempts";
        String other = this.customer.register(this.receiver.url("/other"), "").text("id");
        this.receiver.answer((request, exchange) -> Receiver.respond(exchange,
                request.header("X-Event-Type").equals("bad") && request.path().equals("/hook") ? 500 : 200,
                request.header("X-Event-Type")));
        for (String type : List.of("good", "bad", "good", "bad", "good")) {
            (type.equals("good") ? this.delivered : this.failed).add(this.customer.event(type));
        }
        this.customer.awaitDelivered(this.delivered);
        this.failed.forEach((id) -> this.customer.awaitStatus(id, "failed"));
        assertThat(other).isNotEqualTo(this.endpoint);
    }

    @AfterEach
    void closeReceiver() {
        this.receiver.close();
    }

    @Test
    void attemptsOfTheEndpointAreListedThoseOfTheLatestEventFirst() {
        Reply reply = this.customer.get(this.path);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("count").intValue()).isEqualTo(7);
        assertThat(reply.at("has_more").booleanValue()).isFalse();
        assertThat(reply.at("next_cursor").isNull()).isTrue();
        assertThat(reply.at("attempts")).extracting((attempt) -> attempt.get("event_id").stringValue())
            .isSortedAccordingTo(Comparator.reverseOrder());
        JsonNode last = reply.at("attempts").get(0);
        assertThat(last.get("event_id").stringValue()).isEqualTo(this.delivered.getLast());
        assertThat(last.get("outcome").stringValue()).isEqualTo("delivered");
        assertThat(last.get("response_status").intValue()).isEqualTo(200);
        assertThat(last.get("response_body").stringValue()).isEqualTo("good");
        assertThat(last.get("error_code").isNull()).isTrue();
        assertThat(last.get("number").intValue()).isEqualTo(1);
        JsonNode bad = reply.at("attempts").get(1);
        assertThat(bad.get("number").intValue()).isEqualTo(2);
        assertThat(bad.get("outcome").stringValue()).isEqualTo("failed");
        assertThat(bad.get("error_code").stringValue()).isEqualTo("status_5xx");
    }

    @Test
    void outcomeFilters() {
        assertThat(list("?outcome=delivered")).containsExactlyElementsOf(this.delivered.reversed());
        assertThat(list("?outcome=failed")).containsExactlyElementsOf(this.failed.reversed());
        assertThat(list("?outcome=retried")).containsExactlyElementsOf(this.failed.reversed());
        assertThat(list("?outcome=all")).hasSize(7);
    }

    @Test
    void sinceFiltersByTheAcceptanceOfEvents() {
        String since = this.customer.look(this.failed.getLast()).text("created_at");
        assertThat(list("?since=" + since)).contains(this.failed.getLast(), this.delivered.getLast())
            .doesNotContain(this.delivered.getFirst(), this.failed.getFirst());
        assertThat(list("?since=2999-01-01T00:00:00Z")).isEmpty();
        assertThat(list("?since=%2B999999999-12-31T23:59:59Z")).isEmpty();
        assertThat(list("?since=-999999999-01-01T00:00:00Z")).hasSize(7);
    }

    @ParameterizedTest
    @ValueSource(strings = { "?", "?outcome=delivered&", "?outcome=failed&" })
    void walkSeesEachAttemptOnce(String filter) {
        List<String> all = list(filter + "limit=1000");
        List<String> walked = new ArrayList<>();
        String cursor = "";
        for (boolean more = true; more;) {
            Reply page = this.customer.get(this.path + filter + "limit=2" + cursor);
            assertThat(page.at("count").intValue()).isLessThanOrEqualTo(2);
            page.at("attempts").forEach((attempt) -> walked.add(attempt.get("event_id").stringValue()));
            more = page.at("has_more").booleanValue();
            cursor = more ? "&cursor=" + page.text("next_cursor") : "";
        }
        assertThat(walked).containsExactlyElementsOf(all);
    }

    @ParameterizedTest
    @ValueSource(strings = { "?outcome=x", "?since=yesterday", "?since=2026-01-01", "?cursor=x", "?cursor=AAAA",
            "?cursor=%00", "?limit=x", "?limit=1.5" })
    void badValueIs400(String query) {
        Reply reply = this.customer.get(this.path + query);
        assertThat(reply.status()).as("%s", reply).isEqualTo(400);
        assertThat(reply.text("/errors/0/field")).isEqualTo(query.substring(1, query.indexOf('=')));
    }

    @Test
    void foreignEndpointIsNotFound() {
        Customer other = new Customer(this.api);
        assertThat(other.get(this.path).status()).isEqualTo(404);
        assertThat(other.get("/api/webhooks/" + UUID.randomUUID() + "/attempts").status()).isEqualTo(404);
        assertThat(other.get("/api/webhooks/nonsense/attempts").status()).isEqualTo(400);
        assertThat(other.get("/api/webhooks/" + this.endpoint + "/statistics").status()).isEqualTo(404);
        assertThat(this.api.get(this.path, null).status()).isEqualTo(401);
    }

    @Test
    void statisticsSumUpTheAttemptsOfADay() {
        Reply figures = this.customer.get("/api/webhooks/" + this.endpoint + "/statistics");
        assertThat(figures.status()).isEqualTo(200);
        assertThat(figures.at("attempts").intValue()).isEqualTo(7);
        assertThat(figures.at("successes").intValue()).isEqualTo(3);
        assertThat(figures.at("failures").intValue()).isEqualTo(4);
        assertThat(figures.at("exhausted").intValue()).isEqualTo(2);
        assertThat(figures.at("success_rate").doubleValue()).isEqualTo(3.0 / 7);
        assertThat(figures.at("duration_p50_ms").intValue()).isBetween(0, figures.at("duration_p95_ms").intValue());
        assertThat(figures.text("/last_failure/error_code")).isEqualTo("status_5xx");
        assertThat(figures.text("/last_failure/at")).endsWith("Z");
    }

    @Test
    void statisticsOfAnUnusedEndpointAreEmpty() {
        String unused = this.customer.register(this.receiver.url(), ",\"enabled\":false").text("id");
        Reply figures = this.customer.get("/api/webhooks/" + unused + "/statistics");
        assertThat(figures.at("attempts").intValue()).isZero();
        assertThat(figures.at("success_rate").isNull()).isTrue();
        assertThat(figures.at("duration_p50_ms").isNull()).isTrue();
        assertThat(figures.at("last_failure").isNull()).isTrue();
    }

    private List<String> list(String query) {
        Reply reply = this.customer.get(this.path + query);
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        reply.at("attempts").forEach((attempt) -> ids.add(attempt.get("event_id").stringValue()));
        return ids;
    }

}
