package dev.triggers.inbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Reply;
import dev.triggers.support.Rows;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code GET /api/inbox} over HTTP.
 */
@IntegrationTest
class InboxTests {

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    private Rows rows;

    private String key;

    private UUID organization;

    @BeforeEach
    void join() {
        this.rows = new Rows(this.jdbc);
        this.key = this.api.newKey();
        this.organization = UUID.fromString(this.api.get("/api/keys", this.key).text("organization_id"));
    }

    private Reply inbox(String query) {
        return this.api.get("/api/inbox" + query, this.key);
    }

    private List<String> ids(String query) {
        Reply reply = inbox(query);
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return ids(reply);
    }

    private static List<String> ids(Reply reply) {
        List<String> ids = new ArrayList<>();
        for (JsonNode event : reply.at("/events")) {
            ids.add(event.get("id").stringValue());
        }
        return ids;
    }

    @Test
    void emptyInboxSaysSo() {
        assertThat(inbox("").body()).isEqualTo("""
                {"events":[],"next_cursor":null,"has_more":false,"count":0,"limit":100,\
                "pagination":{"limit":100,"offset":0,"count":0,"has_more":false,"next_cursor":null}}""");
    }

    @Test
    void itemHasTheMembersThatClientsRead() {
        Reply posted = this.api.post("/api/events", this.key, """
                {"type":"user.created","payload":{"a":1},"dedup_id":"once"}""");
        String id = posted.text("id");
        JsonNode item = inbox("").at("/events/0");
        assertThat(item.propertyNames()).containsExactly("id", "event_id", "type", "event_type", "payload", "dedup_id",
                "status", "delivery_status", "attempts", "response_status", "last_error", "created_at", "updated_at");
        assertThat(item.get("id").stringValue()).isEqualTo(id);
        assertThat(item.get("event_id").stringValue()).isEqualTo(id);
        assertThat(item.get("type").stringValue()).isEqualTo("user.created");
        assertThat(item.get("event_type").stringValue()).isEqualTo("user.created");
        assertThat(item.get("dedup_id").stringValue()).isEqualTo("once");
        assertThat(item.get("status").stringValue()).isEqualTo("pending");
        assertThat(item.get("delivery_status").stringValue()).isEqualTo("pending");
        assertThat(item.get("attempts").intValue()).isZero();
        assertThat(item.get("response_status").isNull()).isTrue();
        assertThat(item.get("last_error").isNull()).isTrue();
        assertThat(item.get("created_at").stringValue()).isEqualTo(posted.text("created_at"))
            .isEqualTo(item.get("updated_at").stringValue());
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"b\": 1.0e+2,\"a\" : \"\\u0000\\u00E9\\/\", \"a\":[ ] }", "\"text\"", "0", "-0.0E-0",
            "12345678901234567890.12345678901234567890", "false", "[]", "{\"é\":\"😀\\ud83d\\ude00\"}" })
    void payloadComesBackExactlyAsPosted(String payload) {
        this.api.postEvent(this.key, "exact", payload);
        assertThat(inbox("").body()).contains("\"payload\":" + payload + ",\"dedup_id\"");
    }

    @Test
    void pagesFollowTheCursor() {
        List<String> posted = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            posted.add(this.api.postEvent(this.key, "a", "1"));
        }
        Reply first = inbox("?limit=2");
        assertThat(ids(first)).isEqualTo(posted.reversed().subList(0, 2));
        assertThat(first.at("/count").intValue()).isEqualTo(2);
        assertThat(first.at("/limit").intValue()).isEqualTo(2);
        assertThat(first.at("/has_more").booleanValue()).isTrue();
        assertThat(first.at("/pagination/has_more").booleanValue()).isTrue();
        assertThat(first.text("/pagination/next_cursor")).isEqualTo(first.text("/next_cursor"));
        String arrived = this.api.postEvent(this.key, "a", "1");
        Reply second = inbox("?limit=2&cursor=" + first.text("next_cursor"));
        assertThat(ids(second)).isEqualTo(posted.reversed().subList(2, 4));
        Reply third = inbox("?limit=2&cursor=" + second.text("next_cursor"));
        assertThat(ids(third)).isEqualTo(posted.reversed().subList(4, 5));
        assertThat(third.at("/has_more").booleanValue()).isFalse();
        assertThat(third.at("/next_cursor").isNull()).isTrue();
        assertThat(ids("?limit=1")).containsExactly(arrived);
        assertThat(ids("?offset=1&limit=2")).isEqualTo(posted.reversed().subList(0, 2));
        assertThat(inbox("?offset=1&limit=2").at("/pagination/offset").intValue()).isEqualTo(1);
    }

    @Test
    void ascendingWalkGoesOnInItsOwnOrder() {
        List<String> posted = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            posted.add(this.api.postEvent(this.key, "a", "1"));
        }
        Reply first = inbox("?order=asc&limit=2");
        assertThat(ids(first)).isEqualTo(posted.subList(0, 2));
        String cursor = first.text("next_cursor");
        assertThat(ids("?limit=2&cursor=" + cursor)).isEqualTo(posted.subList(2, 3));
        assertThat(ids("?order=asc&cursor=" + cursor)).isEqualTo(posted.subList(2, 3));
        assertThat(inbox("?order=desc&cursor=" + cursor).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({ "'', pending retrying failed", "pending, pending retrying", "retrying, retrying", "failed, failed",
            "dead_letter, failed", "delivered, delivered acknowledged", "acknowledged, delivered acknowledged",
            "all, pending retrying failed delivered acknowledged" })
    void statusChooses(String status, String expected) {
        UUID endpoint = Rows.newId();
        Instant later = Instant.parse("2100-01-01T00:00:00Z");
        this.rows.waiting(this.organization, "pending");
        UUID retrying = this.rows.event(this.organization, "retrying", "1");
        this.rows.attempt(this.organization, retrying, endpoint, 1, 'r', Instant.EPOCH);
        this.rows.delivery(this.organization, retrying, endpoint, later, 1);
        UUID failed = this.rows.event(this.organization, "failed", "1");
        this.rows.attempt(this.organization, failed, endpoint, 1, 'f', Instant.EPOCH);
        this.rows.deadLetter(this.organization, failed, endpoint, 1);
        UUID delivered = this.rows.event(this.organization, "delivered", "1");
        this.rows.attempt(this.organization, delivered, endpoint, 1, 'd', Instant.EPOCH);
        UUID acknowledged = this.rows.event(this.organization, "acknowledged", "1");
        this.rows.acknowledged(this.organization, acknowledged, Instant.EPOCH);
        Reply reply = inbox(status.isEmpty() ? "?order=asc" : "?order=asc&status=" + status);
        List<String> types = new ArrayList<>();
        for (JsonNode event : reply.at("/events")) {
            types.add(event.get("type").stringValue());
        }
        assertThat(types).containsExactly(expected.split(" "));
    }

    @Test
    void typeChooses() {
        String created = this.api.postEvent(this.key, "user.created", "1");
        String deleted = this.api.postEvent(this.key, "user.deleted", "1");
        this.api.postEvent(this.key, "users.created", "1");
        assertThat(ids("?type=user.created")).containsExactly(created);
        assertThat(ids("?type=user.*")).containsExactly(deleted, created);
        assertThat(ids("?type=user.%2A&status=all&order=asc")).containsExactly(created, deleted);
        assertThat(ids("?type=nothing")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "limit=0, 1", "limit=-7, 1", "limit=5000, 1000", "limit=99999999999999999999, 1000", "limit=7, 7" })
    void limitIsClamped(String query, int limit) {
        Reply reply = inbox("?" + query);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/limit").intValue()).isEqualTo(limit);
        assertThat(reply.at("/pagination/limit").intValue()).isEqualTo(limit);
    }

    @ParameterizedTest
    @CsvSource({ "limit=ten, limit", "limit=1.5, limit", "limit=, limit", "offset=x, offset", "offset=-1, offset",
            "offset=10001, offset", "wait=soon, wait", "status=lost, status", "status=PENDING, status",
            "order=up, order", "cursor=nonsense, cursor", "cursor=!!!, cursor", "cursor=%00, cursor",
            "cursor=AQIAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, cursor", "type=%00, type", "type=a%0Ab, type" })
    void wrongValueIsRefusedByName(String query, String parameter) {
        Reply reply = inbox("?" + query);
        assertThat(reply.status()).as("%s", reply).isEqualTo(400);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(reply.text("/errors/0/field")).isEqualTo(parameter);
        assertThat(reply.text("/code")).isEqualTo("validation_error");
    }

    @ParameterizedTest
    @ValueSource(strings = { "offset=10000", "wait=0", "wait=-5", "order=desc", "unknown=1", "cursor=" })
    void acceptableValues(String query) {
        assertThat(inbox("?" + query).status()).isEqualTo(200);
    }

    @Test
    void typeIsNoLongerThanTypesAre() {
        assertThat(inbox("?type=" + "x".repeat(255)).status()).isEqualTo(200);
        assertThat(inbox("?type=" + "x".repeat(256)).status()).isEqualTo(400);
    }

    @Test
    void needsAKey() {
        assertThat(this.api.get("/api/inbox", null).status()).isEqualTo(401);
    }

    @Test
    void showsNothingOfOthers() {
        this.api.postEvent(this.api.newKey(), "a", "1");
        assertThat(ids("?status=all")).isEmpty();
    }

    @Test
    void largePagesEndEarly() {
        String payload = "\"" + "x".repeat(200_000) + "\"";
        for (int i = 0; i < 24; i++) {
            this.rows.event(this.organization, "large", payload);
        }
        int seen = 0;
        String cursor = null;
        do {
            Reply page = inbox("?status=all&limit=1000" + ((cursor != null) ? "&cursor=" + cursor : ""));
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.body()).hasSizeLessThanOrEqualTo(4 * 1024 * 1024);
            seen += page.at("/count").intValue();
            cursor = next(page);
        }
        while (cursor != null);
        assertThat(seen).isEqualTo(24);
    }

    private static @Nullable String next(Reply page) {
        return page.at("/has_more").booleanValue() ? page.text("/next_cursor") : null;
    }

}
