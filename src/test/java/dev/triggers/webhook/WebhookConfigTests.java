package dev.triggers.webhook;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

@IntegrationTest
class WebhookConfigTests {

    private static final String PATH = "/api/webhook/config";

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private EndpointDirectory directory;

    private String key = "";

    @BeforeEach
    void newOrganization() {
        this.key = this.api.newKey();
    }

    @ParameterizedTest
    @ValueSource(strings = { "webhook_url", "url" })
    void urlIsSetAndTheSecretShown(String name) {
        Reply reply = this.api.post(PATH, this.key, "{\"" + name + "\":\"https://example.com/hook\",\"more\":1}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("success").booleanValue()).isTrue();
        assertThat(reply.text("webhook_url")).isEqualTo("https://example.com/hook");
        assertThat(reply.text("url")).isEqualTo("https://example.com/hook");
        assertThat(reply.text("secret")).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(reply.text("message")).isNotEmpty();
        assertThat(reply.text("organization_id")).isNotEmpty();
        assertThat(reply.text("updated_at")).endsWith("Z");
    }

    @Test
    void configurationIsShownWithoutTheSecret() {
        set("https://example.com/hook");
        Reply reply = this.api.get(PATH, this.key);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text("webhook_url")).isEqualTo("https://example.com/hook");
        assertThat(reply.at("enabled").booleanValue()).isTrue();
        assertThat(reply.text("/health/circuit")).isEqualTo("closed");
        assertThat(reply.body()).doesNotContain("secret", "whsec_");
    }

