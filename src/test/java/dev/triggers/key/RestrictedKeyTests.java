package dev.triggers.key;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;

import dev.triggers.support.Api;
import dev.triggers.support.Customer;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import dev.triggers.support.StreamClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

import static dev.triggers.support.Customer.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a key that is held to types, or to endpoints, may do, and that all else is absent
 * for it and counted nowhere.
 */
@IntegrationTest
class RestrictedKeyTests {

    @Autowired
    private Api api;

    private final Receiver receiver = new Receiver();

    private Customer customer;

    /** Takes every type. */
    private String wide = "";

    /** Takes what the key is held to. */
    private String narrow = "";

    /** Held to types. */
    private String held = "";

    @BeforeEach
    void make() {
        this.customer = new Customer(this.api);
        this.wide = this.customer.register(this.receiver.url("/wide"), ",\"retry_schedule\":[]").text("id");
        this.narrow = this.customer
            .register(this.receiver.url("/narrow"), ",\"retry_schedule\":[],\"event_types\":[\"user.created\"]")
            .text("id");
        this.held = key(",\"types\":[\"user.*\"]");
    }

    @AfterEach
    void closeReceiver() {
        this.receiver.close();
    }

    private String key(String restriction) {
        Reply made = this.customer.post("/api/organization/keys", "{\"name\":\"held\"" + restriction + "}");
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.text("api_key");
    }

    private Reply get(String path) {
        Reply reply = Api.patiently(() -> this.api.get(path, this.held));
        assertThat(reply.status()).as("%s: %s", path, reply).isEqualTo(200);
        return reply;
    }

    private Reply post(String path, String body) {
        return Api.patiently(() -> this.api.post(path, this.held, body));
    }

    private Reply done(String path, String body) {
        Reply reply = post(path, body);
        assertThat(reply.status()).as("%s: %s", path, reply).isEqualTo(200);
        return reply;
    }

    private static List<String> all(Reply reply, String array, String member) {
        return StreamSupport.stream(reply.at(array).spliterator(), false)
            .map((item) -> item.get(member).stringValue())
            .toList();
    }

    private static List<String> ids(Reply reply) {
        return all(reply, "events", "id");
    }

    private static String quoted(List<String> ids) {
        return "[\"" + String.join("\",\"", ids) + "\"]";
    }

    private static void assertRefused(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(403);
        assertThat(reply.text("code")).isEqualTo("insufficient_scope");
    }

    @Test
    void aDuplicateOfAnotherTypeIsNotNamed() {
        String other = this.customer.post("/api/events", "{\"type\":\"order.paid\",\"payload\":1,\"dedup_id\":\"a\"}")
            .text("id");
        String own = post("/api/events", "{\"type\":\"user.created\",\"payload\":1,\"dedup_id\":\"b\"}").text("id");
        Reply hidden = post("/api/events", "{\"type\":\"user.created\",\"payload\":1,\"dedup_id\":\"a\"}");
        assertThat(hidden.status()).isEqualTo(409);
        assertThat(hidden.body()).doesNotContain(other).doesNotContain("event_id");
        assertThat(post("/api/events", "{\"type\":\"user.gone\",\"payload\":1,\"dedup_id\":\"b\"}").text("event_id"))
            .isEqualTo(own);
        Reply batch = done("/api/events/batch", """
                [{"type":"user.created","payload":2,"dedup_id":"a"},{"type":"user.created","payload":2,"dedup_id":"b"}]
                """);
        assertThat(batch.at("duplicates").intValue()).isEqualTo(2);
        assertThat(batch.json().at("/results/0").has("id")).isFalse();
        assertThat(batch.text("/results/1/id")).isEqualTo(own);
    }

    @Test
    void whatAnEndpointIsYetToBeSentDoesNotFollowIt() {
        try (Receiver slow = new Receiver()) {
            slow.answer(503);
            String endpoint = this.customer.register(slow.url("/first"), "").text("id");
            String order = this.customer.event("order.paid");
            eventually(() -> assertThat(slow.requests(order)).isNotEmpty());
            this.customer.patch(endpoint, "{\"event_types\":[\"user.*\"]}");
            String move = "{\"url\":\"" + this.receiver.url("/moved") + "\"}";
            Reply refused = this.api.patch("/api/webhooks/" + endpoint, this.held, move);
            assertThat(refused.status()).as("%s", refused).isEqualTo(409);
            assertThat(this.api.patch("/api/webhooks/" + endpoint, this.held, "{\"description\":\"a\"}").status())
                .isEqualTo(200);
            slow.answer(200);
            this.customer.awaitDelivered(List.of(order));
            assertThat(this.api.patch("/api/webhooks/" + endpoint, this.held, move).status()).isEqualTo(200);
            assertThat(this.receiver.requests(order)).extracting(Receiver.Request::path).doesNotContain("/moved");
        }
    }

