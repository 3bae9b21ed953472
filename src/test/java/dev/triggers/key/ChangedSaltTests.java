package dev.triggers.key;

import java.util.List;
import java.util.Map;

import dev.triggers.support.Api;
import dev.triggers.support.Instance;
import dev.triggers.support.PostgresServer;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Another pepper matches no key, whatever the instances knew it by, and leaves nothing
 * behind by which it would match later.
 */
class ChangedSaltTests {

    private static final String ROTATE_SLOWLY = "{\"grace_period_seconds\":3600}";

    private final String database = PostgresServer.newDatabase();

    private final JdbcClient jdbc = PostgresServer.client(this.database);

    private static int status(Api api, String key) {
        return Api.patiently(() -> api.get("/api/keys", key)).status();
    }

    private List<String> fingerprints() {
        return this.jdbc
            .sql("select key_id || ' ' || coalesce(encode(fingerprint, 'hex'), '') from api_keys order by 1")
            .query(String.class)
            .list();
    }

    @Test
    void noKeyIsRightUnderAnotherPepper() {
        List<String> keys;
        String unrecognized;
        try (Instance instance = Instance.start(this.database, Map.of())) {
            Api api = instance.api();
            String recognized = api.newKey();
            String replaced = api.newKey();
            String renewed = api.post("/api/keys/rotate", replaced, ROTATE_SLOWLY).text("api_key");
            String made = api.post("/api/organization/keys", recognized, "{\"name\":\"made\"}").text("api_key");
            unrecognized = api.newKey();
            keys = List.of(recognized, replaced, renewed, made, unrecognized);
            assertThat(keys).allSatisfy((key) -> assertThat(status(api, key)).isEqualTo(200));
        }
        // As it was stored before there were fingerprints
        KeyMetricsTests.unrecognized(this.jdbc, unrecognized);
        List<String> before = fingerprints();
        assertThat(before).filteredOn((fingerprint) -> fingerprint.endsWith(" ")).hasSize(1);
        try (Instance other = Instance.start(this.database, Map.of("API_KEY_SALT", "another-pepper-of-the-suite"))) {
            assertThat(keys).allSatisfy((key) -> assertThat(status(other.api(), key)).isEqualTo(401));
            String own = other.api().newKey();
            assertThat(status(other.api(), own)).isEqualTo(200);
        }
        assertThat(fingerprints()).containsAll(before);
        try (Instance again = Instance.start(this.database, Map.of())) {
            assertThat(keys).allSatisfy((key) -> assertThat(status(again.api(), key)).isEqualTo(200));
        }
    }

}
