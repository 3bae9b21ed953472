package dev.triggers.log;

import java.util.List;
import java.util.stream.IntStream;

import dev.triggers.support.Api;
import dev.triggers.support.Concurrently;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Positions that are kept for consumers.
 */
@IntegrationTest
class ConsumerTests {

    @Autowired
    private Api api;

    private String key;

    private String start;

    private String further;

    @BeforeEach
    void join() {
        this.key = this.api.newKey();
        this.start = cursor("");
        String id = this.api.postEvent(this.key, "a", "1");
        await().until(() -> this.api.get("/api/events?cursor=" + this.start, this.key).body().contains(id));
        this.further = cursor("?cursor=" + this.start);
    }

    private String cursor(String query) {
        return this.api.get("/api/events" + query, this.key).text("next_cursor");
    }

    private Reply put(String name, String body) {
        return this.api.put("/api/consumers/" + name, this.key, body);
    }

    private String position(String cursor) {
        return "{\"cursor\":\"" + cursor + "\"}";
    }

    private String positionIf(String cursor, String expected) {
        return "{\"cursor\":\"" + cursor + "\",\"if_cursor\":" + expected + "}";
    }

    @Test
    void positionIsKeptShownAndForgotten() {
        assertThat(put("billing", position(this.start)).text("cursor")).isEqualTo(this.start);
        assertThat(put("billing", position(this.further)).status()).isEqualTo(200);
        assertThat(this.api.get("/api/consumers/billing", this.key).text("cursor")).isEqualTo(this.further);
        assertThat(this.api.get("/api/consumers", this.key).at("consumers")).hasSize(1);
        assertThat(this.api.delete("/api/consumers/billing", this.key).status()).isEqualTo(204);
        assertThat(this.api.get("/api/consumers/billing", this.key).status()).isEqualTo(404);
        assertThat(this.api.delete("/api/consumers/billing", this.key).status()).isEqualTo(404);
    }

    @Test
    void positionMovesOnlyFromTheExpectedOne() {
        assertThat(put("a", positionIf(this.start, "null")).status()).isEqualTo(200);
        assertThat(put("a", positionIf(this.start, "null")).status()).isEqualTo(409);
        assertThat(put("a", positionIf(this.further, '"' + this.start + '"')).status()).isEqualTo(200);
        Reply refused = put("a", positionIf(this.further, '"' + this.start + '"'));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("cursor")).isEqualTo(this.further);
        assertThat(put("never", positionIf(this.further, '"' + this.start + '"')).status()).isEqualTo(409);
    }

    @Test
    void ofManyThatGoOnFromTheSamePositionOneWins() {
        put("a", position(this.start));
        List<Integer> statuses = Concurrently.call(8,
                (client) -> put("a", positionIf(this.further, '"' + this.start + '"')).status());
        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 409);
        List<Integer> first = Concurrently.call(8, (client) -> put("b", positionIf(this.start, "null")).status());
        assertThat(first).containsOnlyOnce(200).containsOnly(200, 409);
    }

    @Test
    void organizationHasAHundred() {
        IntStream.range(0, 100).forEach((n) -> assertThat(put("c" + n, position(this.start)).status()).isEqualTo(200));
        Reply refused = put("one-more", position(this.start));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("detail")).contains("100");
        assertThat(put("c0", position(this.further)).status()).isEqualTo(200);
    }

    @Test
    void consumersOfOthersAreNotThere() {
        put("billing", position(this.start));
        String stranger = this.api.newKey();
        assertThat(this.api.get("/api/consumers/billing", stranger).status()).isEqualTo(404);
        assertThat(this.api.put("/api/consumers/billing", stranger, position(this.start)).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"cursor\":1}", "{\"cursor\":\"abc\"}", "[]", "{\"cursor\":null}" })
    void badPositionIsRefused(String body) {
        assertThat(put("a", body).status()).isEqualTo(400);
    }

    @Test
    void badNameIsRefused() {
        assertThat(put("a%20b", position(this.start)).status()).isEqualTo(400);
        assertThat(put("x".repeat(101), position(this.start)).status()).isEqualTo(400);
        assertThat(put("x".repeat(100), position(this.start)).status()).isEqualTo(200);
    }

}
