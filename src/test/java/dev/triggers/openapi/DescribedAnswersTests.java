package dev.triggers.openapi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.triggers.support.Api;
import dev.triggers.support.Instance;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Operator;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import dev.triggers.support.StreamClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The service takes the requests that the served description gives as examples, and
 * answers with what it describes.
 */
@IntegrationTest
class DescribedAnswersTests {

    private static final JsonMapper json = new JsonMapper();

    @Autowired
    private Api api;

    private JsonNode description = json.nullNode();

    private String key = "";

    private @Nullable Operator operator;

    @BeforeEach
    void read() throws IOException {
        this.description = json.readTree(Files.readString(Path.of("src/main/resources/static/openapi.json")));
        this.key = this.api.newKey();
    }

    @Test
    void keys() {
        post("/api/keys/generate", Map.of());
        get("/api/keys", Map.of());
        post("/api/keys/rotate", Map.of());
    }

    @Test
    void access() {
        Map<String, String> id = Map.of("key_id", post("/api/organization/keys", Map.of()).text("id"));
        get("/api/organization/keys", Map.of());
        get("/api/organization/keys/{key_id}", id);
        call("PATCH", "/api/organization/keys/{key_id}", id);
        call("DELETE", "/api/organization/keys/{key_id}", id);
        String token = post("/api/portal/sessions", Map.of()).text("token");
        Reply exchanged = this.api.post("/api/portal/sessions/exchange", null, "{\"token\":\"" + token + "\"}");
        assertThat(exchanged.status()).isEqualTo(200);
        assertDescribed(exchanged.json(), reference("SessionKey"), "exchange");
        call("DELETE", "/api/portal/sessions", Map.of());
        get("/api/service", Map.of());
        get("/api/usage", Map.of());
        get("/api/audit", Map.of());
    }

    @Test
    void playground() {
        Map<String, String> token = Map.of("token", post("/api/playground", Map.of()).text("token"));
        this.api.post("/play/" + token.get("token"), null, "{}");
        get("/api/playground", Map.of());
        call("PUT", "/api/playground/{token}/answer", token);
        get("/api/playground/{token}/requests", token);
        call("DELETE", "/api/playground/{token}", token);
    }

    @Test
    void events() {
        try (Receiver receiver = new Receiver()) {
            this.api.post("/api/webhook/config", this.key, "{\"url\":\"" + receiver.url() + "\"}");
            String id = post("/api/events", Map.of()).text("id");
            post("/api/events/batch", Map.of());
            get("/api/inbox", Map.of());
            get("/api/events/{event_id}", Map.of("event_id", id));
            post("/api/inbox/lease", Map.of());
            get("/api/inbox/leases", Map.of());
            post("/api/inbox/release", Map.of());
            post("/api/events/{event_id}/redeliver", Map.of("event_id", id));
            post("/api/ack/{event_id}", Map.of("event_id", id));
            post("/api/inbox/ack/{event_id}", Map.of("event_id", id));
            post("/api/ack", Map.of());
        }
    }

    @Test
    void log() {
        this.api.postEvent(this.key, "user.created", "{}");
        String cursor = get("/api/events", Map.of()).text("next_cursor");
        Map<String, String> name = Map.of("name", "billing");
        assertThat(this.api.put("/api/consumers/billing", this.key, "{\"cursor\":\"" + cursor + "\"}").status())
            .isEqualTo(200);
        get("/api/consumers", Map.of());
        get("/api/event-types", Map.of());
        get("/api/consumers/{name}", name);
        call("DELETE", "/api/consumers/{name}", name);
    }

