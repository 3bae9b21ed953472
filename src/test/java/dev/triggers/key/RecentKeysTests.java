package dev.triggers.key;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import dev.triggers.support.Api;
import dev.triggers.support.Instance;
import dev.triggers.support.Metrics;
import dev.triggers.support.Operator;
import dev.triggers.support.PostgresServer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An instance that starts knows the keys that are in use, and hears what becomes of them.
 */
class RecentKeysTests {

    private static final String LOOKUPS = "key_lookups_seconds_count";

    private static String id(String key) {
        return Objects.requireNonNull(ApiKey.parse(key)).publicId();
    }

    private static String made(Api api, String by, String name) {
        return Api.patiently(() -> api.post("/api/organization/keys", by, "{\"name\":\"" + name + "\"}"))
            .text("api_key");
    }

    private static int status(Instance instance, String key) {
        return Api.patiently(() -> instance.api().get("/api/inbox", key)).status();
    }

    @Test
    void aKnownKeyIsNotLookedUpAndWhatEndsMeanwhileIsForgotten() {
        String database = PostgresServer.newDatabase();
        Map<String, String> settings = Map.of("ADMIN_TOKEN", "operator");
        try (Instance one = Instance.start(database, settings)) {
            Operator operator = new Operator(one.api(), "operator");
            String key = operator.key(operator.organization("known"));
            String ended = made(one.api(), key, "ended");
            String organization = operator.organization("suspended");
            String suspended = operator.key(organization);
            try (Instance started = Instance.start(database, settings)) {
                RecentKeys recent = started.bean(RecentKeys.class);
                await().until(() -> Stream.of(key, ended, suspended).allMatch((some) -> recent.get(id(some)) != null));
                assertThat(status(started, key)).isEqualTo(200);
                assertThat(Metrics.of(started.api()).value(LOOKUPS)).isZero();
                String id = one.api().get("/api/organization/keys", key).text("/keys/1/id");
                assertThat(one.api().delete("/api/organization/keys/" + id, key).status()).isEqualTo(204);
                operator.patch("/organizations/" + organization, "{'suspended':true}");
                await().until(() -> recent.get(id(ended)) == null && recent.get(id(suspended)) == null);
                assertThat(status(started, ended)).isEqualTo(401);
                assertThat(post(started, suspended)).isEqualTo(403);
                assertThat(recent.get(id(key))).isNotNull();
            }
        }
    }

    private static int post(Instance instance, String key) {
        return Api.patiently(() -> instance.api().post("/api/events", key, "{\"type\":\"a\",\"payload\":1}")).status();
    }

}