    @Test
    void eventsOfItsTypesArePostedAndOthersRefused() {
        Reply posted = post("/api/events", "{\"type\":\"user.created\",\"payload\":1}");
        assertThat(posted.status()).as(posted.toString()).isEqualTo(201);
        assertRefused(post("/api/events", "{\"type\":\"order.paid\",\"payload\":1}"));
        assertRefused(post("/api/events", "{\"type\":\"user\",\"payload\":1}"));
        Reply batch = done("/api/events/batch", """
                [{"type":"user.created","payload":2},{"type":"order.paid","payload":2},{"type":"user.gone","payload":2}]
                """);
        assertThat(all(batch, "results", "status")).containsExactly("accepted", "rejected", "accepted");
        assertThat(batch.at("accepted").intValue()).isEqualTo(2);
        assertThat(batch.at("rejected").intValue()).isEqualTo(1);
        assertThat(all(this.customer.get("/api/events"), "events", "type")).containsExactly("user.created",
                "user.created", "user.gone");
    }

    @Test
    void listingsHoldAndCountItsTypesAlone() {
        this.receiver.answer(500);
        List<String> own = this.customer.events("user.created", 2);
        List<String> others = this.customer.events("order.paid", 3);
        List.of(own, others).forEach((ids) -> ids.forEach((id) -> this.customer.awaitStatus(id, "failed")));
        assertThat(ids(get("/api/events"))).containsExactlyElementsOf(own);
        Reply inbox = get("/api/inbox?order=asc&status=all");
        assertThat(ids(inbox)).containsExactlyElementsOf(own);
        assertThat(inbox.at("count").intValue()).isEqualTo(2);
        assertThat(ids(get("/api/inbox?type=order.paid"))).isEmpty();
        Reply found = get("/api/events/search?q=status:failed");
        assertThat(ids(found)).containsExactlyInAnyOrderElementsOf(own);
        assertThat(found.at("count").intValue()).isEqualTo(2);
        assertThat(ids(get("/api/events/search?q=type:order.*"))).isEmpty();
        assertThat(ids(get("/api/events/search?q=id:" + others.getFirst()))).isEmpty();
        assertThat(ids(done("/api/filters/try", "{\"event_types\":[\"*\"]}"))).containsExactlyInAnyOrderElementsOf(own);
        eventually(() -> assertThat(all(this.customer.get("/api/event-types"), "event_types", "type"))
            .containsExactlyInAnyOrder("order.paid", "user.created"));
        assertThat(all(get("/api/event-types"), "event_types", "type")).containsExactly("user.created");
    }

    @Test
    void oneEventIsShownWithItsAttempts() {
        this.receiver.answer(500);
        String own = this.customer.event("user.created");
        String other = this.customer.event("order.paid");
        this.customer.awaitStatus(own, "failed");
        this.customer.awaitStatus(other, "failed");
        assertThat(get("/api/events/" + own).at("deliveries")).hasSize(2);
        Reply attempts = get("/api/attempts");
        assertThat(all(attempts, "attempts", "event_id")).containsOnly(own).hasSize(2);
        assertThat(attempts.at("count").intValue()).isEqualTo(2);
        assertThat(all(get("/api/webhooks/" + this.narrow + "/attempts"), "attempts", "event_id")).containsOnly(own);
        eventually(() -> assertThat(get("/api/webhooks/" + this.narrow + "/statistics").at("attempts").intValue())
            .isEqualTo(1));
        assertThat(get("/api/attempts/" + own + "/" + this.narrow + "/1").text("type")).isEqualTo("user.created");
        for (String absent : List.of("/api/events/" + other, "/api/attempts/" + other + "/" + this.wide + "/1",
                "/api/webhooks/" + this.wide + "/attempts", "/api/webhooks/" + this.wide + "/statistics")) {
            assertThat(this.api.get(absent, this.held).status()).as(absent).isEqualTo(404);
        }
    }

    @Test
    void streamShowsItsTypesAlone() {
        try (StreamClient stream = StreamClient.open(this.api, this.held, "", "Accept", "application/x-ndjson")) {
            String other = this.customer.event("order.paid");
            String own = this.customer.event("user.created");
            stream.awaitAccepted(1);
            stream.await("attempt.finished");
            assertThat(stream.accepted()).containsExactly(own);
            assertThat(String.join("\n", stream.lines())).doesNotContain(other).doesNotContain("order.paid");
        }
    }