    @Test
    void stream() {
        JsonNode content = this.description.at("/paths/~1api~1stream/get/responses/200/content/application~1x-ndjson");
        JsonNode example = content.path("example");
        assertDescribed(example, content.path("schema"), "line of a stream");
        assertDescribed(example.path("data"), reference("StreamedEvent"), "example of an event");
        Map<String, String> schemas = Map.of("event.accepted", "StreamedEvent", "event.acknowledged",
                "StreamedAcknowledgement", "attempt.finished", "StreamedAttempt", "delivery.dead",
                "StreamedDeadDelivery", "endpoint.changed", "StreamedEndpoint");
        try (Receiver receiver = new Receiver();
                StreamClient stream = StreamClient.open(this.api, this.key, "", "Accept", "application/x-ndjson")) {
            receiver.answer(410);
            this.api.post("/api/webhook/config", this.key, "{\"url\":\"" + receiver.url() + "\"}");
            String id = this.api.postEvent(this.key, "user.created", "{}");
            stream.await("delivery.dead");
            this.api.post("/api/ack/" + id, this.key, "");
            schemas.keySet().forEach(stream::await);
            stream.lines().forEach((line) -> assertDescribed(json.readTree(line), content.path("schema"), line));
            stream.messages()
                .forEach((message) -> assertDescribed(message.data(), reference(schemas.get(message.kind())),
                        message.kind()));
        }
    }

    @Test
    void webhooks() {
        post("/api/webhook/config", Map.of());
        get("/api/webhook/config", Map.of());
        Map<String, String> id = Map.of("endpoint_id", post("/api/webhooks", Map.of()).text("id"));
        get("/api/webhooks", Map.of());
        get("/api/webhooks/{endpoint_id}", id);
        call("PATCH", "/api/webhooks/{endpoint_id}", id);
        get("/api/webhooks/{endpoint_id}/secret", id);
        post("/api/webhooks/{endpoint_id}/secret/rotate", id);
        get("/api/webhooks/{endpoint_id}/attempts", id);
        get("/api/webhooks/{endpoint_id}/statistics", id);
        get("/api/statistics", Map.of());
        post("/api/webhooks/{endpoint_id}/recover", id);
        get("/api/webhooks/{endpoint_id}/recover", id);
        call("DELETE", "/api/webhooks/{endpoint_id}", id);
    }

    @Test
    void replays() {
        Map<String, String> id = Map.of("replay_id", post("/api/replays", Map.of()).text("id"));
        get("/api/replays", Map.of());
        get("/api/replays/{replay_id}", id);
        call("DELETE", "/api/replays/{replay_id}", id);
    }

    @Test
    void operator() {
        Map<String, String> settings = Map.of("ADMIN_TOKEN", "token", "PUBLIC_URL", "https://events.example.com",
                "PORTAL_RETURN_ORIGINS", "https://app.example.com");
        try (Instance instance = Instance.start(PostgresServer.newDatabase(), settings)) {
            this.operator = new Operator(instance.api(), "token");
            String organization = post("/api/admin/organizations", Map.of()).text("id");
            Map<String, String> id = Map.of("organization_id", organization);
            get("/api/admin/organizations", Map.of());
            get("/api/admin/organizations/{organization_id}", id);
            post("/api/admin/organizations/{organization_id}/keys", id);
            post("/api/admin/organizations/{organization_id}/portal-sessions", id);
            call("PATCH", "/api/admin/organizations/{organization_id}", id);
            for (String path : List.of("stats", "usage", "audit", "secrets")) {
                get("/api/admin/" + path, Map.of());
            }
            moves(instance, organization);
            // The example's organization
            String erase = "{'organization_id':'" + organization + "','confirm_name':'Acme'}";
            Reply begun = this.operator.post("/erasures", erase);
            assertThat(begun.status()).isEqualTo(202);
            assertDescribed(begun.json(), reference("Erasure"), "erasure");
            get("/api/admin/erasures", Map.of());
            get("/api/admin/erasures/{erasure_id}", Map.of("erasure_id", begun.text("id")));
        }
    }

