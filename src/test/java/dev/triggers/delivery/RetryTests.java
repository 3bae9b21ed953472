package dev.triggers.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import dev.triggers.support.Api;
import dev.triggers.support.Customer;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import static dev.triggers.support.Customer.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

@IntegrationTest
class RetryTests {

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private EndpointStates states;

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

    @ParameterizedTest
    @ValueSource(ints = { 200, 201, 204, 299 })
    void everyStatusOf2xxIsSuccess(int status) {
        String endpoint = this.customer.register(this.receiver.answer(status));
        String id = this.customer.event("order.paid");
        Reply event = this.customer.awaitStatus(id, "delivered");
        assertThat(event.at("attempts").intValue()).isEqualTo(1);
        assertThat(event.at("response_status").intValue()).isEqualTo(status);
        assertThat(event.at("last_error").isNull()).isTrue();
        JsonNode delivery = this.customer.delivery(id, endpoint);
        assertThat(delivery.get("status").stringValue()).isEqualTo("delivered");
        assertThat(delivery.get("error_code").isNull()).isTrue();
        assertThat(delivery.get("attempt_log")).hasSize(1);
    }

    @Test
    void failuresAreRepeatedUntilOneSucceeds() {
        AtomicInteger requests = new AtomicInteger();
        this.receiver.answer((request, exchange) -> Receiver.respond(exchange,
                (requests.incrementAndGet() < 3) ? 500 : 200, "answer " + requests));
        String endpoint = this.customer.register(this.receiver);
        String id = this.customer.event("order.paid");
        this.customer.awaitStatus(id, "delivered");
        JsonNode delivery = this.customer.delivery(id, endpoint);
        assertThat(delivery.get("attempts").intValue()).isEqualTo(3);
        assertThat(delivery.get("next_attempt_at").isNull()).isTrue();
        JsonNode log = delivery.get("attempt_log");
        assertThat(log).extracting((attempt) -> attempt.get("number").intValue()).containsExactly(1, 2, 3);
        assertThat(log).extracting((attempt) -> attempt.get("response_status").intValue())
            .containsExactly(500, 500, 200);
        assertThat(log).extracting((attempt) -> attempt.get("response_body").stringValue())
            .containsExactly("answer 1", "answer 2", "answer 3");
        assertThat(log.get(0).get("error_code").stringValue()).isEqualTo("status_5xx");
        assertThat(log.get(0).get("error").stringValue()).startsWith("HTTP 500: ");
        assertThat(log.get(2).get("error_code").isNull()).isTrue();
    }

