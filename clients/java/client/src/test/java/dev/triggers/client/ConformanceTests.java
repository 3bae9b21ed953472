package dev.triggers.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The behaviour that all libraries share. */
class ConformanceTests {

    private static final Map<String, Class<?>> CLASSES = classes();

    private static Map<String, Class<?>> classes() {
        Map<String, Class<?>> classes = new HashMap<>(Map.of("ConnectionFailed", ConnectionFailedException.class, "AnswerTooLarge",
                AnswerTooLargeException.class, "MalformedAnswer", MalformedAnswerException.class, "BatchInterrupted", BatchInterruptedException.class,
                "ApiError", ApiException.class));
        for (Class<?> inner : ApiException.class.getDeclaredClasses()) {
            classes.put(inner.getSimpleName(), inner);
        }
        return classes;
    }

    private static Stream<DynamicTest> each(String file, Consumer<Map<String, Object>> test) {
        return Vectors.vectors(file).stream().map((vector) -> DynamicTest.dynamicTest((String) vector.get("name"), () -> test.accept(vector)));
    }

    private static Event event(Map<String, Object> with) {
        Event event = new Event((String) with.get("type"), with.get("payload"), (String) with.get("dedup_id"), !Boolean.FALSE.equals(with.get("dedup")), null);
        return with.containsKey("deliver_at") ? event.withDeliverAt(Instant.parse((String) with.get("deliver_at"))) : event;
    }

    private static List<Event> events(Map<String, Object> with) {
        Vectors.known(with, "events", "events_repeat", "payload_sizes");
        List<Event> events = new ArrayList<>(Vectors.objects(with.get("events")).stream().map(ConformanceTests::event).toList());
        if (with.containsKey("events_repeat")) {
            Map<String, Object> repeat = Vectors.object(with.get("events_repeat"));
            events.addAll(Collections.nCopies(((Number) repeat.get("times")).intValue(), event(Vectors.object(repeat.get("event")))));
        }
        if (with.get("payload_sizes") instanceof List<?> sizes) {
            sizes.forEach((size) -> events.add(Event.of("t", "a".repeat(((Number) size).intValue()))));
        }
        return events;
    }

    private static List<String> path(Map<String, Object> with) {
        return Vectors.object(with.get("path")).values().stream().map(String::valueOf).toList();
    }

    private static Object call(Triggers triggers, String name, Map<String, Object> with) {
        if (name.equals("send")) {
            Vectors.known(with, "type", "payload", "dedup_id", "dedup", "deliver_at");
            Sent sent = triggers.send(event(with));
            Map<String, Object> result = new HashMap<>();
            result.put("id", sent.id());
            result.put("dedup_id", sent.dedupId());
            result.put("repeated", sent.repeated());
            return result;
        }
        if (name.equals("sendBatch")) {
            BatchSent sent = triggers.sendBatch(events(with));
            List<Object> results = new ArrayList<>();
            for (BatchItem item : sent.results()) {
                Map<String, Object> result = new HashMap<>();
                result.put("index", item.index());
                result.put("status", item.status().name().toLowerCase(Locale.ROOT));
                result.put("id", item.id());
                result.put("error", item.error());
                result.put("repeated", item.repeated());
                results.add(result);
            }
            return Map.of("accepted", sent.accepted(), "duplicates", sent.duplicates(), "rejected", sent.rejected(), "results", results);
        }
        Vectors.known(with, "path", "query", "body");
        if (name.equals("metrics")) {
            return triggers.metrics();
        }
        return triggers.operation(name, path(with), Vectors.object(with.get("query")), with.get("body"));
    }

