package dev.triggers.attempt;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import dev.triggers.support.Api;
import dev.triggers.support.Customer;
import dev.triggers.support.Instance;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.RawReceiver;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * {@code GET /api/attempts/{event_id}/{endpoint_id}/{number}}: what is told is what was
 * sent.
 */
@IntegrationTest
class FullAttemptTests {

    private static final String ONCE = ",\"retry_schedule\":[]";

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Environment environment;

    private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();

    @Test
    void requestIsToldAsItWasSent() throws InterruptedException {
        Customer customer = new Customer(this.api);
        try (RawReceiver receiver = new RawReceiver(
                new Recorder("HTTP/1.1 503 Busy\r\nX-Why: later\r\nContent-Length: 4" + "\r\n\r\nwait"))) {
            String endpoint = customer
                .register(receiver.url(),
                        ",\"headers\":{\"X-B\":\"x\",\"Authorization\":\"Bearer abc\",\"X-A\":\"x\"}" + ONCE)
                .text("id");
            String event = customer.event("größe.\uD83D\uDE00", "{\"a\": \"'\\u0000\"}");
            customer.awaitStatus(event, "failed");
            Reply attempt = show(customer, event, endpoint, 1);
            JsonNode request = attempt.at("/request");
            String sent = this.heads.take();
            assertThat(request.get("method").stringValue()).isEqualTo("POST");
            assertThat(request.get("url").stringValue()).isEqualTo(receiver.url());
            assertThat(sent).startsWith("POST /hook HTTP/1.1\r\n");
            assertThat(lines(request)).containsExactlyElementsOf(sent.lines()
                .skip(1)
                .map((line) -> line.replaceFirst("^(X-[AB]|Authorization): .*", "$1: ****"))
                .toList());
            assertThat(request.get("body").stringValue()).isEqualTo(this.heads.take());
            assertThat(request.get("signature_missing").isNull()).isTrue();
            assertThat(attempt.at("/response/status").intValue()).isEqualTo(503);
            assertThat(attempt.text("/response/headers/0/name")).isEqualTo("X-Why");
            assertThat(attempt.text("/response/headers/0/value")).isEqualTo("later");
            assertThat(attempt.text("/response/body")).isEqualTo("wait");
            assertThat(attempt.text("/outcome")).isEqualTo("dead");
            assertThat(attempt.text("/error_code")).isEqualTo("status_5xx");
            assertThat(attempt.text("/advice")).isNotEmpty();
            assertThat(attempt.text("/connection/address")).isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
            for (String phase : List.of("queued", "dns", "connect", "first_byte", "total")) {
                assertThat(attempt.at("/phases/" + phase).intValue()).as(phase).isNotNegative();
                assertThat(attempt.at("/phases/" + phase).isNumber()).as(phase).isTrue();
            }
            assertThat(attempt.at("/phases/tls").isNull()).isTrue();
        }
    }

    @Test
    void attemptsLeadToEachOther() {
        Customer customer = new Customer(this.api);
        try (Receiver receiver = new Receiver().answer(500)) {
            String endpoint = customer.register(receiver.url(), ",\"retry_schedule\":[0,3600]").text("id");
            String event = customer.event("a");
            Customer.eventually(() -> assertThat(receiver.requests(event)).hasSize(2));
            Customer.eventually(
                    () -> assertThat(show(customer, event, endpoint, 2).at("/next_attempt_at").isNull()).isFalse());
            Reply first = show(customer, event, endpoint, 1);
            assertThat(first.at("/previous").isNull()).isTrue();
            assertThat(first.at("/next").intValue()).isEqualTo(2);
            assertThat(first.at("/next_attempt_at").isNull()).isTrue();
            assertThat(first.text("/outcome")).isEqualTo("retrying");
            Reply second = show(customer, event, endpoint, 2);
            assertThat(second.at("/previous").intValue()).isEqualTo(1);
            assertThat(second.at("/next").isNull()).isTrue();
            assertThat(second.at("/phases/queued").isNumber()).isTrue();
            assertThat(second.text("/request/headers/8/value")).as("one trace, two spans")
                .startsWith(first.text("/request/headers/8/value").substring(0, 35))
                .isNotEqualTo(first.text("/request/headers/8/value"));
        }
    }

    @Test
    void quickSuccessKeepsItsTotalOnly() {
        Customer customer = new Customer(this.api);
        try (Receiver receiver = new Receiver()) {
            String endpoint = customer.register(receiver);
            String event = customer.event("a");
            customer.awaitStatus(event, "delivered");
            Reply attempt = show(customer, event, endpoint, 1);
            assertThat(attempt.at("/phases/total").isNumber()).isTrue();
            assertThat(attempt.at("/phases/dns").isNull()).isTrue();
            assertThat(attempt.at("/connection").isNull()).isTrue();
            assertThat(attempt.at("/response/headers").isNull()).isTrue();
            assertThat(attempt.text("/response/body")).isEqualTo("ok");
            assertThat(this.jdbc.sql("""
                    select detail is null and revision is not null and sender is not null from delivery_attempts
                    where event_id = :event
                    """).param("event", UUID.fromString(event)).query(Boolean.class).single()).isTrue();
        }
    }

