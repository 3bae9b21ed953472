package dev.triggers.search;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.triggers.support.Api;
import dev.triggers.support.Customer;
import dev.triggers.support.Instance;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Reply;
import dev.triggers.support.Rows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code GET /api/events/search} and {@code POST /api/filters/try} over HTTP.
 */
@IntegrationTest
class SearchTests {

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private SearchPlaces places;

    @Autowired
    private Environment environment;

    private Customer customer;

    private Rows rows;

    private UUID organization;

    @BeforeEach
    void join() {
        this.customer = new Customer(this.api);
        this.rows = new Rows(this.jdbc);
        this.organization = UUID.fromString(this.customer.get("/api/keys").text("organization_id"));
    }

    @Test
    void eventsAreFoundByThemselves() {
        String user = this.customer.event("user.created", "{\"user\":{\"id\":12345678901234567890}}");
        String order = this.customer.event("order.paid", "{\"tags\":[\"vip\",\"\\u00e9t\\u00e9\"]}");
        String nul = this.customer.event("order.odd", "[\"\\u0000\",1e200000]");
        assertThat(find("type:user.*")).containsExactly(user);
        assertThat(find("type:order.*")).containsExactly(nul, order);
        assertThat(find("-type:order.paid")).containsExactly(nul, user);
        assertThat(find("id:" + order)).containsExactly(order);
        assertThat(find("payload.user.id:12345678901234567890")).containsExactly(user);
        assertThat(find("payload.user.id:12345678901234567568")).isEmpty();
        assertThat(find("payload.user.id:1234567890123456789e1")).containsExactly(user);
        assertThat(find("payload.tags[]:vip")).containsExactly(order);
        assertThat(find("payload.tags[]:\u00e9t\u00e9 -payload.tags[]:x")).containsExactly(order);
        assertThat(find("payload[]:10e199999")).containsExactly(nul);
        assertThat(find("\u00e9t")).containsExactly(order);
        assertThat(find("vip type:user.*")).isEmpty();
        assertThat(find("%")).isEmpty();
        assertThat(find("since:1h")).hasSize(3);
        assertThat(find("until:1h")).isEmpty();
        assertThat(find("-nothing")).hasSize(3);
    }

    @Test
    void eventsAreFoundByTheirDeliveries() {
        UUID endpoint = this.rows.endpoint(this.organization, "https://example.com/");
        UUID delivered = this.rows.event(this.organization, "a", "1");
        this.rows.attempt(this.organization, delivered, endpoint, 1, 'd', Instant.now());
        UUID failed = this.rows.event(this.organization, "a", "2");
        this.rows.attempt(this.organization, failed, endpoint, 1, 'r', Instant.now());
        this.rows.attempt(this.organization, failed, endpoint, 2, 'f', Instant.now());
        this.rows.deadLetter(this.organization, failed, endpoint, 2);
        UUID retrying = this.rows.event(this.organization, "b", "3");
        this.rows.attempt(this.organization, retrying, endpoint, 1, 'r', Instant.now());
        this.rows.delivery(this.organization, retrying, endpoint, Instant.parse("2100-01-01T00:00:00Z"), 1);
        UUID waiting = this.rows.waiting(this.organization, "b");
        UUID acknowledged = this.rows.event(this.organization, "c", "5");
        this.rows.acknowledged(this.organization, acknowledged, Instant.now());
        assertThat(find("status:failed")).containsExactly(failed.toString());
        assertThat(find("status:pending")).containsExactly(waiting.toString(), retrying.toString());
        assertThat(find("status:retrying")).containsExactly(retrying.toString());
        assertThat(find("status:delivered")).containsExactly(acknowledged.toString(), delivered.toString());
        assertThat(find("endpoint:" + endpoint)).hasSize(3);
        assertThat(find("endpoint:" + UUID.randomUUID())).isEmpty();
        assertThat(find("code:5xx")).containsExactly(retrying.toString(), failed.toString());
        assertThat(find("code:5xx status:failed")).containsExactly(failed.toString());
        assertThat(find("code:200")).containsExactly(delivered.toString());
        assertThat(find("-code:5xx endpoint:" + endpoint)).containsExactly(delivered.toString());
        assertThat(find("error:http_status attempts:>1")).containsExactly(failed.toString());
        assertThat(find("attempts:0")).containsExactly(acknowledged.toString(), waiting.toString());
        assertThat(find("-status:failed type:a 1")).containsExactly(delivered.toString());
    }

