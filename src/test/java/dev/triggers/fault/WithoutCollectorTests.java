package dev.triggers.fault;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import dev.triggers.support.Customer;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import dev.triggers.trace.TraceContext;
import dev.triggers.trace.Tracestate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is not used costs nothing: told by the JVM, of a process that has done nothing
 * else.
 */
class WithoutCollectorTests {

    @Test
    void noClassOfOpenTelemetryIsLoadedAndNothingOfATraceIsStored(@TempDir Path folder) throws IOException {
        Path loaded = folder.resolve("classes");
        String database = PostgresServer.newDatabase();
        try (Receiver receiver = new Receiver();
                ServiceProcess service = ServiceProcess
                    .start(database, Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + loaded + "::filecount=0"))
                    .awaitReady()) {
            Customer customer = new Customer(service.api());
            customer.register(receiver);
            Reply reply = service.api()
                .send(service.api()
                    .request("/api/events", customer.key())
                    .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                    .POST(BodyPublishers.ofString("{\"type\":\"a\",\"payload\":1}")));
            String id = reply.text("id");
            customer.awaitStatus(id, "delivered");
            assertThat(receiver.requests(id).getFirst().header("traceparent"))
                .startsWith("00-" + id.replace("-", "") + "-");
            assertThat(PostgresServer.client(database)
                .sql("select count(*) from delivery_attempts where event_id = :id and trace is null")
                .param("id", UUID.fromString(id))
                .query(Integer.class)
                .single()).isOne();
            List<String> classes;
            try (Stream<String> lines = Files.lines(loaded)) {
                classes = lines.toList();
            }
            assertThat(classes).anyMatch((line) -> line.contains("dev.triggers.otlp.OtlpConfiguration "))
                .noneMatch((line) -> line.contains("io.opentelemetry"));
            assertThatWhatAnotherInstanceHasStoredIsHandedOn(service, database, receiver);
        }
    }

    /** As one with a collector would have, of an event that nobody takes yet. */
    private static void assertThatWhatAnotherInstanceHasStoredIsHandedOn(ServiceProcess service, String database,
            Receiver receiver) {
        Customer customer = new Customer(service.api());
        String id = customer.event("a");
        TraceContext stored = new TraceContext("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", true,
                new Tracestate("congo=t61"));
        assertThat(PostgresServer.client(database)
            .sql("update event_deliveries set trace = :trace where event_id = :id")
            .param("trace", stored.bytes())
            .param("id", UUID.fromString(id))
            .update()).isOne();
        customer.setDefault(receiver.url());
        customer.awaitStatus(id, "delivered");
        Receiver.Request sent = receiver.requests(id).getFirst();
        assertThat(sent.header("traceparent")).isEqualTo(stored.traceparent());
        assertThat(sent.header("tracestate")).isEqualTo("congo=t61");
    }

}
