package dev.triggers.attempt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import dev.triggers.support.Api;
import dev.triggers.support.Customer;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Reply;
import dev.triggers.support.Rows;
import dev.triggers.time.UuidV7;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

@IntegrationTest
class AttemptListingTests {

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    private Customer customer;

    private String endpoint = "";

    private String path = "";

    private UUID latest = Rows.newId();

    private final List<String> delivered = new ArrayList<>();

    private final List<String> failed = new ArrayList<>();

    /** Three that are delivered at once, two that fail at two attempts each. */
    @BeforeEach
    void makeAttempts() {
        this.customer = new Customer(this.api);
        this.endpoint = this.customer.register("https://example.com/hook", "").text("id");
        this.path = "/api/webhooks/" + this.endpoint + "/attempts";
        UUID organization = UUID.fromString(this.customer.get("/api/keys").text("organization_id"));
        UUID id = UUID.fromString(this.endpoint);
        UUID other = UUID.fromString(this.customer.register("https://example.com/other", "").text("id"));
        Rows rows = new Rows(this.jdbc);
        for (String type : List.of("good", "bad", "good", "bad", "good")) {
            UUID event = rows.event(organization, later(), type, null, "{}");
            Instant accepted = UuidV7.instant(event);
            rows.attempt(organization, event, other, 1, 'd', accepted);
            if (type.equals("good")) {
                rows.attempt(organization, event, id, 1, 'd', accepted);
                this.delivered.add(event.toString());
            }
            else {
                rows.attempt(organization, event, id, 1, 'r', accepted);
                rows.attempt(organization, event, id, 2, 'f', accepted.plusSeconds(1));
                this.failed.add(event.toString());
            }
        }
        // What was called off is no attempt.
        UUID cancelled = rows.event(organization, "cancelled", "{}");
        rows.attempt(organization, cancelled, id, 1, 'c', UuidV7.instant(cancelled));
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
        assertThat(last.get("response_body").stringValue()).isEqualTo("ok");
        assertThat(last.get("error_code").isNull()).isTrue();
        assertThat(last.get("number").intValue()).isEqualTo(1);
        JsonNode bad = reply.at("attempts").get(1);
        assertThat(bad.get("number").intValue()).isEqualTo(2);
        assertThat(bad.get("outcome").stringValue()).isEqualTo("failed");
        assertThat(bad.get("error_code").stringValue()).isEqualTo("http_status");
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
        String since = UuidV7.instant(UUID.fromString(this.failed.getLast())).toString();
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

    /** An identifier of a millisecond of its own. */
    private UUID later() {
        UUID id = Rows.newId();
        while (UuidV7.instant(id).equals(UuidV7.instant(this.latest))) {
            id = Rows.newId();
        }
        this.latest = id;
        return id;
    }

    private List<String> list(String query) {
        Reply reply = this.customer.get(this.path + query);
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        reply.at("attempts").forEach((attempt) -> ids.add(attempt.get("event_id").stringValue()));
        return ids;
    }

    @Test
    void allEndpointsAreListedInTheOrderOfTheKey() {
        assertThat(keys("?limit=1000")).hasSize(12)
            .containsExactlyElementsOf(walk("?limit=5"))
            .isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void filtersOfAllAttemptsHoldTogether() {
        assertThat(keys("?endpoint_id=" + this.endpoint)).hasSize(7);
        assertThat(keys("?event_id=" + this.failed.getFirst())).hasSize(3);
        assertThat(keys("?type=bad")).hasSize(6);
        assertThat(keys("?type=nothing")).isEmpty();
        assertThat(keys("?outcome=succeeded")).hasSize(8);
        assertThat(keys("?outcome=failed")).hasSize(4);
        assertThat(keys("?outcome=retrying")).hasSize(2);
        assertThat(keys("?outcome=dead")).hasSize(2);
        assertThat(keys("?status=5xx")).hasSize(4);
        assertThat(keys("?status=500")).hasSize(4);
        assertThat(keys("?status=501")).isEmpty();
        assertThat(keys("?error_code=http_status")).hasSize(4);
        assertThat(keys("?status=2XX&type=bad&endpoint_id=" + this.endpoint)).isEmpty();
        assertThat(keys("?outcome=failed&event_id=" + this.failed.getFirst())).hasSize(2);
        assertThat(walk("?outcome=failed&limit=1")).containsExactlyElementsOf(keys("?outcome=failed"));
    }

    @Test
    void timesAreThoseOfTheAttempts() {
        Instant accepted = UuidV7.instant(UUID.fromString(this.failed.getLast()));
        // Its second attempt began a second after its acceptance.
        String first = accepted.plusMillis(1).toString();
        String second = accepted.plusMillis(1_001).toString();
        assertThat(keys("?event_id=" + this.failed.getLast() + "&since=" + first)).hasSize(1);
        assertThat(keys("?event_id=" + this.failed.getLast() + "&until=" + first)).hasSize(2);
        assertThat(keys("?event_id=" + this.failed.getLast() + "&since=" + second)).isEmpty();
        assertThat(keys("?until=2001-01-01T00:00:00Z")).isEmpty();
        assertThat(keys("?since=2999-01-01T00:00:00Z")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "?outcome=delivered", "?since=yesterday", "?until=2026-01-01", "?cursor=x", "?status=6",
            "?status=5x", "?status=0xx", "?endpoint_id=x", "?event_id=1", "?type=%01", "?error_code=%00", "?limit=x" })
    void badValueOfAllAttemptsIs400(String query) {
        Reply reply = this.customer.get("/api/attempts" + query);
        assertThat(reply.status()).as("%s", reply).isEqualTo(400);
        assertThat(reply.text("/errors/0/field")).isEqualTo(query.substring(1, query.indexOf('=')));
    }

    @Test
    void attemptsOfOthersAreNotListed() {
        Customer other = new Customer(this.api);
        Reply reply = other.get("/api/attempts?endpoint_id=" + this.endpoint + "&event_id=" + this.failed.getFirst());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("count").intValue()).isZero();
        assertThat(this.api.get("/api/attempts", null).status()).isEqualTo(401);
    }

    private List<String> keys(String query) {
        Reply reply = this.customer.get("/api/attempts" + query);
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return keys(reply);
    }

    private static List<String> keys(Reply page) {
        List<String> keys = new ArrayList<>();
        page.at("attempts")
            .forEach((attempt) -> keys.add(attempt.get("event_id").stringValue() + " "
                    + attempt.get("endpoint_id").stringValue() + " " + attempt.get("number")));
        return keys;
    }

    private List<String> walk(String query) {
        List<String> walked = new ArrayList<>();
        String cursor = "";
        for (boolean more = true; more;) {
            Reply page = this.customer.get("/api/attempts" + query + cursor);
            walked.addAll(keys(page));
            more = page.at("has_more").booleanValue();
            cursor = more ? "&cursor=" + page.text("next_cursor") : "";
        }
        return walked;
    }

}
