package dev.triggers.sending;

import java.time.Instant;
import java.util.List;

import dev.triggers.support.Api;
import dev.triggers.support.Customer;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Receiver.Request;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static dev.triggers.support.Customer.eventually;
import static org.assertj.core.api.Assertions.assertThat;

@IntegrationTest
class DeliveryRequestTests {

    @Autowired
    private Api api;

    private Customer customer;

    private final Receiver receiver = new Receiver();

    @BeforeEach
    void newCustomer() {
        this.customer = new Customer(this.api);
    }

    @AfterEach
    void closeReceiver() {
        this.receiver.close();
    }

    @Test
    void bodyHoldsThePayloadByteForByte() {
        this.customer.setDefault(this.receiver.url());
        String payload = "{ \"b\" : 1.0,\"a\":[1e2, -0,\"\\u0000\\u00e9é\\/\", 123456789012345678901234567890],\n\t\"b\":null}";
        Reply posted = this.customer.post("/api/events", "{\"type\":\"order.paid\",\"payload\":" + payload + "}");
        Request request = requestOf(posted.text("id"));
        assertThat(request.body()).isEqualTo("{\"id\":\"" + posted.text("id") + "\",\"event_id\":\"" + posted.text("id")
                + "\",\"type\":\"order.paid\",\"timestamp\":\"" + posted.text("created_at") + "\",\"data\":" + payload
                + "}");
    }

    @Test
    void headersNameTheEventInEveryCustomaryWay() {
        this.customer.setDefault(this.receiver.url("/hook?source=triggers&x=%20"));
        Instant before = Instant.now();
        String id = this.customer.event("order.paid");
        Request request = requestOf(id);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/hook?source=triggers&x=%20");
        assertThat(request.headers().get("Content-Type")).containsExactly("application/json");
        assertThat(request.header("User-Agent")).startsWith("ZapierTriggers/");
        assertThat(request.header("X-Event-ID")).isEqualTo(id);
        assertThat(request.header("X-Event-Type")).isEqualTo("order.paid");
        assertThat(request.header("X-Zapier-Event-Id")).isEqualTo(id);
        assertThat(request.header("X-Zapier-Event-Type")).isEqualTo("order.paid");
        assertThat(request.headers().get("webhook-id")).containsExactly(id);
        assertThat(Long.parseLong(request.header("webhook-timestamp"))).isBetween(before.getEpochSecond(),
                Instant.now().getEpochSecond());
        assertThat(request.header("webhook-signature")).matches("v1,[A-Za-z0-9+/]{43}=");
        assertThat(request.header("traceparent")).matches("00-" + id.replace("-", "") + "-[0-9a-f]{16}-01");
    }

    @Test
    void typeBeyondAsciiIsPercentEncodedInHeadersAndExactInTheBody() {
        this.customer.setDefault(this.receiver.url());
        Request request = requestOf(this.customer.event("größe.100%.\uD83D\uDE00 neu"));
        assertThat(request.header("X-Event-Type")).isEqualTo("gr%C3%B6%C3%9Fe.100%25.%F0%9F%98%80%20neu");
        assertThat(request.header("X-Zapier-Event-Type")).isEqualTo(request.header("X-Event-Type"));
        assertThat(request.json().get("type").stringValue()).isEqualTo("größe.100%.\uD83D\uDE00 neu");
    }

    @Test
    void customHeadersAreSent() {
        this.customer.register(this.receiver.url(),
                ", \"headers\":{\"Authorization\":\"Bearer x\",\"X-Team\":\"a b\"}");
        Request request = requestOf(this.customer.event("order.paid"));
        assertThat(request.headers().get("Authorization")).containsExactly("Bearer x");
        assertThat(request.headers().get("X-Team")).containsExactly("a b");
    }

    @Test
    void everyAttemptHasTheSameIdentifierAndASpanOfItsOwn() {
        this.customer.setDefault(this.receiver.answer(500).url());
        String id = this.customer.event("order.paid");
        eventually(() -> assertThat(this.receiver.requests(id)).hasSizeGreaterThan(1));
        List<Request> attempts = this.receiver.requests(id);
        assertThat(attempts).extracting((request) -> request.header("webhook-id")).containsOnly(id);
        assertThat(attempts).extracting(Request::body).containsOnly(attempts.getFirst().body());
        assertThat(attempts.stream().map((request) -> request.header("traceparent")).distinct())
            .hasSameSizeAs(attempts);
        assertThat(attempts.stream().map((request) -> request.header("traceparent").substring(0, 35)).distinct())
            .hasSize(1);
    }

    @Test
    void largestPayloadArrivesWhole() {
        this.customer.setDefault(this.receiver.url());
        String payload = "\"" + "ä".repeat((262_144 - 2) / 2) + "\"";
        Request request = requestOf(this.customer.event("order.paid", payload));
        assertThat(request.json().get("data").stringValue()).isEqualTo(payload.substring(1, payload.length() - 1));
    }

    private Request requestOf(String eventId) {
        eventually(() -> assertThat(this.receiver.requests(eventId)).isNotEmpty());
        return this.receiver.requests(eventId).getFirst();
    }

}