    /** What other endpoints did is not there for it, neither found nor left out. */
    @Test
    void keyThatIsHeldToAnEndpointFindsByItsDeliveries() {
        UUID own = UUID.fromString(this.customer.register("https://example.com/own", "").text("id"));
        UUID other = UUID.fromString(this.customer.register("https://example.com/other", "").text("id"));
        UUID ownFailed = this.rows.event(this.organization, "a", "1");
        this.rows.attempt(this.organization, ownFailed, own, 2, 'f', Instant.now());
        this.rows.deadLetter(this.organization, ownFailed, own, 2);
        UUID otherFailed = this.rows.event(this.organization, "a", "2");
        this.rows.attempt(this.organization, otherFailed, other, 3, 'f', Instant.now());
        this.rows.deadLetter(this.organization, otherFailed, other, 3);
        String held = this.customer
            .post("/api/organization/keys",
                    "{\"name\":\"held\",\"scopes\":[\"events:read\"],\"endpoint_ids\":[\"" + own + "\"]}")
            .text("api_key");
        assertThat(find("status:failed")).containsExactly(otherFailed.toString(), ownFailed.toString());
        assertThat(find(held, "status:failed")).containsExactly(ownFailed.toString());
        assertThat(find(held, "-status:failed")).containsExactly(otherFailed.toString());
        assertThat(find(held, "code:5xx")).containsExactly(ownFailed.toString());
        assertThat(find(held, "attempts:>2")).isEmpty();
        assertThat(find(held, "endpoint:" + other)).isEmpty();
        assertThat(find(held, "error:http_status")).containsExactly(ownFailed.toString());
    }

    @Test
    void dedupIdFindsItsEvent() {
        UUID id = this.rows.event(this.organization, Rows.newId(), "a", "order 7", "1");
        this.rows.event(this.organization, Rows.newId(), "a", "order 8", "1");
        assertThat(find("dedup:\"order 7\"")).containsExactly(id.toString());
    }

