package dev.triggers.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import dev.triggers.key.Scope;
import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Reply;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every operation of the description, called with every scope alone, by another
 * organization, and by keys that are held to types and to endpoints: it behaves as it is
 * described.
 */
@IntegrationTest
@TestInstance(Lifecycle.PER_CLASS)
class ScopeMatrixTests {

    private static final JsonMapper json = new JsonMapper();

    private static final HttpClient http = HttpClient.newHttpClient();

    private static final Set<String> EVENTS_AND_TYPES = Set.of("/api/inbox", "/api/events", "/api/event-types");

    @Autowired
    private Api api;

    private final List<Described> operations = new ArrayList<>();

    private final Map<String, String> own = new LinkedHashMap<>();

    private String key = "";

    @BeforeAll
    void prepare() throws IOException {
        JsonNode description = json.readTree(Files.readString(Path.of("src/main/resources/static/openapi.json")));
        description.path("paths").forEachEntry((path, methods) -> methods.forEachEntry((method, operation) -> {
            if (path.startsWith("/api/") && !path.startsWith("/api/admin/")) {
                this.operations.add(new Described(method.toUpperCase(Locale.ROOT), path, operation));
            }
        }));
        this.key = this.api.newKey();
        this.own.put("{event_id}", this.api.postEvent(this.key, "secret.plan", "1"));
        this.own.put("{endpoint_id}",
                this.api.post("/api/webhooks", this.key, "{\"url\":\"http://127.0.0.1:9/hook\"}").text("id"));
        this.own.put("{key_id}", makeKey("{\"name\":\"target\"}").text("id"));
    }

    private Reply makeKey(String body) {
        Reply made = Api.patiently(() -> this.api.post("/api/organization/keys", this.key, body));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made;
    }

