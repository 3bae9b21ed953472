package dev.triggers.sending;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.UUID;

import dev.triggers.time.UuidV7;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class DeliveryBodyTests {

    private static final JsonMapper json = new JsonMapper();

    private static final UUID ID = new UuidV7(Clock.systemUTC()).next();

    @Test
    void payloadIsSplicedInAsItIs() {
        String payload = "{ \"a\":1.00, \"a\" : \"\\u00e9\" }";
        assertThat(text(DeliveryBody.of(ID, "order.paid", payload, false)))
            .isEqualTo("{\"id\":\"" + ID + "\",\"event_id\":\"" + ID + "\",\"type\":\"order.paid\",\"timestamp\":\""
                    + UuidV7.instant(ID) + "\",\"data\":" + payload + "}");
    }

    @Test
    void aliasesAreAddedOnRequest() {
        JsonNode body = json.readTree(DeliveryBody.of(ID, "order.paid", "[1]", true));
        assertThat(body.get("event_type").stringValue()).isEqualTo("order.paid");
        assertThat(body.get("created_at")).isEqualTo(body.get("timestamp"));
        assertThat(body.get("payload")).isEqualTo(body.get("data")).hasToString("[1]");
    }

    @Property
    void anyTypeAndTextComeBackExactly(@ForAll String type, @ForAll String text) {
        String payload = json.writeValueAsString(clean(text));
        JsonNode body = json.readTree(DeliveryBody.of(ID, clean(type), payload, false));
        assertThat(body.get("type").stringValue()).isEqualTo(clean(type));
        assertThat(body.get("data").stringValue()).isEqualTo(clean(text));
    }

    /** Text that UTF-8 can hold: no other reaches this far. */
    private static String clean(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

}