    /** There is no other cell that one would go to. */
    private void moves(Instance instance, String organization) {
        String id = UUID.randomUUID().toString();
        instance.bean(JdbcClient.class)
            .sql("insert into moves (id, organization_id, target) values (cast(? as uuid), cast(? as uuid), '08')")
            .params(id, organization)
            .update();
        get("/api/admin/moves", Map.of());
        get("/api/admin/moves/{move_id}", Map.of("move_id", id));
        call("POST", "/api/admin/moves/{move_id}/cancel", Map.of("move_id", id));
        assertDescribed(
                this.description.at("/paths/~1api~1admin~1moves/post/responses/202/content/application~1json/example"),
                reference("Move"), "move");
    }

    @Test
    void operations() {
        get("/health", Map.of());
        get("/health/live", Map.of());
        get("/health/ready", Map.of());
        get("/metrics", Map.of());
    }

    @Test
    void problems() {
        for (Reply reply : new Reply[] { this.api.get("/api/inbox", null), this.api.get("/api/inbox?limit=x", this.key),
                this.api.get("/nowhere", null), this.api.post("/api/events", this.key, "{\"type\":1}") }) {
            assertDescribed(reply.json(), reference("Problem"), "problem");
        }
    }

    private Reply get(String path, Map<String, String> variables) {
        return call("GET", path, variables);
    }

    private Reply post(String path, Map<String, String> variables) {
        return call("POST", path, variables);
    }

    private Reply call(String method, String path, Map<String, String> variables) {
        String name = method + " " + path;
        Operations.Details details = Operations.ALL.get(name);
        assertThat(details).as(name).isNotNull();
        JsonNode operation = this.description.path("paths").path(path).path(method.toLowerCase(java.util.Locale.ROOT));
        JsonNode request = operation.at("/requestBody/content/application~1json/example");
        String concrete = path;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            concrete = concrete.replace("{" + variable.getKey() + "}", variable.getValue());
        }
        Reply reply = send(method, concrete, request.isMissingNode() ? "" : request.toString());
        assertThat(reply.status()).as("%s: %s", name, reply).isEqualTo(details.success());
        JsonNode content = operation.path("responses")
            .path(Integer.toString(details.success()))
            .path("content")
            .path("application/json");
        if (!content.isMissingNode()) {
            assertDescribed(reply.json(), content.path("schema"), name);
            if (content.has("example")) {
                assertDescribed(content.path("example"), content.path("schema"), "example of " + name);
            }
        }
        return reply;
    }

    private Reply send(String method, String path, String body) {
        if (path.startsWith("/api/admin/") && this.operator != null) {
            String below = path.substring("/api/admin".length());
            return switch (method) {
                case "GET" -> this.operator.get(below);
                case "PATCH" -> this.operator.patch(below, body);
                default -> this.operator.post(below, body);
            };
        }
        return switch (method) {
            case "GET" -> this.api.get(path, this.key);
            case "DELETE" -> this.api.delete(path, this.key);
            case "PATCH" -> this.api.patch(path, this.key, body);
            case "PUT" -> this.api.put(path, this.key, body);
            default -> this.api.post(path, this.key, body);
        };
    }

    /** Every member is described, and every required one is there. */
    private void assertDescribed(JsonNode value, JsonNode described, String where) {
        JsonNode schema = described.has("$ref")
                ? reference(described.path("$ref").stringValue().replace("#/components/schemas/", "")) : described;
        if (value.isArray()) {
            value.forEach((item) -> assertDescribed(item, schema.path("items"), where + "[]"));
        }
        if (!value.isObject() || !schema.has("properties")) {
            return;
        }
        assertThat(schema.path("properties").propertyNames()).as(where).containsAll(value.propertyNames());
        schema.path("required")
            .forEach((name) -> assertThat(value.has(name.stringValue())).as("%s: %s", where, name).isTrue());
        value.forEachEntry(
                (name, member) -> assertDescribed(member, schema.path("properties").path(name), where + "." + name));
    }

    private JsonNode reference(String name) {
        return this.description.at("/components/schemas/" + name);
    }

}