    @Test
    void requestStaysWhatItWasWhenTheEndpointChanges() {
        Customer customer = new Customer(this.api);
        try (Receiver receiver = new Receiver().answer(500)) {
            String endpoint = customer.register(receiver.url("/old"), ",\"headers\":{\"X-Old\":\"1\"}" + ONCE)
                .text("id");
            String event = customer.event("a");
            customer.awaitStatus(event, "failed");
            String signature = receiver.requests(event).getFirst().header("webhook-signature");
            customer.patch(endpoint,
                    "{\"url\":\"" + receiver.url("/new") + "\",\"headers\":{\"X-New\":\"2\"},\"description\":\"x\"}");
            customer.post("/api/webhooks/" + endpoint + "/secret/rotate", "{}");
            Reply attempt = show(customer, event, endpoint, 1);
            assertThat(attempt.text("/request/url")).isEqualTo(receiver.url("/old"));
            assertThat(lines(attempt.at("/request"))).contains("X-Old: ****", "webhook-signature: " + signature);
            assertThat(attempt.text("/curl")).contains("--url '" + receiver.url("/new") + "'", "'X-New: '\"$X_NEW\"");
            customer.post("/api/webhooks/" + endpoint + "/secret/rotate", "{\"revoke\":true}");
            attempt = show(customer, event, endpoint, 1);
            assertThat(attempt.text("/request/signature_missing")).isNotEmpty();
            assertThat(attempt.at("/request/headers").toString())
                .contains("{\"name\":\"webhook-signature\",\"value\":null}");
            customer.delete(endpoint);
            attempt = show(customer, event, endpoint, 1);
            assertThat(attempt.text("/request/url")).isEqualTo(receiver.url("/old"));
            assertThat(attempt.at("/curl").isNull()).isTrue();
        }
    }

    @Test
    void commandDeliversWhatVerifies() throws IOException, InterruptedException {
        Customer customer = new Customer(this.api);
        try (Receiver receiver = new Receiver()) {
            Reply registered = customer.register(receiver.url("/a?b='c'"),
                    ",\"headers\":{\"X-Token\":\"secret value\"}");
            String event = customer.event("it's $HOME", "{\"text\": \"it's `date` $(date) ü\"}");
            customer.awaitStatus(event, "delivered");
            String curl = show(customer, event, registered.text("id"), 1).text("/curl");
            assertThat(curl).doesNotContain("secret value", registered.text("secret"));
            ProcessBuilder shell = new ProcessBuilder("sh", "-c", curl).redirectErrorStream(true);
            shell.environment().put("X_TOKEN", "secret value");
            Process process = shell.start();
            assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("ok");
            assertThat(process.waitFor()).isZero();
            List<Receiver.Request> requests = receiver.requests(event);
            assertThat(requests).hasSize(2);
            assertThat(requests.get(1).body()).isEqualTo(requests.get(0).body());
            assertThat(requests.get(1).path()).isEqualTo(requests.get(0).path());
            for (String header : List.of("X-Token", "X-Event-Type", "webhook-id", "Content-Type")) {
                assertThat(requests.get(1).header(header)).isEqualTo(requests.get(0).header(header));
            }
            Map<String, List<String>> signed = Map.of("webhook-id", List.of(event), "webhook-timestamp",
                    List.of(requests.get(1).header("webhook-timestamp")), "webhook-signature",
                    List.of(requests.get(1).header("webhook-signature")));
            assertThatNoException().isThrownBy(() -> new com.standardwebhooks.Webhook(registered.text("secret"))
                .verify(requests.get(1).body(), HttpHeaders.of(signed, (name, value) -> true)));
        }
    }

    @Test
    void otherInstanceTellsTheSame() {
        try (Instance second = Instance.start(this.environment.getRequiredProperty("DATABASE_URL"), Map.of());
                Receiver receiver = new Receiver().answer(418)) {
            Customer customer = new Customer(this.api);
            String endpoint = customer.register(receiver.url(), ONCE).text("id");
            String event = customer.at(second.api()).event("a");
            customer.awaitStatus(event, "failed");
            String here = show(customer, event, endpoint, 1).at("/request").toString();
            assertThat(show(customer.at(second.api()), event, endpoint, 1).at("/request").toString()).isEqualTo(here);
        }
    }

    @Test
    void whatIsNotThereIsNotFound() {
        Customer customer = new Customer(this.api);
        String event = customer.event("a");
        String path = "/api/attempts/" + event + "/" + UUID.randomUUID();
        assertThat(customer.get(path + "/1").status()).isEqualTo(404);
        assertThat(new Customer(this.api).get(path + "/1").status()).isEqualTo(404);
        for (String number : List.of("0", "-1", "x", "1.0", "99999999999")) {
            assertThat(customer.get(path + "/" + number).text("/errors/0/field")).isEqualTo("number");
        }
        assertThat(customer.get("/api/attempts/x/y/1").text("/errors/0/field")).isEqualTo("event_id");
        assertThat(this.api.get(path + "/1", null).status()).isEqualTo(401);
    }

    private static Reply show(Customer customer, String event, String endpoint, int number) {
        Reply reply = customer.get("/api/attempts/" + event + "/" + endpoint + "/" + number);
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return reply;
    }

    private static List<String> lines(JsonNode request) {
        List<String> lines = new ArrayList<>();
        request.get("headers")
            .forEach((header) -> lines.add(header.get("name").stringValue() + ": " + header.get("value").asString()));
        return lines;
    }

    /** Keeps head and body of a request as they came. */
    private final class Recorder implements RawReceiver.Conversation {

        private final String answer;

        Recorder(String answer) {
            this.answer = answer;
        }

        @Override
        public void hold(Socket socket) throws IOException {
            RawReceiver.say(socket, this.answer);
        }

        @Override
        public void arrived(String head, byte[] body) {
            FullAttemptTests.this.heads.add(head.strip());
            FullAttemptTests.this.heads.add(new String(body, StandardCharsets.UTF_8));
        }

    }

}
