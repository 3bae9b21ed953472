package dev.triggers.webhook;

import java.util.Map;
import java.util.UUID;

import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Reply;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

@IntegrationTest
class WebhookTests {

    private static final String PATH = "/api/webhooks";

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private EndpointRepository endpoints;

    private String key = "";

    @BeforeEach
    void newOrganization() {
        this.key = this.api.newKey();
    }

    @Test
    void registeredEndpointHasItsDefaults() {
        Reply reply = create("");
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.header("Location")).isEqualTo(PATH + "/" + reply.text("id"));
        assertThat(UUID.fromString(reply.text("id")).version()).isEqualTo(7);
        assertThat(reply.text("secret")).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(reply.text("url")).isEqualTo("https://example.com/hook");
        assertThat(reply.at("is_default").booleanValue()).isFalse();
        assertThat(reply.at("description").isNull()).isTrue();
        assertThat(reply.at("event_types").isEmpty()).isTrue();
        assertThat(reply.at("headers").isEmpty()).isTrue();
        assertThat(reply.at("enabled").booleanValue()).isTrue();
        assertThat(reply.at("operations").booleanValue()).isFalse();
        assertThat(reply.at("ordered").booleanValue()).isFalse();
        assertThat(reply.at("rate_limit_per_second").isNull()).isTrue();
        assertThat(reply.at("retry_schedule").isNull()).isTrue();
        assertThat(reply.text("signature")).isEqualTo("hmac-sha256");
        assertThat(reply.at("public_key").isNull()).isTrue();
        assertThat(reply.text("/health/circuit")).isEqualTo("closed");
    }

    @Test
    void everySettingIsShownAgainWithoutSecrets() {
        Reply created = create("""
                , "description": "orders", "event_types": ["order.*", "user.created"], "enabled": false,
                "headers": {"Authorization": "Bearer xyz"}, "operations": true, "ordered": true,
                "rate_limit_per_second": 50, "retry_schedule": [5, "5m", "PT2H", 0.5], "unknown": {}
                """);
        assertThat(created.status()).isEqualTo(201);
        Reply shown = this.api.get(PATH + "/" + created.text("id"), this.key);
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.text("description")).isEqualTo("orders");
        assertThat(shown.at("event_types")).hasToString("[\"order.*\",\"user.created\"]");
        assertThat(shown.at("headers")).hasToString("{\"Authorization\":\"****\"}");
        assertThat(shown.at("retry_schedule")).hasToString("[5,300,7200,0.5]");
        assertThat(shown.at("rate_limit_per_second").intValue()).isEqualTo(50);
        assertThat(shown.at("enabled").booleanValue()).isFalse();
        assertThat(shown.at("operations").booleanValue()).isTrue();
        assertThat(shown.at("ordered").booleanValue()).isTrue();
        assertThat(shown.body()).doesNotContain("whsec_", "xyz", "\"secret\"");
        assertThat(created.body()).doesNotContain("xyz");
    }

    @ParameterizedTest
    @ValueSource(strings = { "url", "webhook_url", "target_url" })
    void urlHasAliases(String name) {
        Reply reply = this.api.post(PATH, this.key, "{\"" + name + "\":\"https://example.com/hook\"}");
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.text("url")).isEqualTo("https://example.com/hook");
    }

    @Test
    void asymmetricEndpointShowsItsPublicKey() {
        Reply created = create(", \"signature\": \"ed25519\"");
        assertThat(created.text("secret")).startsWith("whsk_");
        assertThat(created.text("public_key")).startsWith("whpk_");
        Reply shown = this.api.get(PATH + "/" + created.text("id"), this.key);
        assertThat(shown.text("public_key")).isEqualTo(created.text("public_key"));
        assertThat(shown.body()).doesNotContain("whsk_");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = { "url | 1", "url | null", "description | 1", "event_types | \"user.*\"", "event_types | [1]",
                    "event_types | [\"us*\"]", "event_types | [\"\"]", "headers | []", "headers | {\"X-A\": 1}",
                    "headers | {\"Host\": \"x\"}", "headers | {\"X-A\": \"a\\r\\nb\"}", "enabled | \"true\"",
                    "enabled | 1", "operations | \"yes\"", "ordered | 0", "rate_limit_per_second | 0",
                    "rate_limit_per_second | 10001", "rate_limit_per_second | \"5\"", "rate_limit_per_second | 1.5",
                    "retry_schedule | 5", "retry_schedule | [\"soon\"]", "retry_schedule | [-1]",
                    "retry_schedule | [604801]", "signature | \"md5\"", "signature | 1" })
    void wrongValueIs400ThatNamesTheField(String field, String value) {
        Reply reply = this.api.post(PATH, this.key,
                "{" + (field.equals("url") ? "" : "\"url\":\"https://a.de\",") + "\"" + field + "\":" + value + "}");
        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.text("/errors/0/field")).startsWith(field);
        assertThat(this.api.get(PATH, this.key).at("count").intValue()).isZero();
    }

    @Test
    void missingUrlIs400AndBadUrl422() {
        assertThat(this.api.post(PATH, this.key, "{}").status()).isEqualTo(400);
        Reply reply = this.api.post(PATH, this.key, "{\"target_url\":\"nonsense\"}");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.text("/errors/0/field")).isEqualTo("target_url");
    }

    @Test
    void listShowsAllOfOneOrganizationInOrder() {
        String first = create("").text("id");
        this.api.post("/api/webhook/config", this.key, "{\"url\":\"https://example.com/default\"}");
        String third = create("").text("id");
        Reply list = this.api.get(PATH, this.key);
        assertThat(list.status()).isEqualTo(200);
        assertThat(list.at("count").intValue()).isEqualTo(3);
        assertThat(list.at("has_more").booleanValue()).isFalse();
        assertThat(list.text("/webhooks/0/id")).isEqualTo(first);
        assertThat(list.at("/webhooks/1/is_default").booleanValue()).isTrue();
        assertThat(list.text("/webhooks/2/id")).isEqualTo(third);
        assertThat(list.body()).doesNotContain("whsec_");
    }

    @Test
    void listIsWalkedByItsCursor() {
        String first = create("").text("id");
        String second = create("").text("id");
        Reply page = this.api.get(PATH + "?limit=1", this.key);
        assertThat(page.text("/webhooks/0/id")).isEqualTo(first);
        assertThat(page.at("has_more").booleanValue()).isTrue();
        Reply last = this.api.get(PATH + "?limit=1&cursor=" + page.text("next_cursor"), this.key);
        assertThat(last.text("/webhooks/0/id")).isEqualTo(second);
        assertThat(last.at("has_more").booleanValue()).isFalse();
        assertThat(last.at("next_cursor").isNull()).isTrue();
        assertThat(this.api.get(PATH + "?cursor=x", this.key).status()).isEqualTo(400);
        assertThat(this.api.get(PATH + "?limit=x", this.key).status()).isEqualTo(400);
    }

    @Test
    void changeTouchesOnlyWhatItNames() {
        String id = create(", \"description\": \"one\", \"event_types\": [\"a\"], \"headers\": {\"X-A\": \"1\"}")
            .text("id");
        Reply reply = this.api.patch(PATH + "/" + id, this.key, "{\"description\":\"two\"}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text("description")).isEqualTo("two");
        assertThat(reply.text("url")).isEqualTo("https://example.com/hook");
        assertThat(reply.at("event_types")).hasToString("[\"a\"]");
        assertThat(reply.at("headers")).hasToString("{\"X-A\":\"****\"}");
        assertThat(reply.body()).doesNotContain("whsec_");
    }

    @Test
    void nullGoesBackToTheDefault() {
        String id = create("""
                , "description": "orders", "event_types": ["a"], "enabled": false, "headers": {"X-A": "1"},
                "operations": true, "ordered": true, "rate_limit_per_second": 50, "retry_schedule": []
                """).text("id");
        Reply reply = this.api.patch(PATH + "/" + id, this.key, """
                {"description": null, "event_types": null, "enabled": null, "headers": null, "operations": null,
                "ordered": null, "rate_limit_per_second": null, "retry_schedule": null, "signature": null}
                """);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("description").isNull()).isTrue();
        assertThat(reply.at("event_types").isEmpty()).isTrue();
        assertThat(reply.at("enabled").booleanValue()).isTrue();
        assertThat(reply.at("headers").isEmpty()).isTrue();
        assertThat(reply.at("operations").booleanValue()).isFalse();
        assertThat(reply.at("ordered").booleanValue()).isFalse();
        assertThat(reply.at("rate_limit_per_second").isNull()).isTrue();
        assertThat(reply.at("retry_schedule").isNull()).isTrue();
        assertThat(this.api.patch(PATH + "/" + id, this.key, "{\"url\":null}").status()).isEqualTo(400);
        assertThat(this.api.patch(PATH + "/" + id, this.key, "{\"url\":\"nonsense\"}").status()).isEqualTo(422);
    }

    @Test
    void maskedHeadersThatAreSentBackKeepTheirValues() {
        String id = create(", \"headers\": {\"X-A\": \"1\"}").text("id");
        this.api.patch(PATH + "/" + id, this.key, "{\"headers\": {\"X-A\": \"****\", \"X-B\": \"2\"}}");
        assertThat(this.endpoints.find(UUID.fromString(id))).extracting(Endpoint::headers)
            .isEqualTo(Map.of("X-A", "1", "X-B", "2"));
    }

    @Test
    void enablingForgetsFailuresAndReasonAndLetsDeliveriesSettle() {
        UUID id = UUID.fromString(create("").text("id"));
        this.endpoints.disable(id, "the receiver answered 410");
        fail(id);
        Reply ill = this.api.get(PATH + "/" + id, this.key);
        assertThat(ill.at("enabled").booleanValue()).isFalse();
        assertThat(ill.text("disabled_reason")).isEqualTo("the receiver answered 410");
        assertThat(ill.text("/health/circuit")).isEqualTo("open");
        Reply well = this.api.patch(PATH + "/" + id, this.key, "{\"enabled\":true}");
        assertThat(well.at("enabled").booleanValue()).isTrue();
        assertThat(well.at("disabled_reason").isNull()).isTrue();
        assertThat(well.text("/health/circuit")).isEqualTo("closed");
        assertThat(well.at("/health/held_until").isNull()).isTrue();
        assertThat(well.at("/health/failing_since").isNull()).isTrue();
    }

    @Test
    void circuitWhoseTimeIsOverIsHalfOpen() {
        UUID id = UUID.fromString(create("").text("id"));
        this.jdbc
            .sql("update endpoint_health set circuit_openings = 1, circuit_open_until = now() where endpoint_id = :id")
            .param("id", id)
            .update();
        assertThat(this.api.get(PATH + "/" + id, this.key).text("/health/circuit")).isEqualTo("half_open");
    }

    @Test
    void anotherUrlForgetsFailuresAndAnotherDescriptionDoesNot() {
        UUID id = UUID.fromString(create("").text("id"));
        fail(id);
        assertThat(this.api.patch(PATH + "/" + id, this.key, "{\"description\":\"x\"}").text("/health/circuit"))
            .isEqualTo("open");
        assertThat(this.api.patch(PATH + "/" + id, this.key, "{\"url\":\"https://b.de\"}").text("/health/circuit"))
            .isEqualTo("closed");
    }

    @Test
    void changeOfTheSignatureMakesNewSecretBesideTheOld() {
        Reply created = create("");
        String id = created.text("id");
        Reply changed = this.api.patch(PATH + "/" + id, this.key, "{\"signature\":\"ed25519\"}");
        assertThat(changed.text("signature")).isEqualTo("ed25519");
        assertThat(changed.text("secret")).startsWith("whsk_");
        assertThat(changed.text("previous_secret_expires_at")).endsWith("Z");
        assertThat(this.endpoints.find(UUID.fromString(id))).extracting(Endpoint::secrets)
            .asInstanceOf(InstanceOfAssertFactories.list(SigningSecret.class))
            .extracting(SigningSecret::reveal)
            .containsExactly(changed.text("secret"), created.text("secret"));
    }

    @Test
    void defaultEndpointTakesNoOperationalEvents() {
        String id = this.api.post("/api/webhook/config", this.key, "{\"url\":\"https://a.de\"}").text("id");
        Reply reply = this.api.patch(PATH + "/" + id, this.key, "{\"operations\":true}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("/errors/0/field")).isEqualTo("operations");
    }

    @Test
    void deletedEndpointIsGone() {
        String id = create("").text("id");
        Reply reply = this.api.delete(PATH + "/" + id, this.key);
        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.body()).isEmpty();
        assertThat(this.api.delete(PATH + "/" + id, this.key).status()).isEqualTo(404);
        assertThat(this.api.get(PATH + "/" + id, this.key).status()).isEqualTo(404);
        assertThat(this.api.get(PATH, this.key).at("count").intValue()).isZero();
    }

    @Test
    void deletedDefaultEndpointIsNoLongerConfigured() {
        String id = this.api.post("/api/webhook/config", this.key, "{\"url\":\"https://a.de\"}").text("id");
        assertThat(this.api.delete(PATH + "/" + id, this.key).status()).isEqualTo(204);
        assertThat(this.api.get("/api/webhook/config", this.key).at("webhook_url").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "GET ", "PATCH ", "DELETE ", "GET /secret", "POST /secret/rotate" })
    void foreignAndUnknownEndpointsAreNotToldApart(String call) {
        String method = call.split(" ", 2)[0];
        String suffix = call.split(" ", 2)[1];
        String foreign = PATH + "/" + create("").text("id") + suffix;
        String unknown = PATH + "/018f0000-0000-7000-8000-000000000000" + suffix;
        String other = this.api.newKey();
        assertThat(call(method, foreign, other).status()).isEqualTo(404);
        assertThat(call(method, unknown, other).status()).isEqualTo(404);
        assertThat(call(method, foreign, other).at("detail")).isEqualTo(call(method, unknown, other).at("detail"));
        assertThat(call(method, PATH + "/nonsense" + suffix, other).status()).isEqualTo(400);
        assertThat(call(method, foreign, null).status()).isEqualTo(401);
        assertThat(this.api.get(foreign.replace("/rotate", ""), this.key).status()).isEqualTo(200);
    }

    @Test
    void wrongMethodIs405() {
        assertThat(this.api.delete(PATH, this.key).status()).isEqualTo(405);
    }

    private void fail(UUID id) {
        this.jdbc.sql("""
                update endpoint_health set consecutive_failures = 9, failing_since = now(), circuit_openings = 2,
                    circuit_open_until = now() + interval '1 h', held_until = now() + interval '1 h'
                where endpoint_id = :id
                """).param("id", id).update();
    }

    private Reply call(String method, String path, @Nullable String caller) {
        return switch (method) {
            case "GET" -> this.api.get(path, caller);
            case "DELETE" -> this.api.delete(path, caller);
            case "PATCH" -> this.api.patch(path, caller, "{\"description\":\"mine\"}");
            default -> this.api.post(path, caller, "{}");
        };
    }

    private Reply create(String more) {
        return this.api.post(PATH, this.key, "{\"url\":\"https://example.com/hook\"" + more + "}");
    }

}