    private static void check(Map<String, Object> expected, Throwable failure, int requests) {
        Vectors.known(expected, "class", "kind", "cause", "status", "code", "detail", "id", "dedup_id", "request_id", "retry_after", "detail_length",
                "errors", "cursor", "statuses", "remaining");
        Class<?> type = CLASSES.get(expected.get("class"));
        assertNotNull(type);
        assertEquals(type, failure.getClass());
        if (failure instanceof BatchInterruptedException interrupted) {
            assertInstanceOf(CLASSES.get(expected.get("cause")), interrupted.getCause());
            assertEquals(expected.get("statuses"), interrupted.results().stream().map((item) -> item.status().name().toLowerCase(Locale.ROOT)).toList());
            assertEquals(((Number) expected.get("remaining")).intValue(), interrupted.remaining().size());
            return;
        }
        if (requests > 0) {
            assertEquals(requests, ((TriggersException) failure).requests());
        }
        if (failure instanceof ConnectionFailedException broken) {
            assertEquals(expected.get("kind"), broken.kind().name().toLowerCase(Locale.ROOT));
        }
        if (failure instanceof ApiException refused) {
            Map<String, Object> found = new HashMap<>();
            found.put("class", expected.get("class"));
            found.put("status", refused.status());
            found.put("code", refused.code());
            found.put("detail", refused.detail());
            found.put("detail_length", refused.detail().length());
            found.put("request_id", refused.requestId());
            found.put("retry_after", refused.retryAfter().map(Duration::toSeconds).orElse(null));
            found.put("errors", refused.errors().stream().map((error) -> Map.of("field", error.field(), "message", error.message())).toList());
            if (refused instanceof ApiException.DuplicateEvent duplicate) {
                found.put("id", duplicate.id());
                found.put("dedup_id", duplicate.dedupId());
            }
            found.put("cursor", (refused instanceof ApiException.CursorExpired expired) ? expired.cursor()
                    : (refused instanceof ApiException.CursorReset reset) ? reset.cursor() : null);
            Vectors.holds(expected, found);
        }
    }

    @Test
    void everyFileIsRead() throws IOException {
        try (Stream<Path> files = Files.list(Vectors.FOLDER)) {
            assertEquals(List.of("bounds.json", "operations.json", "pages.json", "problems.json", "redirects.json", "requests.json", "retries.json",
                    "service.json", "signatures.json"), files.map((file) -> file.getFileName().toString()).filter((name) -> name.endsWith(".json")).sorted().toList());
        }
    }

    @Test
    void everyOperationHasAVerdictAndAMethod() {
        Map<String, Object> description = Vectors.file(Path.of("..", "..", "..", "src", "main", "resources", "static", "openapi.json"));
        Map<String, Object> verdicts = new HashMap<>();
        Vectors.vectors("operations.json").forEach((row) -> verdicts.put((String) row.get("name"), row.get("repeat")));
        Set<String> methods = new HashSet<>();
        Arrays.stream(Triggers.class.getMethods()).forEach((method) -> methods.add(method.getName()));
        Set<String> found = new HashSet<>();
        Vectors.object(description.get("paths")).values().forEach((item) -> Vectors.object(item).values().forEach((operation) -> {
            if (operation instanceof Map<?, ?> members && members.get("operationId") instanceof String name) {
                found.add(name);
                assertEquals(verdicts.get(name), OperationTable.ROWS.get(name).repeat(), name);
                assertTrue(methods.contains(name) || name.equals("openStream"), name);
            }
        }));
        assertEquals(OperationTable.ROWS.keySet(), found);
        List<String> codes = Vectors.texts(Vectors.object(Vectors.object(Vectors.object(Vectors.object(Vectors.object(
                Vectors.object(description.get("components")).get("schemas")).get("Problem")).get("properties")).get("code"))).get("enum"));
        assertTrue(Vectors.object(Vectors.file(Vectors.FOLDER.resolve("problems.json")).get("codes")).keySet().containsAll(codes));
    }

    @Test
    void everyProblemIsOfItsClass() {
        Map<String, Object> problems = Vectors.file(Vectors.FOLDER.resolve("problems.json"));
        Vectors.object(problems.get("codes")).forEach((code, type) -> assertEquals(CLASSES.get(type), ApiException
            .of(new Answer(418, Map.of(), ("{\"code\":\"" + code + "\"}").getBytes(StandardCharsets.UTF_8)), Instant.EPOCH).getClass(), code));
        Map<String, Integer> further = Map.of("4xx", 499, "5xx", 599, "other", 302);
        Vectors.object(problems.get("statuses")).forEach((status, type) -> assertEquals(CLASSES.get(type), ApiException
            .of(new Answer(further.containsKey(status) ? further.get(status) : Integer.parseInt(status), Map.of(), new byte[0]), Instant.EPOCH).getClass(), status));
    }

    @Test
    void generatedFilesDoNotDrift() throws Exception {
        Process process = new ProcessBuilder("python3", "../../generate", "--check").redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
    }

