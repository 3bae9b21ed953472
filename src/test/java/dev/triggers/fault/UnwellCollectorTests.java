package dev.triggers.fault;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import dev.triggers.support.Customer;
import dev.triggers.support.Metrics;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Receiver;
import org.junit.jupiter.api.Test;

import static dev.triggers.support.Customer.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A collector that takes nothing is nobody's trouble but its own: events come in and go
 * out, and the log says so now and then. In a process of its own, whose log is all its
 * own.
 */
class UnwellCollectorTests {

    private static final int EVENTS = 20;

    private final CountDownLatch over = new CountDownLatch(1);

    @Test
    void eventsComeAndGoWhateverTheCollectorDoesAndTheLogTellsOfItOnceAMinute() {
        long began = System.nanoTime();
        try (Receiver collector = new Receiver().answer(403);
                Receiver receiver = new Receiver();
                ServiceProcess service = ServiceProcess
                    .start(PostgresServer.newDatabase(),
                            Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url(""), "OTEL_EXPORTER_OTLP_TIMEOUT",
                                    "200", "OTEL_METRIC_EXPORT_INTERVAL", "100", "OTEL_BSP_SCHEDULE_DELAY", "50",
                                    "OTEL_BSP_MAX_QUEUE_SIZE", "16", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "8"))
                    .awaitReady()) {
            Customer customer = new Customer(service.api());
            customer.register(receiver);
            assertThatAllGoesOn(customer, service, "failed");
            collector.answer(200);
            assertThatAllGoesOn(customer, service, "exported");
            collector.answer((request, exchange) -> awaitEnd());
            assertThatAllGoesOn(customer, service, "failed");
            leave(collector);
            assertThatAllGoesOn(customer, service, "failed");
            assertThat(receiver.requests().stream().map((request) -> request.header("webhook-id")).distinct())
                .hasSize(4 * EVENTS);
            List<String> told = service.log()
                .stream()
                .filter((line) -> line.contains("CollectorLog") || line.contains("opentelemetry"))
                .toList();
            assertThat(told).hasSizeBetween(1, 1 + (int) Duration.ofNanos(System.nanoTime() - began).toMinutes())
                .allSatisfy((line) -> assertThat(line).contains("CollectorLog", "Failed to export"));
            service.terminate();
            service.awaitExit(Duration.ofSeconds(60));
        }
    }

    /** Until the collector has had its part. */
    private static void assertThatAllGoesOn(Customer customer, ServiceProcess service, String result) {
        double before = spans(service, result);
        customer.awaitDelivered(customer.events("a", EVENTS));
        eventually(() -> assertThat(spans(service, result)).isGreaterThan(before));
    }

    private static double spans(ServiceProcess service, String result) {
        return Metrics.of(service.api()).value("triggers_traces_spans_total{result=\"" + result + "\"}");
    }

    /** Nobody listens there any more. */
    private void leave(Receiver collector) {
        collector.close();
        this.over.countDown();
    }

    private void awaitEnd() {
        try {
            this.over.await();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

}
