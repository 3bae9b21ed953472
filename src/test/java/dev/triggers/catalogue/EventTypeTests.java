package dev.triggers.catalogue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Reply;
import dev.triggers.support.Rows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@IntegrationTest
class EventTypeTests {

    @Autowired
    private Api api;

    @Autowired
    private TypeCounts counts;

    @Autowired
    private TypeRepository types;

    @Autowired
    private JdbcClient jdbc;

    private String key;

    @BeforeEach
    void join() {
        this.key = this.api.newKey();
    }

    private Reply list(String query) {
        this.counts.write();
        Reply reply = Api.patiently(() -> this.api.get("/api/event-types" + query, this.key));
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return reply;
    }

    private static List<String> names(Reply reply) {
        List<String> names = new ArrayList<>();
        reply.at("event_types").forEach((type) -> names.add(type.get("type").stringValue()));
        return names;
    }

    @Test
    void countsWhatWasAcceptedByTypeAndDay() {
        this.api.postEvent(this.key, "b", "1");
        this.api.postEvent(this.key, "a", "1");
        list("");
        this.api.postEvent(this.key, "a", "1");
        await().untilAsserted(() -> {
            Reply page = list("");
            assertThat(names(page)).containsExactly("a", "b");
            JsonNode type = page.at("event_types").get(0);
            assertThat(type.get("events").intValue()).isEqualTo(2);
            assertThat(type.get("days").get(0).get("events").intValue()).isEqualTo(2);
            assertThat(type.get("first_at").stringValue()).isLessThanOrEqualTo(type.get("last_at").stringValue());
        });
    }

    @Test
    void duplicatesAndRefusedEventsAreNotCounted() {
        String event = "{\"type\":\"a\",\"payload\":1,\"dedup_id\":\"one\"}";
        assertThat(this.api.post("/api/events", this.key, event).status()).isEqualTo(201);
        assertThat(this.api.post("/api/events", this.key, event).status()).isEqualTo(409);
        assertThat(this.api.post("/api/events", this.key, "{\"type\":\"refused\"}").status()).isEqualTo(400);
        await().untilAsserted(() -> assertThat(names(list(""))).containsExactly("a"));
        assertThat(list("").at("event_types").get(0).get("events").intValue()).isEqualTo(1);
    }

    @Test
    void pagesGoOnWhereTheyEnded() {
        for (String type : List.of("c", "\u00e4", "a", "b.x", "B")) {
            this.api.postEvent(this.key, type, "1");
        }
        await().untilAsserted(() -> assertThat(names(list(""))).containsExactly("B", "a", "b.x", "c", "\u00e4"));
        List<String> walked = new ArrayList<>();
        String query = "?limit=2";
        while (true) {
            Reply page = list(query);
            walked.addAll(names(page));
            if (!page.at("has_more").booleanValue()) {
                break;
            }
            query = "?limit=2&cursor=" + page.text("next_cursor");
        }
        assertThat(walked).containsExactly("B", "a", "b.x", "c", "\u00e4");
    }

    @Test
    void organizationsFirstThousandTypesAreCounted() {
        UUID organization = new Rows(this.jdbc).organization();
        Instant now = Instant.now();
        LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
        for (String prefix : List.of("a", "b")) {
            List<TypeCount> batch = new ArrayList<>();
            for (int i = 0; i < TypeRepository.MOST_OF_ONE; i++) {
                batch.add(new TypeCount(organization, prefix + i, day, 1, now, now));
            }
            this.types.add(batch);
            this.types.add(batch);
        }
        assertThat(this.jdbc.sql("select count(*), sum(events) from event_types where organization_id = :id")
            .param("id", organization)
            .query((row, number) -> row.getInt(1) + " of " + row.getInt(2))
            .single()).isEqualTo("1000 of 2000");
    }

    @ParameterizedTest
    @ValueSource(strings = { "cursor=%21", "cursor=AA", "limit=x" })
    void badValueIsRefused(String query) {
        assertThat(this.api.get("/api/event-types?" + query, this.key).status()).isEqualTo(400);
    }

}
