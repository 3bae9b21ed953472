package dev.triggers.support;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An organization that posts events, has endpoints, and looks at what became of both.
 */
public final class Customer {

    /** Far more than anything takes, even on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Api api;

    private final String key;

    public Customer(Api api) {
        this(api, api.newKey());
    }

    private Customer(Api api, String key) {
        this.api = api;
        this.key = key;
    }

    /** The customer who has a key already. */
    public static Customer of(Api api, String key) {
        return new Customer(api, key);
    }

    /** The same customer at another instance. */
    public Customer at(Api other) {
        return new Customer(other, this.key);
    }

    public static void eventually(ThrowingRunnable assertion) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(25)).untilAsserted(assertion);
    }

    public String key() {
        return this.key;
    }

    public Reply setDefault(String url) {
        Reply reply = post("/api/webhook/config", "{\"url\":\"" + url + "\"}");
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return reply;
    }

    public void removeDefault() {
        Reply reply = post("/api/webhook/config", "{\"url\":null}");
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
    }

    /**
     * Registers an endpoint.
     * @param more further members, each behind a comma
     */
    public Reply register(String url, String more) {
        Reply reply = post("/api/webhooks", "{\"url\":\"" + url + "\"" + more + "}");
        assertThat(reply.status()).as("%s", reply).isEqualTo(201);
        return reply;
    }

    public String register(Receiver receiver) {
        return register(receiver.url(), "").text("id");
    }

    public Reply endpoint(String id) {
        return get("/api/webhooks/" + id);
    }

    public Reply patch(String endpointId, String body) {
        Reply reply = Api.patiently(() -> this.api.patch("/api/webhooks/" + endpointId, this.key, body));
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return reply;
    }

    public void delete(String endpointId) {
        assertThat(this.api.delete("/api/webhooks/" + endpointId, this.key).status()).isEqualTo(204);
    }

    public Reply get(String path) {
        return Api.patiently(() -> this.api.get(path, this.key));
    }

    public Reply post(String path, String body) {
        return Api.patiently(() -> this.api.post(path, this.key, body));
    }

    public Reply test(String endpointId) {
        Reply reply = post("/api/webhooks/" + endpointId + "/test", "");
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return reply;
    }

    public String event(String type) {
        return event(type, "{}");
    }

    public String event(String type, String payload) {
        return this.api.postEvent(this.key, type, payload);
    }

    public List<String> events(String type, int count) {
        return IntStream.range(0, count).mapToObj((n) -> event(type, Integer.toString(n))).toList();
    }

    public String scheduled(String type, Object deliverAt) {
        Reply reply = post("/api/events",
                "{\"type\":\"" + type + "\",\"payload\":{},\"deliver_at\":\"" + deliverAt + "\"}");
        assertThat(reply.status()).as("%s", reply).isEqualTo(201);
        return reply.text("id");
    }

    public void acknowledge(String eventId) {
        assertThat(post("/api/ack/" + eventId, "").status()).isEqualTo(200);
    }

    public Reply look(String eventId) {
        Reply reply = get("/api/events/" + eventId);
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return reply;
    }

    public String status(String eventId) {
        return look(eventId).text("status");
    }

    /** What became of the event at the endpoint. */
    public JsonNode delivery(String eventId, String endpointId) {
        for (JsonNode delivery : look(eventId).at("deliveries")) {
            if (delivery.get("endpoint_id").stringValue().equals(endpointId)) {
                return delivery;
            }
        }
        throw new AssertionError("No delivery of " + eventId + " to " + endpointId);
    }

    /** The event, once it has the status. */
    public Reply awaitStatus(String eventId, String status) {
        eventually(() -> assertThat(status(eventId)).isEqualTo(status));
        return look(eventId);
    }

    public void awaitDelivered(List<String> eventIds) {
        eventually(() -> assertThat(eventIds).allSatisfy((id) -> assertThat(status(id)).isEqualTo("delivered")));
    }

}