    @Test
    void aKeyMayDoWhatItsScopeSaysAndNothingElse() throws Exception {
        Map<String, String> wrong = new LinkedHashMap<>();
        for (Scope scope : Scope.values()) {
            String single = makeKey("{\"name\":\"single\",\"scopes\":[\"" + scope + "\"]}").text("api_key");
            for (Described operation : this.operations) {
                if (operation.isKeyless()) {
                    continue;
                }
                TreeSet<String> missing = new TreeSet<>(operation.scopes());
                missing.remove(scope.toString());
                Answer answer = call(operation, single, operation.withUnknownIds(), operation.harmlessBody(scope));
                boolean right = missing.isEmpty() ? answer.status != 403 && answer.status != 401
                        : answer.isInsufficient() && missing.equals(answer.missing());
                if (!right) {
                    wrong.put(operation + " with " + scope, answer.toString());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void withoutAKeyNothingIsReachedThatTakesOne() throws Exception {
        Map<String, String> wrong = new LinkedHashMap<>();
        for (Described operation : this.operations) {
            Answer answer = call(operation, null, operation.withUnknownIds(), "nonsense");
            boolean right = operation
                .isKeyless() == (answer.status != 401 || operation.path.equals("/api/portal/sessions/exchange"));
            if (!right) {
                wrong.put(operation.toString(), answer.toString());
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void anothersThingsAreNotThere() throws Exception {
        String foreign = this.api.newKey();
        Map<String, String> wrong = new LinkedHashMap<>();
        for (Described operation : this.operations) {
            String path = operation.with(this.own);
            if (operation.path.contains("_id}")) {
                Answer answer = call(operation, foreign, path, operation.example());
                if (answer.status != 404) {
                    wrong.put(operation.toString(), answer.toString());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void aKeyThatIsHeldToOthersSeesNothing() throws Exception {
        String unrelated = this.api.post("/api/webhooks", this.key, "{\"url\":\"http://127.0.0.1:9/other\"}")
            .text("id");
        String types = makeKey("{\"name\":\"held\",\"types\":[\"user.*\"]}").text("api_key");
        String endpoints = makeKey("{\"name\":\"held\",\"endpoint_ids\":[\"" + unrelated + "\"]}").text("api_key");
        Map<String, String> wrong = new LinkedHashMap<>();
        for (Described operation : this.operations) {
            if (operation.isKeyless() || operation.path.equals("/api/keys")
                    || operation.path.equals("/api/keys/rotate")) {
                continue;
            }
            boolean event = operation.path.contains("{event_id}");
            boolean endpoint = operation.path.contains("{endpoint_id}");
            for (String held : List.of(types, endpoints)) {
                Answer answer = call(operation, held, operation.with(this.own), operation.example());
                boolean right;
                if (!operation.isForRestricted()) {
                    right = answer.isInsufficient();
                }
                else if (endpoint || (event && held.equals(types))) {
                    right = answer.status == 404;
                }
                else {
                    right = answer.status != 401 && !answer.body.contains("secret.plan")
                            && !answer.body.contains(String.valueOf(this.own.get("{endpoint_id}")))
                            // Held to endpoints alone, a key sees events of all types
                            || (event || EVENTS_AND_TYPES.contains(operation.path)) && held.equals(endpoints);
                }
                if (!right) {
                    wrong.put(operation + (held.equals(types) ? " held to types" : " held to endpoints"),
                            answer.toString());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** A stream of events does not end by itself: only the beginning is read. */
    private Answer call(Described operation, @Nullable String with, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = this.api.request(path, with).header("Content-Type", "application/json");
        HttpResponse<InputStream> response = http.send(request
            .method(operation.method,
                    operation.method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build(), BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            boolean stream = response.headers().firstValue("Content-Type").orElse("").contains("event-stream");
            return new Answer(response.statusCode(),
                    stream ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /**
     * An answer.
     *
     * @param status its status
     * @param body its body
     */
    private record Answer(int status, String body) {

        boolean isInsufficient() {
            return this.status == 403 && this.body.contains("\"code\":\"insufficient_scope\"");
        }

        TreeSet<String> missing() {
            TreeSet<String> missing = new TreeSet<>();
            json.readTree(this.body).path("missing").forEach((name) -> missing.add(name.stringValue()));
            return missing;
        }

    }

    /**
     * An operation as it is described.
     *
     * @param method its method
     * @param path its path
     * @param description all that is said of it
     */
    private record Described(String method, String path, JsonNode description) {

        /** Nothing is asked for, or the operator's token alone. */
        boolean isKeyless() {
            return this.description.has("security")
                    && this.description.path("security").valueStream().noneMatch((way) -> way.has("ApiKey"));
        }

        List<String> scopes() {
            // Which it takes depends on the body; these are those of what the matrix
            // sends
            if (toString().equals("POST /api/replays")) {
                return List.of("webhooks:write");
            }
            List<String> scopes = new ArrayList<>();
            this.description.path("security")
                .path(0)
                .path("ApiKey")
                .forEach((scope) -> scopes.add(scope.stringValue()));
            return scopes;
        }

        boolean isForRestricted() {
            return this.description.path("x-restricted-keys").booleanValue(false);
        }

        /** What passes the check of scopes changes nothing that other calls need. */
        String harmlessBody(Scope scope) {
            return switch (this.path) {
                case "/api/keys/rotate" -> "{\"grace_period_seconds\":3600}";
                case "/api/portal/sessions" -> "{\"scopes\":[\"" + scope + "\"]}";
                default -> "{}";
            };
        }

        String example() {
            JsonNode example = this.description.at("/requestBody/content/application~1json/example");
            return example.isMissingNode() ? "{}" : example.toString();
        }

        String withUnknownIds() {
            return this.path.replaceAll("\\{[a-z_]*id\\}", UUID.randomUUID().toString())
                .replaceAll("\\{[a-z_]+\\}", "1");
        }

        /** The path of what is there; what is not among it is made up. */
        String with(Map<String, String> values) {
            String concrete = this.path;
            for (Map.Entry<String, String> value : values.entrySet()) {
                concrete = concrete.replace(value.getKey(), value.getValue());
            }
            return concrete.equals(this.path) && !this.path.contains("{") ? this.path
                    : concrete.replaceAll("\\{[a-z_]*id\\}", UUID.randomUUID().toString())
                        .replaceAll("\\{[a-z_]+\\}", "1");
        }

        @Override
        public String toString() {
            return this.method + " " + this.path;
        }

    }

}
