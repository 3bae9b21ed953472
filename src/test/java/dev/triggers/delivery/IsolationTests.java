package dev.triggers.delivery;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.triggers.sending.SendingProperties;
import dev.triggers.support.Api;
import dev.triggers.support.Customer;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.RawReceiver;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static dev.triggers.support.Customer.eventually;
import static org.assertj.core.api.Assertions.assertThat;

@IntegrationTest
class IsolationTests {

    @Autowired
    private Api api;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private DeliverySlots slots;

    @Autowired
    private SendingProperties properties;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void endpointThatHangsLeavesRoomForEverybodyElse() {
        Customer hanging = new Customer(this.api);
        Customer other = new Customer(this.api);
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        // The receiver hears late of an attempt that timed out, so only the first count.
        long firstTimeout = System.nanoTime() + this.properties.timeout().toNanos();
        try (RawReceiver silent = new RawReceiver((socket) -> {
            int now = underWay.incrementAndGet();
            if (System.nanoTime() - firstTimeout < 0) {
                most.accumulateAndGet(now, Math::max);
            }
            try {
                RawReceiver.Conversation.SILENCE.hold(socket);
            }
            finally {
                underWay.decrementAndGet();
            }
        }); Receiver receiver = new Receiver()) {
            String endpoint = hanging.register(silent.url(), "").text("id");
            other.register(receiver);
            batch(hanging, 1_000);
            eventually(() -> {
                assertThat(underWay.get()).isPositive();
                assertThat(this.slots.busy()).isPositive();
                assertThat(this.meters.get("triggers.delivery.in.flight").gauge().value()).isPositive();
            });
            // While the first attempts hang, others come and go.
            List<String> ids = other.events("order.paid", 20);
            other.awaitDelivered(ids);
            assertThat(most.get()).as("attempts under way at once").isLessThanOrEqualTo(256 / 4);
            assertThat(pending(endpoint)).isPositive();
            hanging.delete(endpoint);
        }
    }

    @Test
    void manyEndpointsThatAlwaysHaveSomethingDueAllGetTheirTurns() {
        Customer busy = new Customer(this.api);
        try (Receiver receiver = new Receiver()) {
            for (int i = 0; i < 120; i++) {
                busy.register(receiver.url("/" + i), ",\"enabled\":false");
            }
            batch(busy, 10);
            this.jdbc.sql("""
                    update endpoints set enabled = true, settling = true, updated_at = now()
                    where organization_id = (select organization_id from endpoints where url = :url)
                    """).param("url", receiver.url("/7")).update();
            eventually(() -> assertThat(open(receiver.url("/7"))).isZero());
            assertThat(receiver.requests()
                .stream()
                .collect(Collectors.groupingBy(Receiver.Request::path,
                        Collectors.mapping((request) -> request.header("webhook-id"), Collectors.toSet()))))
                .hasSize(120)
                .allSatisfy((path, events) -> assertThat(events).hasSize(10));
            // None was sent that has no record, however slow the machine.
            assertThat(receiver.requests()).hasSizeLessThanOrEqualTo(attempts(receiver.url("/7")));
        }
    }

    private long open(String url) {
        return this.jdbc.sql("""
                select count(*) from event_deliveries
                where organization_id = (select organization_id from endpoints where url = :url)
                """).param("url", url).query(Long.class).single();
    }

    private int attempts(String url) {
        return this.jdbc.sql("""
                select count(*) from delivery_attempts
                where organization_id = (select organization_id from endpoints where url = :url)
                """).param("url", url).query(Integer.class).single();
    }

    private void batch(Customer customer, int events) {
        Reply reply = customer.post("/api/events/batch",
                IntStream.range(0, events)
                    .mapToObj((n) -> "{\"type\":\"order.paid\",\"payload\":" + n + "}")
                    .collect(Collectors.joining(",", "[", "]")));
        assertThat(reply.at("accepted").intValue()).isEqualTo(events);
    }

    private long pending(String endpointId) {
        return this.jdbc.sql("select count(*) from event_deliveries where endpoint_id = :id")
            .param("id", UUID.fromString(endpointId))
            .query(Long.class)
            .single();
    }

}
