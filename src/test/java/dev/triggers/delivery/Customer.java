package dev.triggers.delivery;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import dev.triggers.support.Api;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An organization that posts events, has endpoints, and looks at what became of both.
 */
final class Customer {

    /** Far more than anything takes, even on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Api api;

    private final String key;

    Customer(Api api) {
        this(api, api.newKey());
    }

    private Customer(Api api, String key) {
        this.api = api;
        this.key = key;
    }

    /** The same customer at another instance. */
    Customer at(Api other) {
        return new Customer(other, this.key);
    }

    static void eventually(ThrowingRunnable assertion) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(25)).untilAsserted(assertion);
    }

    String key() {
        return this.key;
    }

    Reply setDefault(String url) {
        Reply reply = post("/api/webhook/config", "{\"url\":\"" + url + "\"}");
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return reply;
    }

    void removeDefault() {
        Reply reply = post("/api/webhook/config", "{\"url\":null}");
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
    }

    /**
     * Registers an endpoint.
     * @param more further members, each behind a comma
     */
    Reply register(String url, String more) {
        Reply reply = post("/api/webhooks", "{\"url\":\"" + url + "\"" + more + "}");
        assertThat(reply.status()).as("%s", reply).isEqualTo(201);
        return reply;
    }

    String register(Receiver receiver) {
        return register(receiver.url(), "").text("id");
    }

    Reply endpoint(String id) {
        return get("/api/webhooks/" + id);
    }

    Reply patch(String endpointId, String body) {
        Reply reply = Api.patiently(() -> this.api.patch("/api/webhooks/" + endpointId, this.key, body));
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return reply;
    }

    void delete(String endpointId) {
        assertThat(this.api.delete("/api/webhooks/" + endpointId, this.key).status()).isEqualTo(204);
    }

    Reply get(String path) {
        return Api.patiently(() -> this.api.get(path, this.key));
    }

    Reply post(String path, String body) {
        return Api.patiently(() -> this.api.post(path, this.key, body));
    }

    Reply test(String endpointId) {
        Reply reply = post("/api/webhooks/" + endpointId + "/test", "");
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return reply;
    }

    String event(String type) {
        return event(type, "{}");
    }

    String event(String type, String payload) {
        return this.api.postEvent(this.key, type, payload);
    }

    List<String> events(String type, int count) {
        return IntStream.range(0, count).mapToObj((n) -> event(type, Integer.toString(n))).toList();
    }

    String scheduled(String type, Object deliverAt) {
        Reply reply = post("/api/events",
                "{\"type\":\"" + type + "\",\"payload\":{},\"deliver_at\":\"" + deliverAt + "\"}");
        assertThat(reply.status()).as("%s", reply).isEqualTo(201);
        return reply.text("id");
    }

    void acknowledge(String eventId) {
        assertThat(post("/api/ack/" + eventId, "").status()).isEqualTo(200);
    }

    Reply look(String eventId) {
        Reply reply = get("/api/events/" + eventId);
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return reply;
    }

    String status(String eventId) {
        return look(eventId).text("status");
    }

    /** What became of the event at the endpoint. */
    JsonNode delivery(String eventId, String endpointId) {
        for (JsonNode delivery : look(eventId).at("deliveries")) {
            if (delivery.get("endpoint_id").stringValue().equals(endpointId)) {
                return delivery;
            }
        }
        throw new AssertionError("No delivery of " + eventId + " to " + endpointId);
    }

    /** The event, once it has the status. */
    Reply awaitStatus(String eventId, String status) {
        eventually(() -> assertThat(status(eventId)).isEqualTo(status));
        return look(eventId);
    }

    void awaitDelivered(List<String> eventIds) {
        eventually(() -> assertThat(eventIds).allSatisfy((id) -> assertThat(status(id)).isEqualTo("delivered")));
    }

}
