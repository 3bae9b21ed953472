package dev.triggers.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.triggers.client.model.Fields;
import dev.triggers.client.model.ListInboxQuery;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operation, against the real service: the steps of service.json, blocking and with futures. */
class OperationsTests {

    private static final List<Map<String, Object>> STEPS = Vectors.vectors("service.json");

    /** Of a service that has an operator. */
    private static final String ADMIN_URL = System.getenv("TRIGGERS_TEST_ADMIN_URL");

    private final Map<String, String> kept = new HashMap<>(Map.of("name", "java " + UUID.randomUUID()));

    @Test
    void everyOperationHasAStep() {
        Set<Object> called = new HashSet<>();
        STEPS.forEach((step) -> called.add(step.get("call")));
        Vectors.vectors("operations.json").forEach((row) -> assertTrue(called.contains(row.get("name")), () -> (String) row.get("name")));
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    @EnabledIfEnvironmentVariable(named = "TRIGGERS_URL", matches = "http.+")
    void everyOperation(boolean later) throws Exception {
        this.kept.put("service", System.getenv("TRIGGERS_URL"));
        if (ADMIN_URL != null) {
            this.kept.put("admin_token", System.getenv("TRIGGERS_TEST_ADMIN_TOKEN"));
        }
        for (Map<String, Object> step : STEPS) {
            Vectors.known(step, "name", "call", "with", "key", "admin_token", "until", "expect", "keep");
            if (ADMIN_URL == null && step.containsKey("admin_token")) {
                continue;
            }
            long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            for (AssertionError failure = tried(step, later); failure != null; failure = tried(step, later)) {
                if (!step.containsKey("until") || System.nanoTime() > end) {
                    throw new AssertionError(step.get("name") + ": " + failure.getMessage(), failure);
                }
                Thread.sleep(20);
            }
        }
    }

    private AssertionError tried(Map<String, Object> step, boolean later) throws Exception {
        try {
            check(step, later);
            return null;
        }
        catch (AssertionError ex) {
            return ex;
        }
    }

    private void check(Map<String, Object> step, boolean later) throws Exception {
        Map<String, Object> expect = Vectors.object(filled(step.get("expect")));
        Object found;
        try {
            found = call(client(step), (String) step.get("call"), Vectors.object(filled(step.get("with"))), later);
        }
        catch (TriggersException ex) {
            Map<String, Object> error = new HashMap<>(Vectors.object(expect.get("error")));
            assertEquals(error.remove("class"), ex.getClass().getSimpleName(), ex::toString);
            error.forEach((name, value) -> holds(value, member(ex, name)));
            return;
        }
        assertNull(expect.get("error"));
        if (expect.containsKey("result")) {
            holds(expect.get("result"), found);
        }
        for (Map.Entry<String, Object> one : Vectors.object(step.get("keep")).entrySet()) {
            Object value = found;
            for (String part : ((String) one.getValue()).split("\\.")) {
                value = (value instanceof List<?> list) ? list.get(Integer.parseInt(part)) : member(value, part);
            }
            this.kept.put(one.getKey(), value.toString());
        }
    }

    private Triggers client(Map<String, Object> step) {
        String key = (String) filled(step.getOrDefault("key", "{key}"));
        Options options = Options.defaults().withTotalTime(Duration.ofMinutes(1));
        if (filled(step.get("admin_token")) instanceof String token) {
            return new Triggers(ADMIN_URL, key, options.withAdminToken(token.isEmpty() ? null : token));
        }
        return new Triggers(this.kept.get("service"), key, options);
    }

    /** By its method, with arguments of its types. */
    private static Object call(Triggers triggers, String name, Map<String, Object> with, boolean later) throws Exception {
        Map<String, Object> query = Vectors.object(with.get("query"));
        switch (name) {
            case "send" -> {
                int depth = ((Number) with.get("payload_depth")).intValue();
                Object payload = Json.read("[".repeat(depth) + "]".repeat(depth));
                return triggers.send((String) with.get("type"), payload);
            }
            case "openStream" -> {
                try (EventStream stream = triggers
                    .stream(StreamOptions.defaults().withKinds((String) query.get("kinds")).withCursor((String) query.get("cursor")))) {
                    return stream.next();
                }
            }
            case "each" -> {
                List<Object> items = new ArrayList<>();
                triggers.eachInbox(ListInboxQuery.of().order("asc").limit(1)).forEach(items::add);
                return items;
            }
            default -> {
                return operation(later ? triggers.async() : triggers, name, with);
            }
        }
    }

    private static Object operation(Object triggers, String name, Map<String, Object> with) throws Exception {
        Method method = Arrays.stream(triggers.getClass().getMethods())
            .filter((one) -> one.getName().equals(name))
            .max(Comparator.comparingInt(Method::getParameterCount))
            .orElseThrow();
        List<Object> path = new ArrayList<>(Vectors.object(with.get("path")).values());
        List<Object> arguments = new ArrayList<>();
        for (Class<?> type : method.getParameterTypes()) {
            boolean query = type.getSimpleName().endsWith("Query");
            arguments.add((type == String.class) ? path.remove(0) : fields(type, with.get(query ? "query" : "body")));
        }
        try {
            Object found = method.invoke(triggers, arguments.toArray());
            return (found instanceof CompletableFuture<?> future) ? future.get() : found;
        }
        catch (InvocationTargetException | ExecutionException ex) {
            Throwable cause = HttpTransport.unwrapped(ex.getCause());
            throw (cause instanceof TriggersException failure) ? failure : ex;
        }
    }

    private static Object fields(Class<?> type, Object members) throws Exception {
        assertTrue(Fields.class.isAssignableFrom(type), type::getName);
        Constructor<?> constructor = type.getDeclaredConstructor(Map.class);
        constructor.setAccessible(true);
        return (members != null) ? constructor.newInstance(members) : null;
    }

    private Object filled(Object value) {
        if (value instanceof Map<?, ?> members) {
            Map<String, Object> filled = new java.util.LinkedHashMap<>();
            members.forEach((name, one) -> filled.put((String) name, filled(one)));
            return filled;
        }
        if (value instanceof List<?> values) {
            List<Object> filled = new ArrayList<>();
            values.forEach((one) -> filled.add(filled(one)));
            return filled;
        }
        if (!(value instanceof String text)) {
            return value;
        }
        String filled = text;
        for (Map.Entry<String, String> one : this.kept.entrySet()) {
            filled = filled.replace("{" + one.getKey() + "}", one.getValue());
        }
        return filled;
    }

    private static void holds(Object expected, Object found) {
        if ("{any}".equals(expected)) {
            assertTrue(found != null && !found.equals(""));
        }
        else if (expected instanceof Map<?, ?> members) {
            assertNotNull(found);
            members.forEach((name, value) -> holds(value, member(found, (String) name)));
        }
        else if (expected instanceof List<?> values) {
            assertEquals(values.size(), ((List<?>) found).size(), found::toString);
            for (int place = 0; place < values.size(); place++) {
                holds(values.get(place), ((List<?>) found).get(place));
            }
        }
        else {
            assertEquals(String.valueOf(expected), String.valueOf(found));
        }
    }

    private static Object member(Object found, String name) {
        if (found instanceof Map<?, ?> members) {
            return members.get(name);
        }
        StringBuilder camel = new StringBuilder();
        for (String part : name.split("_")) {
            camel.append(camel.isEmpty() ? part : Character.toUpperCase(part.charAt(0)) + part.substring(1));
        }
        try {
            RecordComponent[] components = found.getClass().getRecordComponents();
            if (components != null && Arrays.stream(components).noneMatch((one) -> one.getName().equals(camel.toString()))) {
                throw new AssertionError(name + " is no member of " + found.getClass());
            }
            return found.getClass().getMethod(camel.toString()).invoke(found);
        }
        catch (ReflectiveOperationException ex) {
            throw new AssertionError(name, ex);
        }
    }

}
