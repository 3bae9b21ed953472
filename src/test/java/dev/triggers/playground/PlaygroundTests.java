package dev.triggers.playground;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.triggers.sending.HeaderLine;
import dev.triggers.sending.InProcessReceiver;
import dev.triggers.support.Api;
import dev.triggers.support.Customer;
import dev.triggers.support.Instance;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The service believes that it is at an address which is nobody's: what arrives came
 * without one.
 */
@IntegrationTest
class PlaygroundTests {

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private PlaygroundReceiver receiver;

    @Autowired
    private HangingAnswers hanging;

    @Autowired
    private PlaygroundUpkeep upkeep;

    @Autowired
    private Environment environment;

    private Reply made(Customer customer) {
        Reply made = customer.post("/api/playground", "");
        assertThat(made.status()).as("%s", made).isEqualTo(201);
        return made;
    }

    private Reply knock(String token, String body) {
        return this.api.send(this.api.request("/play/" + token, null).POST(BodyPublishers.ofString(body)));
    }

    private static JsonNode requests(Customer customer, String token) {
        return customer.get("/api/playground/" + token + "/requests").at("requests");
    }

    private static String header(JsonNode request, String name) {
        for (JsonNode line : request.get("headers")) {
            if (line.get("name").stringValue().equalsIgnoreCase(name)) {
                return line.get("value").stringValue();
            }
        }
        throw new AssertionError("no " + name + " in " + request);
    }

    @Test
    void deliveryIsHandedOverWithoutAnAddress() throws Exception {
        Customer customer = new Customer(this.api);
        Reply made = made(customer);
        String token = made.text("token");
        assertThat(made.text("url")).isEqualTo("https://events.example.com/play/" + token);
        assertThat(token).startsWith("zap_play_00");
        Reply endpoint = customer.register(made.text("url") + "?a=1", "");
        String id = customer.event("order.placed", "{\"amount\":10.00}");
        customer.awaitStatus(id, "delivered");
        JsonNode request = requests(customer, token).get(0);
        assertThat(request.get("delivery").booleanValue()).isTrue();
        assertThat(request.get("target").stringValue()).isEqualTo("/play/" + token + "?a=1");
        assertThat(request.get("response_status").intValue()).isEqualTo(200);
        String body = request.get("body").stringValue();
        assertThat(body).contains("\"data\":{\"amount\":10.00}");
        assertThat(header(request, "Content-Type")).isEqualTo("application/json");
        String signed = header(request, "webhook-id") + "." + header(request, "webhook-timestamp") + "." + body;
        assertThat(header(request, "webhook-signature")).isEqualTo(signature(endpoint.text("secret"), signed));
        assertThat(customer.get("/api/playground").at("playgrounds").get(0).get("received").intValue()).isOne();
    }