    @Test
    void eventsOfItsTypesAreAcknowledgedAndOthersNotFound() {
        String first = this.customer.event("user.created");
        String second = this.customer.event("user.created");
        String other = this.customer.event("order.paid");
        done("/api/ack/" + first, "");
        Reply many = done("/api/ack", "{\"event_ids\":" + quoted(List.of(second, other)) + "}");
        assertThat(many.at("acknowledged").intValue()).isEqualTo(1);
        assertThat(many.at("failed").intValue()).isEqualTo(1);
        assertThat(many.text("/results/1/error")).isEqualTo("Event not found");
        assertThat(post("/api/ack/" + other, "").status()).isEqualTo(404);
        assertThat(post("/api/inbox/ack/" + other, "").status()).isEqualTo(404);
    }

    @Test
    void eventsOfItsTypesAreLeasedExtendedAndReleased() {
        this.receiver.answer(500);
        List<String> own = this.customer.events("user.created", 2);
        List<String> others = this.customer.events("order.paid", 2);
        List.of(own, others).forEach((ids) -> ids.forEach((id) -> this.customer.awaitStatus(id, "failed")));
        assertThat(ids(done("/api/inbox/lease", "{\"type\":\"order.paid\"}"))).isEmpty();
        Reply lease = done("/api/inbox/lease", "{\"consumer\":\"held\"}");
        assertThat(ids(lease)).containsExactlyElementsOf(own);
        String id = lease.text("lease_id");
        assertThat(
                done("/api/inbox/extend", "{\"lease_id\":\"" + id + "\",\"lease_seconds\":600}").at("count").intValue())
            .isEqualTo(2);
        Reply leases = get("/api/inbox/leases");
        assertThat(all(leases, "leases", "lease_id")).containsExactly(id);
        assertThat(leases.at("/leases/0/count").intValue()).isEqualTo(2);
        assertThat(done("/api/inbox/release", "{\"event_ids\":" + quoted(own.subList(0, 1)) + "}").at("released")
            .intValue()).isEqualTo(1);
        assertThat(done("/api/inbox/release", "{\"lease_id\":\"" + id + "\"}").at("released").intValue()).isEqualTo(1);
        assertThat(get("/api/inbox/leases").at("leases")).isEmpty();
    }

    @Test
    void leasesOfOthersAreNotThere() {
        this.receiver.answer(500);
        List<String> events = List.of(this.customer.event("user.created"), this.customer.event("order.paid"));
        events.forEach((id) -> this.customer.awaitStatus(id, "failed"));
        Reply mixed = this.customer.post("/api/inbox/lease", "{\"lease_seconds\":3600}");
        assertThat(ids(mixed)).hasSize(2);
        String id = mixed.text("lease_id");
        assertThat(get("/api/inbox/leases").at("leases")).isEmpty();
        assertThat(post("/api/inbox/extend", "{\"lease_id\":\"" + id + "\",\"lease_seconds\":60}").status())
            .isEqualTo(404);
        assertThat(post("/api/inbox/release", "{\"lease_id\":\"" + id + "\"}").status()).isEqualTo(404);
        assertThat(ids(done("/api/inbox/lease", ""))).isEmpty();
        assertThat(this.customer.get("/api/inbox/leases").at("/leases/0/count").intValue()).isEqualTo(2);
        assertThat(done("/api/inbox/release", "{\"event_ids\":" + quoted(events) + "}").at("released").intValue())
            .isEqualTo(1);
        assertThat(ids(done("/api/inbox/lease", ""))).containsExactly(events.getFirst());
        // What is left of the other's lease is of no type of the key's
        assertThat(all(get("/api/inbox/leases"), "leases", "lease_id")).hasSize(1).doesNotContain(id);
        assertThat(this.customer.get("/api/inbox/leases").at("leases")).hasSize(2);
    }

