package dev.triggers.key;

import java.util.List;

import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Metrics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

@IntegrationTest
class KeyMetricsTests {

    private static final List<String> REASONS = List.of("missing", "malformed", "unknown", "wrong", "ended",
            "admin_token");

    @Autowired
    Api api;

    @Autowired
    KeyAuthenticator authenticator;

    @Autowired
    JdbcClient jdbc;

    private String key = "";

    /**
     * Hashes are computed one after the other: behind these two, none is left of an
     * earlier test.
     */
    @BeforeEach
    void hashOfEachKindIsDone() {
        this.key = this.api.newKey();
        forget();
        assertThat(status(this.key)).isEqualTo(200);
    }

    @Test
    void aRequestWithoutAKeyIsCounted() {
        assertOnlyCounted("missing", () -> assertThat(this.api.get("/api/keys", null).status()).isEqualTo(401));
    }

    @Test
    void whatIsNoKeyIsCounted() {
        assertOnlyCounted("malformed", () -> assertThat(status("nonsense")).isEqualTo(401));
    }

    @Test
    void anUnknownKeyIsCounted() {
        assertOnlyCounted("unknown", () -> assertThat(status("zap_live_" + "0".repeat(64))).isEqualTo(401));
    }

    @Test
    void aWrongSecretOfARememberedKeyIsCounted() {
        assertOnlyCounted("wrong", () -> assertThat(status(wrong())).isEqualTo(401));
    }

    @Test
    void aWrongSecretOfAKeyThatHasToBeVerifiedIsCounted() {
        assertOnlyCounted("wrong", () -> {
            forget();
            assertThat(status(wrong())).isEqualTo(401);
        });
    }

    @Test
    void aRotatedKeyIsUnknown() {
        assertThat(this.api.post("/api/keys/rotate", this.key, "{}").status()).isEqualTo(200);
        assertOnlyCounted("unknown", () -> assertThat(status(this.key)).isEqualTo(401));
    }

    @Test
    void verifyingARightKeyIsNoFailureAndCostsAHash() {
        Metrics before = Metrics.of(this.api);
        forget();
        assertThat(status(this.key)).isEqualTo(200);
        Metrics after = Metrics.of(this.api);
        assertThat(grown("key_hashes_seconds_count{purpose=\"verify\"}", before, after)).isOne();
        assertThat(grown("key_hashes_seconds_sum{purpose=\"verify\"}", before, after)).isPositive();
        assertThat(grown("key_hashes_seconds_count{purpose=\"generate\"}", before, after)).isZero();
        for (String reason : REASONS) {
            assertThat(grown(failures(reason), before, after)).as(reason).isZero();
        }
    }

    @Test
    void aKeyThatWasVerifiedOnceCostsALookUp() {
        Metrics before = Metrics.of(this.api);
        this.authenticator.forget(this.key.substring(9, 25));
        assertThat(status(this.key)).isEqualTo(200);
        this.authenticator.forget(this.key.substring(9, 25));
        assertThat(status(wrong())).isEqualTo(401);
        String fresh = this.api.newKey();
        assertThat(status(fresh)).isEqualTo(200);
        assertThat(grown("key_hashes_seconds_count{purpose=\"verify\"}", before, Metrics.of(this.api))).isZero();
    }

    @Test
    void aNewKeyCostsAHash() {
        Metrics before = Metrics.of(this.api);
        this.api.newKey();
        assertThat(grown("key_hashes_seconds_count{purpose=\"generate\"}", before, Metrics.of(this.api)))
            // The client tries again where the machine is busy
            .isGreaterThanOrEqualTo(1);
    }

    private void assertOnlyCounted(String expected, Runnable request) {
        Metrics before = Metrics.of(this.api);
        request.run();
        Metrics after = Metrics.of(this.api);
        for (String reason : REASONS) {
            assertThat(grown(failures(reason), before, after)).as(reason)
                .isEqualTo(reason.equals(expected) ? 1.0 : 0.0);
        }
    }

    private int status(String presented) {
        return this.api.get("/api/keys", presented).status();
    }

    private String wrong() {
        return this.key.substring(0, this.key.length() - 1) + (this.key.endsWith("0") ? "1" : "0");
    }

    private void forget() {
        unrecognized(this.jdbc, this.key);
        this.authenticator.forget(this.key.substring(9, 25));
    }

    /** As a key is that was never verified. */
    static void unrecognized(JdbcClient jdbc, String key) {
        jdbc.sql("update api_keys set fingerprint = null where key_id = :id")
            .param("id", key.substring(9, 25))
            .update();
    }

    private static String failures(String reason) {
        return "key_authentication_failures_total{reason=\"" + reason + "\"}";
    }

    private static double grown(String series, Metrics before, Metrics after) {
        return after.value(series) - before.value(series);
    }

}