    private static String signature(String secret, String signed) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
    }

    @Test
    void answerIsAsItWasSaid() {
        Customer customer = new Customer(this.api);
        Reply made = made(customer);
        String token = made.text("token");
        String answer = "/api/playground/" + token + "/answer";
        customer.register(made.text("url"), ",\"retry_schedule\":[]");
        assertThat(this.api.put(answer, customer.key(), "{\"status\":503,\"retry_after\":2}").at("status").intValue())
            .isEqualTo(503);
        Reply refused = knock(token, "");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isEqualTo("2");
        String id = customer.event("to.fail");
        customer.awaitStatus(id, "failed");
        assertThat(customer.look(id).body()).contains("\"error_code\":\"status_5xx\"");
        this.api.put(answer, customer.key(), "{\"failure_percent\":100,\"delay_ms\":1}");
        assertThat(knock(token, "").status()).isEqualTo(500);
        this.api.put(answer, customer.key(), "{\"status\":204}");
        assertThat(knock(token, "").status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"status\":199}", "{\"status\":600}", "{\"status\":\"200\"}", "{\"delay_ms\":30001}",
            "{\"failure_percent\":101}", "{\"retry_after\":0}", "{\"hang\":1}", "[]" })
    void whatIsNoAnswerIsRefused(String answer) {
        Customer customer = new Customer(this.api);
        String token = made(customer).text("token");
        assertThat(this.api.put("/api/playground/" + token + "/answer", customer.key(), answer).status())
            .isEqualTo(400);
    }

    @Test
    void fromOutsideItIsAPlainReceiver() throws InterruptedException {
        Customer customer = new Customer(this.api);
        String token = made(customer).text("token");
        assertThat(knock(token, "x".repeat(20_000)).body()).isEqualTo("ok\n");
        for (String method : List.of("GET", "PUT", "DELETE")) {
            assertThat(this.api.send(this.api.request("/play/" + token, null).method(method, BodyPublishers.noBody()))
                .status()).as(method).isEqualTo(200);
        }
        JsonNode cut = requests(customer, token).get(3);
        assertThat(cut.get("body").stringValue()).hasSize(16 * 1024);
        assertThat(cut.get("body_bytes").intValue()).isEqualTo(20_000);
        assertThat(cut.get("cut").booleanValue()).isTrue();
        assertThat(cut.get("delivery").booleanValue()).isFalse();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // All at once, and ten too many
            List<Callable<Integer>> knocks = Collections.nCopies(PlaygroundReceiver.MOST_KNOCKS + 6,
                    () -> knock(token, "{}").status());
            assertThat(threads.invokeAll(knocks)).extracting(Future::resultNow)
                .hasSize(PlaygroundReceiver.MOST_KNOCKS + 6)
                .containsOnly(200, 429)
                .filteredOn((status) -> status == 200)
                .hasSize(PlaygroundReceiver.MOST_KNOCKS - 4);
        }
        Reply tooMany = knock(token, "{}");
        assertThat(tooMany.status()).isEqualTo(429);
        assertThat(Integer.parseInt(String.valueOf(tooMany.header("Retry-After")))).isBetween(1, 60);
        Reply page = customer.get("/api/playground/" + token + "/requests?limit=50");
        assertThat(page.at("requests").size()).isEqualTo(50);
        assertThat(customer.get("/api/playground/" + token + "/requests?limit=50&cursor=" + page.text("next_cursor"))
            .at("requests")
            .size()).isEqualTo(10);
        assertThat(knock("zap_play_00" + "0".repeat(40), "").status()).isEqualTo(410);
        assertThat(knock("nonsense", "").status()).isEqualTo(410);
    }

    @Test
    void onlyItsOrganizationSeesItOnAnyInstance() {
        Customer customer = new Customer(this.api);
        String token = made(customer).text("token");
        knock(token, "secret");
        Customer other = new Customer(this.api);
        assertThat(other.get("/api/playground/" + token + "/requests").status()).isEqualTo(404);
        assertThat(this.api.put("/api/playground/" + token + "/answer", other.key(), "{}").status()).isEqualTo(404);
        assertThat(this.api.delete("/api/playground/" + token, other.key()).status()).isEqualTo(404);
        assertThat(other.get("/api/playground").at("playgrounds").size()).isZero();
        try (Instance second = Instance.start(this.environment.getRequiredProperty("DATABASE_URL"),
                Map.of("PLAYGROUND", "true", "PUBLIC_URL", "https://events.example.com"))) {
            assertThat(requests(customer.at(second.api()), token).get(0).get("body").stringValue()).isEqualTo("secret");
        }
        assertThat(this.api.delete("/api/playground/" + token, customer.key()).status()).isEqualTo(204);
        assertThat(knock(token, "").status()).isEqualTo(410);
    }

    @Test
    void organizationHasTwentyAtATime() {
        Customer customer = new Customer(this.api);
        for (int n = 0; n < 20; n++) {
            made(customer);
        }
        Reply refused = customer.post("/api/playground", "");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("code")).isEqualTo("conflict");
    }

    @Test
    void keyNeedsTheScope() {
        Customer customer = new Customer(this.api);
        String token = made(customer).text("token");
        String key = customer.post("/api/organization/keys", "{\"name\":\"poor\",\"scopes\":[\"inbox:write\"]}")
            .text("api_key");
        String path = "/api/playground/" + token;
        assertThat(this.api.post("/api/playground", key, "").at("missing").toString()).contains("webhooks:write");
        assertThat(this.api.get("/api/playground", key).at("missing").toString()).contains("webhooks:read");
        assertThat(this.api.get(path + "/requests", key).at("missing").toString()).contains("events:read");
        assertThat(this.api.put(path + "/answer", key, "{}").at("missing").toString()).contains("webhooks:write");
        assertThat(this.api.delete(path, key).at("missing").toString()).contains("webhooks:write");
    }

    @Test
    void endedOneAnswersGoneAndIsRemoved() {
        Customer customer = new Customer(this.api);
        Reply made = made(customer);
        String token = made.text("token");
        String endpoint = customer.register(made.text("url"), "").text("id");
        knock(token, "");
        this.jdbc.sql("update playgrounds set expires_at = now() where token = :token").param("token", token).update();
        String id = customer.event("too.late");
        customer.awaitStatus(id, "failed");
        // The outcome is recorded first
        await().untilAsserted(() -> assertThat(customer.endpoint(endpoint).body()).contains("\"enabled\":false",
                "answered 410 Gone"));
        assertThat(customer.get("/api/playground").at("playgrounds").size()).isZero();
        this.upkeep.run();
        assertThat(this.jdbc.sql("select count(*) from playgrounds where token = :token")
            .param("token", token)
            .query(Integer.class)
            .single()).isZero();
    }

    @Test
    void latestFourMebibytesAreKept() {
        Customer customer = new Customer(this.api);
        String token = made(customer).text("token");
        for (int n = 0; n < 270; n++) {
            this.receiver.receive(token, arrival(new byte[Arrival.KEPT]), Duration.ZERO);
        }
        int kept = this.jdbc.sql("""
                select count(*) from playground_requests r join playgrounds p on p.id = r.playground_id
                where p.token = :token
                """).param("token", token).query(Integer.class).single();
        assertThat(kept).isBetween(250, 256);
    }

    private static Arrival arrival(byte[] body) {
        return new Arrival(true, "POST", "/", List.of(new HeaderLine("a", "b")), body, body.length);
    }

    @Test
    void sixteenAreKeptWaiting() throws InterruptedException {
        Customer customer = new Customer(this.api);
        String token = made(customer).text("token");
        this.api.put("/api/playground/" + token + "/answer", customer.key(), "{\"hang\":true}");
        assertThat(this.receiver.receive(token, arrival(new byte[0]), Duration.ofMillis(1)))
            .isEqualTo(InProcessReceiver.Reply.SILENCE);
        List<Thread> waiting = new ArrayList<>();
        for (int n = 0; n < HangingAnswers.PLACES; n++) {
            waiting.add(Thread
                .startVirtualThread(() -> this.receiver.receive(token, arrival(new byte[0]), Duration.ofMinutes(1))));
        }
        Customer.eventually(() -> assertThat(this.hanging.waiting()).isEqualTo(HangingAnswers.PLACES));
        assertThat(knock(token, "").status()).isEqualTo(503);
        assertThat(requests(customer, token).get(0).get("response_status").intValue()).isEqualTo(503);
        waiting.forEach(Thread::interrupt);
        for (Thread thread : waiting) {
            thread.join();
        }
        assertThat(this.hanging.waiting()).isZero();
    }

}