    @Test
    void itsOwnEndpointsAreAllThatThereIs() {
        Reply list = get("/api/webhooks");
        assertThat(all(list, "webhooks", "id")).containsExactly(this.narrow);
        assertThat(list.at("count").intValue()).isEqualTo(1);
        String path = "/api/webhooks/" + this.narrow;
        assertThat(get(path).text("id")).isEqualTo(this.narrow);
        assertThat(this.api.patch(path, this.held, "{\"description\":\"mine\"}").status()).isEqualTo(200);
        assertThat(done(path + "/test", "").at("success").booleanValue()).isTrue();
        get(path + "/secret");
        done(path + "/secret/rotate", "");
        assertRefused(this.api.patch(path, this.held, "{\"event_types\":[\"order.paid\"]}"));
        assertRefused(this.api.patch(path, this.held, "{\"event_types\":null}"));
        String url = "{\"url\":\"" + this.receiver.url("/made") + "\"";
        assertRefused(post("/api/webhooks", url + "}"));
        assertRefused(post("/api/webhooks", url + ",\"event_types\":[\"user.*\",\"order.*\"]}"));
        assertRefused(post("/api/webhooks", url + ",\"event_types\":[\"user.*\"],\"operations\":true}"));
        Reply made = post("/api/webhooks", url + ",\"event_types\":[\"user.gone\"]}");
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(get("/api/webhooks").at("count").intValue()).isEqualTo(2);
        assertThat(this.api.delete("/api/webhooks/" + made.text("id"), this.held).status()).isEqualTo(204);
        for (String absent : List.of("", "/secret", "/recover")) {
            assertThat(this.api.get("/api/webhooks/" + this.wide + absent, this.held).status()).isEqualTo(404);
        }
        assertThat(post("/api/webhooks/" + this.wide + "/test", "").status()).isEqualTo(404);
        assertThat(this.api.delete("/api/webhooks/" + this.wide, this.held).status()).isEqualTo(404);
        assertThat(this.customer.get("/api/webhooks").at("count").intValue()).isEqualTo(2);
    }

    @Test
    void recoveryOfItsEndpointKeepsToItsTypes() {
        this.receiver.answer(500);
        Instant before = Instant.now().minus(Duration.ofMinutes(1));
        this.customer.patch(this.narrow, "{\"event_types\":null}");
        String own = this.customer.event("user.created");
        String other = this.customer.event("order.paid");
        this.customer.awaitStatus(own, "failed");
        this.customer.awaitStatus(other, "failed");
        this.customer.patch(this.narrow, "{\"event_types\":[\"user.created\"]}");
        String path = "/api/webhooks/" + this.narrow + "/recover";
        String body = "{\"since\":\"" + before + "\"}";
        Reply begun = post(path, body);
        assertThat(begun.status()).as(begun.toString()).isEqualTo(202);
        eventually(() -> assertThat(get(path).at("/recoveries/0/finished_at").isString()).isTrue());
        assertThat(get(path).at("/recoveries/0/requeued").intValue()).isEqualTo(1);
        this.customer.post(path, body);
        eventually(() -> assertThat(this.customer.get(path).at("recoveries")).hasSize(2)
            .allSatisfy((recovery) -> assertThat(recovery.get("finished_at").isString()).isTrue()));
        assertThat(get(path).at("recoveries")).hasSize(1);
    }

    @Test
    void allElseIsRefused() {
        String event = this.customer.event("user.created");
        for (String path : List.of("/api/replays", "/api/consumers", "/api/webhook/config", "/api/organization/keys")) {
            assertRefused(this.api.get(path, this.held));
        }
        for (String path : List.of("/api/replays", "/api/webhook/config", "/api/organization/keys",
                "/api/events/" + event + "/redeliver", "/api/portal/sessions")) {
            assertRefused(post(path, "nonsense"));
        }
        assertThat(get("/api/keys").at("types")).extracting(JsonNode::stringValue).containsExactly("user.*");
    }

    @Test
    void keyThatIsHeldToEndpointsSeesTheirDeliveriesAlone() {
        this.receiver.answer(500);
        this.held = key(",\"endpoint_ids\":[\"" + this.narrow + "\"]");
        String own = this.customer.event("user.created");
        String other = this.customer.event("order.paid");
        this.customer.awaitStatus(own, "failed");
        this.customer.awaitStatus(other, "failed");
        assertThat(all(get("/api/webhooks"), "webhooks", "id")).containsExactly(this.narrow);
        assertThat(all(get("/api/attempts"), "attempts", "endpoint_id")).containsExactly(this.narrow);
        assertThat(get("/api/attempts").at("count").intValue()).isEqualTo(1);
        assertThat(all(get("/api/events/" + own), "deliveries", "endpoint_id")).containsExactly(this.narrow);
        assertThat(get("/api/events/" + other).at("deliveries")).isEmpty();
        assertThat(this.api.get("/api/webhooks/" + this.wide, this.held).status()).isEqualTo(404);
        assertThat(ids(done("/api/inbox/lease", ""))).containsExactlyInAnyOrder(own, other);
        assertThat(get("/api/inbox/leases").at("/leases/0/count").intValue()).isEqualTo(2);
        assertRefused(post("/api/webhooks", "{\"url\":\"" + this.receiver.url() + "\"}"));
    }

}