    @TestFactory
    Stream<DynamicTest> requests() {
        return each("requests.json", (vector) -> {
            Vectors.known(vector, "name", "call", "with", "answer", "options", "absent_headers", "expect");
            Map<String, Object> answer = Vectors.object(vector.get("answer"));
            Script script = new Script(List.of(answer), null, null);
            Object result = call(script.client(Vectors.object(vector.get("options"))), (String) vector.get("call"), Vectors.object(vector.get("with")));
            Map<String, Object> expect = Vectors.object(vector.get("expect"));
            Vectors.known(expect, "request", "result");
            Map<String, Object> expected = Vectors.object(expect.get("request"));
            Vectors.known(expected, "method", "path", "query", "headers", "body");
            Transport.Request request = script.requests.get(0);
            String[] target = request.target().split("\\?", 2);
            assertEquals(expected.get("method"), request.method());
            assertEquals(expected.get("path"), target[0]);
            assertEquals(Vectors.object(expected.get("query")), query(request.target()));
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            headers.putAll(request.headers());
            Vectors.object(expected.get("headers")).forEach((name, value) -> {
                assertNotNull(headers.get(name), name);
                if (value.equals("{agent}")) {
                    assertEquals("triggers-api-java/" + Version.VERSION + " (Java " + Runtime.version().feature() + ")", headers.get(name));
                }
                else if (!value.equals("{any}")) {
                    assertEquals(value.toString().replace("{key}", Script.KEY), headers.get(name));
                }
            });
            if (vector.containsKey("absent_headers")) {
                Vectors.texts(vector.get("absent_headers")).forEach((name) -> assertNull(headers.get(name)));
            }
            if (expected.containsKey("body")) {
                matches(expected.get("body"), Json.read(request.body()), new HashSet<>());
            }
            else {
                assertNull(request.body());
            }
            Vectors.holds(expect.get("result") != null ? expect.get("result") : Map.of(), (result instanceof Map<?, ?>) ? result : Map.of());
            if (answer.get("text") instanceof String text) {
                assertEquals(text, result);
            }
        });
    }