    @Test
    void organizationWithoutWebhookSeesNull() {
        Reply reply = this.api.get(PATH, this.key);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("webhook_url").isNull()).isTrue();
        assertThat(reply.at("url").isNull()).isTrue();
    }

    @Test
    void anotherUrlKeepsTheSecretAndTheEndpoint() {
        Reply first = set("https://example.com/one");
        Reply second = set("https://example.com/two");
        assertThat(second.text("secret")).isEqualTo(first.text("secret"));
        assertThat(second.text("id")).isEqualTo(first.text("id"));
        assertThat(second.text("url")).isEqualTo("https://example.com/two");
    }

    @Test
    void anotherUrlCountsForTheNextAttempt() {
        UUID id = UUID.fromString(set("https://example.com/one").text("id"));
        assertThat(this.directory.find(id)).hasFieldOrPropertyWithValue("url",
                CallbackUrl.stored("https://example.com/one"));
        set("https://example.com/two");
        assertThat(this.directory.find(id)).hasFieldOrPropertyWithValue("url",
                CallbackUrl.stored("https://example.com/two"));
    }

    @Test
    void sameUrlEnablesAgainAndForgetsFailures() {
        UUID id = UUID.fromString(set("https://example.com/hook").text("id"));
        this.jdbc.sql("update endpoints set enabled = false, disabled_reason = 'gone', settling = false where id = :id")
            .param("id", id)
            .update();
        this.jdbc.sql("""
                update endpoint_health set consecutive_failures = 9, failing_since = now(), circuit_openings = 2,
                    circuit_open_until = now() + interval '1 h', held_until = now() + interval '1 h'
                where endpoint_id = :id
                """).param("id", id).update();
        Reply ill = this.api.get(PATH, this.key);
        assertThat(ill.at("enabled").booleanValue()).isFalse();
        assertThat(ill.text("disabled_reason")).isEqualTo("gone");
        assertThat(ill.text("/health/circuit")).isEqualTo("open");
        assertThat(ill.text("/health/open_until")).endsWith("Z");
        assertThat(ill.text("/health/held_until")).endsWith("Z");
        assertThat(ill.at("/health/consecutive_failures").intValue()).isEqualTo(9);

        assertThat(set("https://example.com/hook").at("enabled").booleanValue()).isTrue();
        Reply well = this.api.get(PATH, this.key);
        assertThat(well.at("enabled").booleanValue()).isTrue();
        assertThat(well.at("disabled_reason").isNull()).isTrue();
        assertThat(well.text("/health/circuit")).isEqualTo("closed");
        assertThat(well.at("/health/held_until").isNull()).isTrue();
        assertThat(well.at("/health/consecutive_failures").intValue()).isZero();
        assertThat(this.jdbc.sql("select enabled from endpoints where id = :id")
            .param("id", id)
            .query(Boolean.class)
            .single()).isTrue();
    }

    @Test
    void nullRemovesAndMayBeRepeated() {
        set("https://example.com/hook");
        for (int i = 0; i < 2; i++) {
            Reply reply = this.api.post(PATH, this.key, "{\"webhook_url\":null}");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.at("success").booleanValue()).isTrue();
            assertThat(reply.at("webhook_url").isNull()).isTrue();
            assertThat(reply.text("updated_at")).isNotEmpty();
        }
        assertThat(this.api.get(PATH, this.key).at("webhook_url").isNull()).isTrue();
        assertThat(set("https://example.com/hook").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "nonsense", "ftp://example.com", "https://user:pass@example.com/",
            "https://example.com/#x", "http://0177.0.0.1/", "http://2130706433/" })
    void badUrlIs422ThatNamesTheField(String url) {
        Reply reply = set(url);
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.text("/errors/0/field")).isEqualTo("webhook_url");
        assertThat(this.api.get(PATH, this.key).at("webhook_url").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"webhook_url\":1}", "{\"webhook_url\":true}", "{\"webhook_url\":[\"https://a.de\"]}",
            "{\"webhook_url\":{}}", "{}", "{\"webhook_url\":\"https://a.de\",\"url\":\"https://b.de\"}" })
    void whatIsNoTextIs400ThatNamesTheField(String body) {
        Reply reply = this.api.post(PATH, this.key, body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("/errors/0/field")).isIn("webhook_url", "url");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "{", "[]", "null", "\"https://example.com\"" })
    void whatIsNoObjectIs400(String body) {
        assertThat(this.api.post(PATH, this.key, body).status()).isEqualTo(400);
    }

    @Test
    void bothNamesWithTheSameUrlAreFine() {
        assertThat(
                this.api.post(PATH, this.key, "{\"webhook_url\":\"https://a.de\",\"url\":\"https://a.de\"}").status())
            .isEqualTo(200);
    }

    @Test
    void withoutKeyNothingIsTold() {
        assertThat(this.api.get(PATH, null).status()).isEqualTo(401);
        assertThat(this.api.post(PATH, null, "{\"url\":\"https://a.de\"}").status()).isEqualTo(401);
    }

    @Test
    void configurationsAtTheSameTimeEndWithOneDefaultEndpoint() throws Exception {
        List<Callable<Reply>> calls = IntStream.range(0, 16)
            .<Callable<Reply>>mapToObj((i) -> () -> set("https://example.com/" + i))
            .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> replies = threads.invokeAll(calls);
            assertThat(replies).extracting(Future::resultNow).extracting(Reply::status).containsOnly(200);
            assertThat(replies).extracting(Future::resultNow)
                .extracting((reply) -> reply.text("secret"))
                .containsOnly(replies.getFirst().resultNow().text("secret"));
        }
        assertThat(this.api.get("/api/webhooks", this.key).at("count").intValue()).isEqualTo(1);
    }

    @Test
    void settingAndRemovingAtTheSameTimeNeverFails() throws Exception {
        List<Callable<Reply>> calls = IntStream.range(0, 16)
            .<Callable<Reply>>mapToObj((i) -> () -> (i % 2 == 0) ? set("https://example.com/" + i)
                    : this.api.post(PATH, this.key, "{\"url\":null}"))
            .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(threads.invokeAll(calls)).extracting(Future::resultNow)
                .extracting(Reply::status)
                .containsOnly(200);
        }
    }

    private Reply set(String url) {
        return this.api.post(PATH, this.key, "{\"webhook_url\":\"" + url + "\"}");
    }

}