    @Test
    void deadLetterAfterExactlyFiveAttempts() {
        String endpoint = this.customer.register(this.receiver.answer(500));
        String id = this.customer.event("order.paid");
        Reply event = this.customer.awaitStatus(id, "failed");
        assertThat(this.receiver.requests(id)).hasSize(5);
        assertThat(event.at("attempts").intValue()).isEqualTo(5);
        assertThat(event.text("last_error")).startsWith("HTTP 500");
        JsonNode delivery = this.customer.delivery(id, endpoint);
        assertThat(delivery.get("status").stringValue()).isEqualTo("failed");
        assertThat(delivery.get("attempt_log")).hasSize(5);
        Reply failed = this.customer.get("/api/inbox?status=failed");
        assertThat(failed.at("count").intValue()).isEqualTo(1);
        assertThat(failed.text("/events/0/id")).isEqualTo(id);
        assertThat(count("event_deliveries", id)).isZero();
        assertThat(count("dead_letters", id)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = { 301, 302, 303, 307, 308 })
    void redirectIsAFailureAndNeverFollowed(int status) {
        this.receiver.answer((request, exchange) -> {
            exchange.getResponseHeaders().set("Location", this.receiver.url("/elsewhere"));
            Receiver.respond(exchange, request.path().equals("/hook") ? status : 200, "");
        });
        Reply outcome = this.customer.test(this.customer.register(this.receiver));
        assertThat(outcome.at("success").booleanValue()).isFalse();
        assertThat(outcome.text("error_code")).isEqualTo("status_3xx");
        assertThat(outcome.text("error")).endsWith("It leads to: " + this.receiver.url("/elsewhere"));
        assertThat(this.receiver.requests()).extracting(Receiver.Request::path).containsExactly("/hook");
    }

    @ParameterizedTest
    @CsvSource({ "400, status_4xx", "404, status_4xx", "410, status_410", "429, status_429", "500, status_5xx",
            "503, status_5xx", "999, status_5xx" })
    void failureHasStableCodeAndAdvice(int status, String code) {
        Reply outcome = this.customer.test(this.customer.register(this.receiver.answer(status)));
        assertThat(outcome.at("success").booleanValue()).isFalse();
        assertThat(outcome.at("response_status").intValue()).isEqualTo(status);
        assertThat(outcome.text("error_code")).isEqualTo(code);
        assertThat(outcome.text("error")).hasSizeGreaterThan(30).endsWith(".");
        assertThat(outcome.text("response_body")).isEqualTo("status " + status);
    }

    @Test
    void goneGivesUpAndDisablesTheEndpoint() {
        String endpoint = this.customer.register(this.receiver.answer(410));
        String id = this.customer.event("order.paid");
        this.customer.awaitStatus(id, "failed");
        assertThat(this.receiver.requests(id)).hasSize(1);
        eventually(() -> assertThat(this.customer.endpoint(endpoint).at("enabled").booleanValue()).isFalse());
        assertThat(this.customer.endpoint(endpoint).text("disabled_reason")).contains("410");
        String later = this.customer.event("order.paid");
        assertThat(this.customer.delivery(later, endpoint).get("status").stringValue()).isEqualTo("pending");
        this.receiver.answer(200);
        this.customer.patch(endpoint, "{\"enabled\":true}");
        this.customer.awaitStatus(later, "delivered");
        assertThat(this.customer.endpoint(endpoint).at("disabled_reason").isNull()).isTrue();
        assertThat(this.customer.status(id)).isEqualTo("failed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "[] | 1", "[0.01] | 2", "[0.01,0.01,0.01,0.01,0.01,0.01] | 7" })
    void scheduleOfTheEndpointDecidesHowOftenItIsTried(String schedule, int attempts) {
        this.customer.register(this.receiver.answer(500).url(), ",\"retry_schedule\":" + schedule);
        String first = this.customer.event("order.paid");
        this.customer.awaitStatus(first, "failed");
        assertThat(this.receiver.requests(first)).hasSize(attempts);
        // This one is handed over, since the endpoint is known by now.
        this.receiver.answer(200);
        this.customer.awaitStatus(this.customer.event("order.paid"), "delivered");
        this.receiver.answer(500);
        String second = this.customer.event("order.paid");
        this.customer.awaitStatus(second, "failed");
        assertThat(this.receiver.requests(second)).hasSize(attempts);
    }

    @Test
    void waitsAreThoseOfTheScheduleWithJitter() {
        String endpoint = this.customer
            .register(this.receiver.answer(500).url(), ",\"retry_schedule\":[300, \"1h\", \"2d\"]")
            .text("id");
        String id = this.customer.event("order.paid");
        nextAttemptIn(id, endpoint, 1, Duration.ofMinutes(5));
        dueNow(id);
        nextAttemptIn(id, endpoint, 2, Duration.ofHours(1));
        dueNow(id);
        nextAttemptIn(id, endpoint, 3, Duration.ofDays(2));
        dueNow(id);
        this.customer.awaitStatus(id, "failed");
        assertThat(this.receiver.requests(id)).hasSize(4);
    }

    @Test
    void shortenedScheduleEndsWhatIsBeingRetried() {
        String endpoint = this.customer.register(this.receiver.answer(500).url(), ",\"retry_schedule\":[0.2,0.2]")
            .text("id");
        String id = this.customer.event("order.paid");
        eventually(() -> assertThat(this.customer.delivery(id, endpoint).get("attempts").intValue()).isPositive());
        this.customer.patch(endpoint, "{\"retry_schedule\":[]}");
        this.customer.awaitStatus(id, "failed");
        assertThat(this.receiver.requests(id)).hasSizeBetween(2, 3);
    }

    @ParameterizedTest
    @ValueSource(ints = { 429, 502, 503, 504 })
    void retryAfterHoldsTheWholeEndpoint(int status) {
        retryAfter(status, "3600");
        String endpoint = this.customer.register(this.receiver);
        String id = this.customer.event("order.paid");
        nextAttemptIn(id, endpoint, 1, Duration.ofHours(1));
        eventually(() -> assertThat(this.customer.endpoint(endpoint).at("/health/held_until").isString()).isTrue());
        assertThat(Instant.parse(this.customer.endpoint(endpoint).text("/health/held_until")))
            .isCloseTo(Instant.now().plus(Duration.ofHours(1)), within(1, java.time.temporal.ChronoUnit.MINUTES));
        eventually(() -> assertThat(this.states.isQuiet(UUID.fromString(endpoint))).isTrue());
        String other = this.customer.event("order.paid");
        JsonNode delivery = this.customer.delivery(other, endpoint);
        assertThat(delivery.get("attempts").intValue()).isZero();
        release(endpoint);
        this.receiver.answer(200);
        this.customer.awaitStatus(other, "delivered");
        assertThat(this.receiver.requests(other)).hasSize(1);
        assertThat(this.receiver.requests(id)).hasSize(1);
    }

    @Test
    void retryAfterIsReadAsADateToo() {
        Instant until = Instant.now().plus(Duration.ofHours(2));
        retryAfter(503, DateTimeFormatter.RFC_1123_DATE_TIME.format(until.atOffset(ZoneOffset.UTC)));
        String endpoint = this.customer.register(this.receiver);
        nextAttemptIn(this.customer.event("order.paid"), endpoint, 1, Duration.ofHours(2));
    }

    @Test
    void retryAfterIsHonouredForADayAtTheMost() {
        retryAfter(429, "31536000");
        String endpoint = this.customer.register(this.receiver);
        nextAttemptIn(this.customer.event("order.paid"), endpoint, 1, Duration.ofDays(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "500 | 3600", "404 | 3600", "503 | soon", "503 | -5", "503 | 0",
            "503 | Sun, 06 Nov 1994 08:49:37 GMT" })
    void otherwiseRetryAfterMeansNothing(int status, String value) {
        retryAfter(status, value);
        this.customer.register(this.receiver.url(), ",\"retry_schedule\":[0.01]");
        String id = this.customer.event("order.paid");
        this.customer.awaitStatus(id, "failed");
        assertThat(this.receiver.requests(id)).hasSize(2);
    }

    @Test
    void retriesGoOnWhenTheTimeAskedForIsOver() {
        AtomicInteger requests = new AtomicInteger();
        this.receiver.answer((request, exchange) -> {
            exchange.getResponseHeaders().set("Retry-After", "1");
            Receiver.respond(exchange, (requests.incrementAndGet() == 1) ? 429 : 200, "");
        });
        this.customer.register(this.receiver);
        String id = this.customer.event("order.paid");
        this.customer.awaitStatus(id, "delivered");
        List<Receiver.Request> attempts = this.receiver.requests(id);
        assertThat(attempts).hasSize(2);
        assertThat(Duration.ofNanos(attempts.get(1).nanoTime() - attempts.get(0).nanoTime()))
            .isGreaterThanOrEqualTo(Duration.ofMillis(990));
    }

    @Test
    void overloadedEndpointIsLeftAloneForAWhileWithoutNamingATime() {
        this.receiver.answer(503);
        String endpoint = this.customer.register(this.receiver);
        this.customer.awaitStatus(this.customer.event("order.paid"), "failed");
        eventually(() -> assertThat(
                this.jdbc.sql("select held_until > '-infinity' from endpoint_health where endpoint_id = :id")
                    .param("id", UUID.fromString(endpoint))
                    .query(Boolean.class)
                    .single())
            .isTrue());
    }

    private void retryAfter(int status, String value) {
        this.receiver.answer((request, exchange) -> {
            exchange.getResponseHeaders().set("Retry-After", value);
            Receiver.respond(exchange, status, "later");
        });
    }

    private void nextAttemptIn(String eventId, String endpointId, int attempts, Duration wait) {
        eventually(() -> assertThat(this.customer.delivery(eventId, endpointId).get("attempts").intValue())
            .isEqualTo(attempts));
        Instant next = Instant.parse(this.customer.delivery(eventId, endpointId).get("next_attempt_at").stringValue());
        assertThat(next).isCloseTo(Instant.now().plus(wait),
                within(wait.toMillis() / 10 + 10_000, java.time.temporal.ChronoUnit.MILLIS));
    }

    private void dueNow(String eventId) {
        this.jdbc.sql("update event_deliveries set due_at = now() where event_id = :id")
            .param("id", UUID.fromString(eventId))
            .update();
    }

    private void release(String endpointId) {
        this.jdbc.sql("update endpoint_health set held_until = now() where endpoint_id = :id")
            .param("id", UUID.fromString(endpointId))
            .update();
    }

    private long count(String table, String eventId) {
        return this.jdbc.sql("select count(*) from " + table + " where event_id = :id")
            .param("id", UUID.fromString(eventId))
            .query(Long.class)
            .single();
    }

}