    private static Map<String, Object> query(String target) {
        Map<String, Object> query = new HashMap<>();
        if (target.contains("?")) {
            for (String pair : target.substring(target.indexOf('?') + 1).split("&")) {
                String[] parts = pair.split("=", 2);
                query.put(URLDecoder.decode(parts[0], StandardCharsets.UTF_8), URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    private static void matches(Object expected, Object found, Set<String> made) {
        if (expected instanceof Map<?, ?> members) {
            assertEquals(members.keySet(), Vectors.object(found).keySet());
            members.forEach((name, value) -> matches(value, Vectors.object(found).get(name), made));
        }
        else if (expected instanceof List<?> values) {
            assertEquals(values.size(), ((List<?>) found).size());
            for (int place = 0; place < values.size(); place++) {
                matches(values.get(place), ((List<?>) found).get(place), made);
            }
        }
        else if ("{made}".equals(expected)) {
            assertTrue(found instanceof String id && !id.isEmpty() && id.length() <= 255 && made.add(id));
        }
        else {
            assertEquals(expected, found);
        }
    }

    @TestFactory
    Stream<DynamicTest> retries() {
        return each("retries.json", (vector) -> {
            Vectors.known(vector, "name", "call", "with", "exchanges", "expect", "random", "options", "now", "expect_attempt_times");
            @SuppressWarnings("unchecked")
            List<Object> random = (List<Object>) vector.get("random");
            Script script = new Script(Vectors.objects(vector.get("exchanges")), random, (String) vector.get("now"));
            Map<String, Object> expect = Vectors.object(vector.get("expect"));
            Vectors.known(expect, "requests", "waits", "same_body", "result", "error");
            Object result = null;
            RuntimeException failure = null;
            try {
                result = call(script.client(Vectors.object(vector.get("options"))), (String) vector.get("call"), Vectors.object(vector.get("with")));
            }
            catch (TriggersException ex) {
                failure = ex;
            }
            int requests = ((Number) expect.get("requests")).intValue();
            assertEquals(requests, script.requests.size());
            assertTrue(script.exchanges.isEmpty());
            if (expect.get("waits") instanceof List<?> waits) {
                assertEquals(waits.size(), script.waits.size(), () -> script.waits.toString());
                for (int place = 0; place < waits.size(); place++) {
                    double found = script.waits.get(place);
                    if (waits.get(place) instanceof List<?> pair) {
                        assertTrue(found >= ((Number) pair.get(0)).doubleValue() && found <= ((Number) pair.get(1)).doubleValue());
                    }
                    else {
                        assertEquals(((Number) waits.get(place)).doubleValue(), found, 0.001);
                    }
                }
            }
            if (vector.get("expect_attempt_times") instanceof List<?> times) {
                for (int place = 0; place < times.size(); place++) {
                    assertEquals(((Number) times.get(place)).doubleValue(), script.timeouts.get(place), 0.001);
                }
            }
            if (Boolean.TRUE.equals(expect.get("same_body"))) {
                script.requests.forEach((request) -> assertEquals(new String(script.requests.get(0).body(), StandardCharsets.UTF_8),
                        new String(request.body(), StandardCharsets.UTF_8)));
            }
            if (expect.containsKey("error")) {
                assertNotNull(failure);
                check(Vectors.object(expect.get("error")), failure, requests);
            }
            else {
                assertNull(failure, () -> "failed");
                Vectors.holds(expect.get("result"), result);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> problems() {
        return each("problems.json", (vector) -> {
            Vectors.known(vector, "name", "answer", "expect");
            Triggers triggers = new Script(List.of(Vectors.object(vector.get("answer"))), null, null).client(Map.of("total_time", new JsonNumber("0.1")));
            check(Vectors.object(vector.get("expect")), assertThrows(TriggersException.class, triggers::getKey), 1);
        });
    }

    @TestFactory
    Stream<DynamicTest> pages() {
        return each("pages.json", (vector) -> {
            Vectors.known(vector, "name", "with", "take", "pages", "expect");
            List<Map<String, Object>> pages = Vectors.objects(vector.get("pages"));
            Script script = new Script(pages.stream().map((page) -> Vectors.object(page.get("answer"))).toList(), null, null);
            Map<String, Object> with = Vectors.object(vector.get("with"));
            Vectors.known(with, "operation", "query", "path");
            Map<String, Object> expect = Vectors.object(vector.get("expect"));
            Vectors.known(expect, "items", "requests", "error");
            List<Object> items = new ArrayList<>();
            RuntimeException failure = null;
            try {
                for (Map<String, Object> item : script.client(Map.of())
                    .each((String) with.get("operation"), path(with), Vectors.object(with.get("query")))) {
                    items.add(item.get("id"));
                    if (vector.get("take") instanceof Number take && take.intValue() == items.size()) {
                        break;
                    }
                }
            }
            catch (TriggersException ex) {
                failure = ex;
            }
            assertEquals(expect.get("items"), items);
            assertEquals(((Number) expect.get("requests")).intValue(), script.requests.size());
            for (int place = 0; place < script.requests.size(); place++) {
                assertEquals(Vectors.object(pages.get(place).get("query")), query(script.requests.get(place).target()));
            }
            if (expect.containsKey("error")) {
                check(Vectors.object(expect.get("error")), failure, 0);
            }
            else {
                assertNull(failure);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> bounds() {
        return each("bounds.json", (vector) -> {
            Vectors.known(vector, "name", "call", "with", "answer", "options", "expect");
            Map<String, Object> expect = Vectors.object(vector.get("expect"));
            Vectors.known(expect, "batches", "statuses", "accepted", "rejected", "body_at_most", "length", "error");
            Map<String, Object> options = Vectors.object(vector.get("options"));
            if (!vector.get("call").equals("sendBatch")) {
                Triggers triggers = new Script(List.of(Vectors.object(vector.get("answer"))), null, null).client(options);
                if (expect.containsKey("error")) {
                    check(Vectors.object(expect.get("error")),
                            assertThrows(TriggersException.class, () -> call(triggers, (String) vector.get("call"), Map.of())), 1);
                }
                else {
                    assertEquals(((Number) expect.get("length")).intValue(), ((String) call(triggers, (String) vector.get("call"), Map.of())).length());
                }
                return;
            }
            Script script = new Script(Collections.nCopies(10, Map.of("status", 200, "accept", true)), null, null);
            BatchSent sent = script.client(options).sendBatch(events(Vectors.object(vector.get("with"))));
            List<Object> counts = new ArrayList<>();
            for (Transport.Request request : script.requests) {
                counts.add((long) ((List<?>) Vectors.object(Json.read(request.body())).get("events")).size());
                if (expect.get("body_at_most") instanceof Number most) {
                    assertTrue(request.body().length <= most.intValue());
                }
            }
            assertEquals(expect.get("batches"), counts);
            Vectors.holds(expect.containsKey("accepted") ? expect.get("accepted") : 0, sent.accepted());
            Vectors.holds(expect.containsKey("rejected") ? expect.get("rejected") : 0, sent.rejected());
            if (expect.containsKey("statuses")) {
                assertEquals(expect.get("statuses"), sent.results().stream().map((item) -> item.status().name().toLowerCase(Locale.ROOT)).toList());
            }
            for (int index = 0; index < sent.results().size(); index++) {
                assertEquals(index, sent.results().get(index).index());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> signatures() {
        return each("signatures.json", (vector) -> {
            Vectors.known(vector, "name", "keys", "headers", "body", "body_base64", "now", "tolerance", "expect");
            byte[] body = vector.containsKey("body_base64") ? Base64.getDecoder().decode((String) vector.get("body_base64"))
                    : ((String) vector.get("body")).getBytes(StandardCharsets.UTF_8);
            Map<String, List<String>> headers = new HashMap<>();
            Vectors.object(vector.get("headers")).forEach((name, value) -> headers.put(name, (value instanceof List<?>) ? Vectors.texts(value) : List.of((String) value)));
            Map<String, Object> expect = Vectors.object(vector.get("expect"));
            Vectors.known(expect, "part", "event");
            if ("key".equals(expect.get("part"))) {
                assertEquals("key", assertThrows(WebhookException.class, () -> Webhook.of(Vectors.texts(vector.get("keys")))).part());
                return;
            }
            Webhook webhook = Webhook.of(Vectors.texts(vector.get("keys")))
                .withClock(Clock.fixed(Instant.ofEpochSecond(((Number) vector.get("now")).longValue()), ZoneOffset.UTC));
            Webhook tolerant = (vector.get("tolerance") instanceof Number seconds) ? webhook.withTolerance(Duration.ofSeconds(seconds.longValue())) : webhook;
            if (expect.containsKey("part")) {
                assertEquals(expect.get("part"), assertThrows(WebhookException.class, () -> tolerant.verify(headers, body)).part());
            }
            else {
                Webhook.Delivery delivery = tolerant.verify(headers, body);
                Vectors.holds(expect.get("event"), Map.of("id", delivery.id(), "type", delivery.type()));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> redirects() {
        Map<String, Object> file = Vectors.file(Vectors.FOLDER.resolve("redirects.json"));
        assertEquals(Set.copyOf(Vectors.texts(file.get("shared_suffixes"))), Redirect.SHARED_SUFFIXES);
        assertEquals(Set.copyOf(Vectors.texts(file.get("second_levels"))), Redirect.SECOND_LEVELS);
        return each("redirects.json", (vector) -> {
            Vectors.known(vector, "name", "base_url", "hosts", "location", "where", "then", "expect");
            Map<String, Object> problem = new HashMap<>(Map.of("status", 421, "code", "misdirected"));
            Map<String, Object> first = new HashMap<>(Map.of("status", 421));
            if (vector.get("location") instanceof String location) {
                if ("header".equals(vector.get("where"))) {
                    first.put("headers", Map.of("Location", location));
                }
                else {
                    problem.put("location", location);
                }
            }
            first.put("body", problem);
            boolean again = vector.containsKey("then");
            Script script = new Script(List.of(first, again ? first : Map.of("status", 200, "body", Map.of("tier", "pro"))), null, null);
            Map<String, Object> options = new HashMap<>(Map.of("base_url", vector.get("base_url")));
            if (vector.containsKey("hosts")) {
                options.put("hosts", vector.get("hosts"));
            }
            Object to = Vectors.object(vector.get("expect")).get("to");
            Triggers triggers = script.client(options);
            if (to == null || again) {
                assertThrows(ApiException.Misdirected.class, triggers::getKey);
            }
            else {
                triggers.getKey();
            }
            assertEquals((to != null) ? 2 : 1, script.requests.size());
            if (to != null) {
                assertEquals(to, script.requests.get(1).origin());
                assertEquals("/api/keys", script.requests.get(1).target());
            }
        });
    }

    @Test
    void nothingShowsTheKey() {
        assertFalse(new Triggers("http://127.0.0.1:1", Script.KEY).toString().contains(Script.KEY));
        for (String bad : List.of("ftp://127.0.0.1", "http://", "http://u@h", "http://h?q")) {
            assertThrows(IllegalArgumentException.class, () -> new Triggers(bad, "k"), bad);
        }
        assertThrows(IllegalArgumentException.class, () -> new Triggers("http://127.0.0.1:1", "a\r\nX: y"));
    }

    @Test
    void jsonIsExact() {
        String text = "{\"a\":1.0,\"b\":1e99999999999,\"c\":123456789012345678901234567890,\"d\":\"\\u0000ä\",\"e\":[-0,true,null,{}]}";
        assertEquals(text.replace("ä", "ä"), Json.write(Json.read(text)));
        String deep = "[".repeat(512) + "]".repeat(512);
        assertEquals(deep, Json.write(Json.read(deep)));
        for (String bad : List.of("", "{", "[1,]", "01", "1.", "\"\u0001\"", "nul", "1 2", "[".repeat(513) + "]".repeat(513), "[".repeat(1_000_000))) {
            assertThrows(IllegalArgumentException.class, () -> Json.read(bad), bad);
        }
    }

}
