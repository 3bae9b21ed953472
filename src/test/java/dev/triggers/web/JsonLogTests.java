package dev.triggers.web;

import java.util.Map;

import dev.triggers.support.DatabaseLink;
import dev.triggers.support.Instance;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Receiver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class JsonLogTests {

    private static final LoggingSystem logging = LoggingSystem.get(JsonLogTests.class.getClassLoader());

    /** Logging is set up once a process, unless it is told to forget. */
    @BeforeEach
    @AfterEach
    void forgetHowToLog() {
        logging.cleanUp();
    }

    @Test
    void aLineIsAnObjectThatNamesRequestOrganizationAndTrace(CapturedOutput output) {
        try (Receiver collector = new Receiver();
                DatabaseLink link = new DatabaseLink(PostgresServer.newDatabase());
                Instance instance = Instance.start(link.url(),
                        Map.of("LOG_FORMAT", "json", "OTEL_EXPORTER_OTLP_ENDPOINT", collector.url("")))) {
            String key = instance.api().newKey();
            String organization = instance.api().get("/api/keys", key).text("organization_id");
            link.cut();
            instance.api()
                .send(instance.api()
                    .request("/api/keys", key)
                    .header("X-Request-ID", "order-66")
                    .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
            JsonNode line = output.getOut()
                .lines()
                .filter((text) -> text.contains("The database does not answer"))
                .map((text) -> new JsonMapper().readTree(text))
                .findFirst()
                .orElseThrow();
            assertThat(line.get("level").stringValue()).isEqualTo("WARN");
            assertThat(line.get("request_id").stringValue()).isEqualTo("order-66");
            assertThat(line.get("organization_id").stringValue()).isEqualTo(organization);
            assertThat(line.get("trace_id").stringValue()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
            assertThat(line.get("span_id").stringValue()).matches("[0-9a-f]{16}").isNotEqualTo("b7ad6b7169203331");
        }
    }

}
