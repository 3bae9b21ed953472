package dev.triggers.sending;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import dev.triggers.support.Api;
import dev.triggers.support.Concurrently;
import dev.triggers.support.Customer;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.RawReceiver;
import dev.triggers.support.Receiver.Request;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@IntegrationTest
class EndpointTestTests {

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
    void sampleIsSignedAndItsOutcomeAnswered() throws Exception {
        Reply created = this.customer.register(this.receiver.url(), ",\"event_types\":[\"order.*\"]");
        Reply outcome = this.customer.test(created.text("id"));
        assertThat(outcome.at("success").booleanValue()).isTrue();
        assertThat(outcome.at("response_status").intValue()).isEqualTo(200);
        assertThat(outcome.text("response_body")).isEqualTo("ok");
        assertThat(outcome.at("duration_ms").intValue()).isNotNegative();
        Request request = this.receiver.requests().getFirst();
        assertThat(request.header("webhook-id")).isEqualTo(outcome.text("event_id"));
        assertThat(request.header("X-Event-Type")).isEqualTo("webhook.test").isEqualTo(outcome.text("type"));
        new com.standardwebhooks.Webhook(created.text("secret")).verify(request.body(),
                HttpHeaders.of(Map.copyOf(request.headers()), (name, value) -> true));
    }

    @Test
    void failureIsTheOutcomeAndNotRepeated() {
        String endpoint = this.customer.register(this.receiver.answer(500));
        Reply outcome = this.customer.test(endpoint);
        assertThat(outcome.at("success").booleanValue()).isFalse();
        assertThat(outcome.text("error_code")).isEqualTo("status_5xx");
        assertThat(outcome.text("response_body")).isEqualTo("status 500");
        assertThat(this.receiver.requests()).hasSize(1);
        assertThat(this.customer.endpoint(endpoint).at("/health/consecutive_failures").intValue()).isZero();
    }

    @Test
    void disabledEndpointIsTriedTooAndStaysDisabled() {
        String endpoint = this.customer.register(this.receiver.url(), ",\"enabled\":false").text("id");
        assertThat(this.customer.test(endpoint).at("success").booleanValue()).isTrue();
        assertThat(this.customer.endpoint(endpoint).at("enabled").booleanValue()).isFalse();
    }

    @Test
    void goneDoesNotDisableTheEndpointWhenItWasOnlyTried() {
        String endpoint = this.customer.register(this.receiver.answer(410));
        assertThat(this.customer.test(endpoint).text("error_code")).isEqualTo("status_410");
        assertThat(this.customer.endpoint(endpoint).at("enabled").booleanValue()).isTrue();
    }

    @Test
    void sampleIsStoredNowhere() {
        String endpoint = this.customer.register(this.receiver);
        Reply outcome = this.customer.test(endpoint);
        assertThat(this.customer.get("/api/inbox?status=all").at("count").intValue()).isZero();
        assertThat(this.customer.get("/api/events/" + outcome.text("event_id")).status()).isEqualTo(404);
        assertThat(this.customer.get("/api/webhooks/" + endpoint + "/attempts").at("count").intValue()).isZero();
    }

    @Test
    void organizationWhoseEndpointHangsLeavesTestsToOthers() {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch refused = new CountDownLatch(1);
        this.receiver.answer((request, exchange) -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            RawReceiver.hold(refused);
            underWay.decrementAndGet();
            Receiver.respond(exchange, 200, "");
        });
        String hanging = this.customer.register(this.receiver);
        Customer other = new Customer(this.api);
        try (Receiver quick = new Receiver()) {
            String endpoint = other.register(quick);
            List<Reply> replies = Concurrently.call(12, (client) -> {
                Reply reply = (client < 8) ? this.customer.post("/api/webhooks/" + hanging + "/test", "")
                        : other.test(endpoint);
                if (reply.status() == 429) {
                    refused.countDown();
                }
                return reply;
            });
            assertThat(most.get()).isBetween(1, 4);
            assertThat(replies.subList(0, 8)).extracting(Reply::status).containsOnly(200, 429);
            Reply refusal = replies.stream().filter((reply) -> reply.status() == 429).findFirst().orElseThrow();
            assertThat(refusal.header("Retry-After")).isEqualTo("5");
            assertThat(refusal.text("code")).isEqualTo("rate_limit_exceeded");
            assertThat(refusal.at("limit").intValue()).isEqualTo(4);
            assertThat(refusal.at("retry_after").intValue()).isEqualTo(5);
            assertThat(replies.subList(8, 12))
                .allSatisfy((reply) -> assertThat(reply.at("success").booleanValue()).isTrue());
        }
        assertThat(this.customer.test(hanging).at("success").booleanValue()).as("the places are free again").isTrue();
    }

    @Test
    void foreignEndpointIsNotFound() {
        String endpoint = this.customer.register(this.receiver);
        Customer other = new Customer(this.api);
        assertThat(other.post("/api/webhooks/" + endpoint + "/test", "").status()).isEqualTo(404);
        assertThat(other.post("/api/webhooks/" + UUID.randomUUID() + "/test", "").status()).isEqualTo(404);
        assertThat(other.post("/api/webhooks/nonsense/test", "").status()).isEqualTo(400);
        assertThat(this.receiver.requests()).isEmpty();
    }

}
