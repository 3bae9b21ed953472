package dev.triggers.search;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.triggers.support.Customer;
import dev.triggers.support.DatabaseLink;
import dev.triggers.support.Instance;
import dev.triggers.support.Metrics;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Reply;
import dev.triggers.support.Rows;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static dev.triggers.support.Customer.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Searches and lists of attempts while the database is away, or slow.
 */
class SearchFaultTests {

    private static final String SEARCH = "/api/events/search?q=type:a";

    private static final String ATTEMPTS = "/api/attempts?outcome=failed";

    private static String database;

    private static DatabaseLink link;

    private static Instance instance;

    private Customer customer;

    private UUID organization;

    @BeforeAll
    static void start() {
        database = PostgresServer.newDatabase();
        link = new DatabaseLink(database);
        instance = Instance.start(link.url(), Map.of());
    }

    @AfterAll
    static void stop() {
        instance.close();
        link.close();
    }

    @BeforeEach
    void join() {
        this.customer = new Customer(instance.api());
        this.organization = UUID.fromString(this.customer.get("/api/keys").text("organization_id"));
    }

    @AfterEach
    void recovers() {
        link.repair();
        await().until(() -> instance.api().get("/health/ready", null).status() == 200);
    }

    private Reply get(String path) {
        return instance.api().get(path, this.customer.key());
    }

    private void assertUnavailable(String path) {
        Reply reply = get(path);
        assertThat(reply.status()).as("%s", reply).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isNotNull();
    }

    private void assertAnswered(String event) {
        eventually(() -> {
            Reply found = get(SEARCH);
            assertThat(found.status()).as("%s", found).isEqualTo(200);
            assertThat(found.text("/events/0/id")).isEqualTo(event);
            assertThat(get(ATTEMPTS).status()).isEqualTo(200);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = { "cut", "frozen" })
    void withoutItsDatabaseNothingIsSearchedUntilItIsBack(String how) {
        String event = this.customer.event("a");
        assertAnswered(event);
        if (how.equals("cut")) {
            link.cut();
        }
        else {
            link.freeze();
        }
        assertUnavailable(SEARCH);
        assertUnavailable(ATTEMPTS);
        link.repair();
        assertAnswered(event);
    }

    /** The place that a search had taken is free again. */
    @Test
    void databaseThatRestartsInTheMiddleOfASearchEndsItAlone() {
        String event = this.customer.event("a");
        assertAnswered(event);
        for (String statement : List.of("with looked as materialized", "octet_length(payload)")) {
            link.freezeBefore(statement);
            Thread cutting = Thread.ofVirtual().start(() -> {
                await().until(link::isFrozen);
                link.cut();
                link.repair();
            });
            assertUnavailable(SEARCH);
            assertThat(cutting).satisfies(Thread::join);
            assertAnswered(event);
        }
    }

    /** What is searched for almost occurs, again and again, in what is searched. */
    @Test
    void searchThatTakesTooLongSaysHowFarItCame() {
        JdbcClient jdbc = PostgresServer.client(database);
        Rows rows = new Rows(jdbc);
        List<String> slow = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            slow.add(Rows.newId().toString());
        }
        jdbc.sql("""
                insert into events (organization_id, id, last_id, type, payload)
                select :organization, id, id, 'slow', '"' || repeat('a', 250000) || '"' from unnest(:ids::uuid[]) i (id)
                """).param("organization", this.organization).param("ids", slow.toArray(String[]::new)).update();
        List<String> quick = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            quick.add(Rows.newId().toString());
        }
        jdbc.sql("""
                insert into events (organization_id, id, last_id, type, payload)
                select :organization, id, id, 'quick', '1' from unnest(:ids::uuid[]) i (id)
                """).param("organization", this.organization).param("ids", quick.toArray(String[]::new)).update();
        String found = rows.event(this.organization, "quick", "\"" + "a".repeat(300) + "b\"").toString();
        String word = URLEncoder.encode("a".repeat(300) + "b", StandardCharsets.UTF_8);
        double before = Metrics.of(instance.api()).value("triggers_searches_total{outcome=\"timed_out\"}");
        Reply page = this.customer.get("/api/events/search?q=" + word);
        assertThat(page.status()).as("%s", page).isEqualTo(200);
        assertThat(page.text("/events/0/id")).isEqualTo(found);
        assertThat(page.at("has_more").booleanValue()).isTrue();
        assertThat(page.text("searched_until")).isNotNull();
        assertThat(Metrics.of(instance.api()).value("triggers_searches_total{outcome=\"timed_out\"}") - before)
            .isEqualTo(1);
        Reply next = this.customer.get("/api/events/search?q=" + word + "&cursor=" + page.text("next_cursor"));
        assertThat(next.status()).as("%s", next).isEqualTo(200);
        assertThat(next.at("events")).isEmpty();
        assertThat(next.at("has_more").booleanValue()).isTrue();
        assertThat(next.text("searched_until")).isLessThanOrEqualTo(page.text("searched_until"));
    }

}