    @Test
    void walkFindsEachMatchOnceAndItemsAreThoseOfTheInbox() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            ids.addFirst(this.customer.event((i % 2 == 0) ? "even" : "odd", "{\"i\": " + i + ".0}"));
        }
        List<String> walked = new ArrayList<>();
        String cursor = "";
        for (boolean more = true; more;) {
            Reply page = search("-payload.i:24&limit=3" + cursor);
            assertThat(page.at("count").intValue()).isLessThanOrEqualTo(3);
            page.at("events").forEach((event) -> walked.add(event.get("id").stringValue()));
            more = page.at("has_more").booleanValue();
            cursor = more ? "&cursor=" + page.text("next_cursor") : "";
        }
        assertThat(walked).containsExactlyElementsOf(ids.subList(1, 25));
        String item = this.customer.get("/api/inbox?limit=1").at("/events/0").toString();
        assertThat(search("payload.i:24").at("/events/0").toString()).isEqualTo(item);
    }

    @Test
    void largePagesEndEarly() {
        String payload = "\"" + "x".repeat(250_000) + "\"";
        for (int i = 0; i < 20; i++) {
            this.rows.event(this.organization, "large", payload);
        }
        Reply page = search("xxxx");
        assertThat(page.at("count").intValue()).isBetween(10, 17);
        assertThat(page.at("has_more").booleanValue()).isTrue();
        Reply rest = search("xxxx&cursor=" + page.text("next_cursor"));
        assertThat(rest.at("count").intValue()).isEqualTo(20 - page.at("count").intValue());
        assertThat(rest.at("has_more").booleanValue()).isFalse();
        assertThat(rest.at("searched_until").isNull()).isTrue();
    }

    @Test
    void longHistoryIsSearchedInPages() {
        // Each within the time that a statement has
        for (int from = 1; from <= 120_000; from += 5_000) {
            this.jdbc.sql("""
                    insert into events (organization_id, id, type, payload)
                    select :organization, (lpad(to_hex((extract(epoch from now()) * 1000)::bigint), 12, '0')
                      || '7000' || lpad(to_hex(i), 16, '0'))::uuid, 'many', case when i = 1 then '"needle"' else '1' end
                    from generate_series(:from, :from + 4999) i
                    """).param("organization", this.organization).param("from", from).update();
        }
        List<String> found = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        for (boolean more = true; more; pages++) {
            Reply page = search("needle" + cursor);
            page.at("events").forEach((event) -> found.add(event.get("id").stringValue()));
            more = page.at("has_more").booleanValue();
            assertThat(page.at("searched_until").isNull()).isEqualTo(!more);
            cursor = more ? "&cursor=" + page.text("next_cursor") : "";
        }
        assertThat(found).hasSize(1);
        assertThat(pages).isGreaterThan(1);
    }

    @Test
    void othersEventsAreNotFound() {
        this.customer.event("a", "\"secret\"");
        Customer other = new Customer(this.api);
        assertThat(other.get("/api/events/search?q=secret").at("count").intValue()).isZero();
        assertThat(this.api.get("/api/events/search?q=a", null).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = { "q=", "q=foo:bar", "q=x&cursor=y", "q=x&limit=z", "q=%00", "q=%ff" })
    void badValueIs400(String query) {
        Reply reply = this.customer.get("/api/events/search?" + query);
        assertThat(reply.status()).as("%s", reply).isEqualTo(400);
        assertThat(reply.text("/errors/0/field"))
            .isEqualTo(query.contains("cursor") ? "cursor" : query.contains("limit") ? "limit" : "q");
    }

    @Test
    void oneSearchOfAnOrganizationAndTwoOfAnInstance() {
        UUID busy = UUID.randomUUID();
        this.places.take(this.organization);
        this.places.take(busy);
        try {
            Reply own = this.api.get("/api/events/search?q=x", this.customer.key());
            assertThat(own.status()).isEqualTo(429);
            assertThat(own.header("Retry-After")).isEqualTo("1");
            Reply other = this.api.get("/api/events/search?q=x", this.api.newKey());
            assertThat(other.status()).isEqualTo(503);
            assertThat(other.header("Retry-After")).isEqualTo("1");
        }
        finally {
            this.places.leave(this.organization);
            this.places.leave(busy);
        }
        assertThat(find("x")).isEmpty();
    }

    @Test
    void otherInstanceFindsTheSameAndMindsWhoSearches() {
        String id = this.customer.event("a", "\"elsewhere\"");
        try (Instance second = Instance.start(this.environment.getRequiredProperty("DATABASE_URL"), Map.of())) {
            Customer there = this.customer.at(second.api());
            assertThat(there.get("/api/events/search?q=elsewhere").text("/events/0/id")).isEqualTo(id);
            boolean alone = second.bean(SearchRepository.class)
                .look(Callers.of(this.organization), Duration.ofSeconds(5),
                        (look) -> assertThat(this.api.get("/api/events/search?q=x", this.customer.key()).status())
                            .isEqualTo(429));
            assertThat(alone).isTrue();
        }
    }

    @Test
    void filtersAreTriedOnRecentEvents() {
        String user = this.customer.event("user.created");
        this.customer.event("users");
        String order = this.customer.event("order_paid");
        assertThat(taken("[\"user.*\"]")).containsExactly(user);
        assertThat(taken("[\"order_paid\",\"user.created\"]")).containsExactly(order, user);
        assertThat(taken("[\"orderXpaid\"]")).isEmpty();
        assertThat(taken("null")).hasSize(3);
        Reply limited = this.customer.post("/api/filters/try", "{\"limit\":1}");
        assertThat(limited.at("count").intValue()).isEqualTo(1);
        assertThat(limited.at("has_more").booleanValue()).isTrue();
        for (String body : List.of("{\"event_types\":\"a\"}", "{\"event_types\":[\"a*\"]}", "{\"limit\":0}",
                "{\"limit\":\"1\"}", "[]", "")) {
            assertThat(this.customer.post("/api/filters/try", body).status()).as(body).isEqualTo(400);
        }
    }

    private List<String> taken(String types) {
        Reply reply = this.customer.post("/api/filters/try", "{\"event_types\":" + types + "}");
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return reply.at("events").valueStream().map((event) -> event.get("id").stringValue()).toList();
    }

    private List<String> find(String query) {
        return find(this.customer.key(), query);
    }

    private List<String> find(String key, String query) {
        String path = "/api/events/search?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
        Reply reply = Api.patiently(() -> this.api.get(path, key));
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return reply.at("events").valueStream().map((event) -> event.get("id").stringValue()).toList();
    }

    private Reply search(String query) {
        Reply reply = this.customer.get("/api/events/search?q=" + query);
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return reply;
    }

}
