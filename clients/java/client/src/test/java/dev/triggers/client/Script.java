package dev.triggers.client;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Answers each request with the next exchange; also the clock. */
final class Script implements Transport, Pacing {

    static final String KEY = "zap_test_" + "0".repeat(64);

    final List<Request> requests = new ArrayList<>();

    final List<Double> waits = new ArrayList<>();

    final List<Double> timeouts = new ArrayList<>();

    final Deque<Map<String, Object>> exchanges;

    private final Deque<Object> random;

    private Instant now;

    Script(List<Map<String, Object>> exchanges, List<Object> random, String now) {
        this.exchanges = new ArrayDeque<>(exchanges);
        this.random = (random != null) ? new ArrayDeque<>(random) : null;
        this.now = (now != null) ? Instant.parse(now) : Instant.ofEpochSecond(1_767_225_600);
    }

    Triggers client(Map<String, Object> given) {
        Options options = Options.defaults();
        String base = "https://api.example.com";
        for (Map.Entry<String, Object> option : given.entrySet()) {
            Object value = option.getValue();
            switch (option.getKey()) {
                case "base_url" -> base = (String) value;
                case "total_time" -> options = options.withTotalTime(Duration.ofMillis((long) (((Number) value).doubleValue() * 1_000)));
                case "max_answer_bytes" -> options = options.withMaxAnswerBytes(((Number) value).intValue());
                case "max_batch_events" -> options = options.withBatches(((Number) value).intValue(), options.maxBatchBytes());
                case "max_batch_bytes" -> options = options.withBatches(options.maxBatchEvents(), ((Number) value).intValue());
                case "admin_token" -> options = options.withAdminToken((String) value);
                case "hosts" -> options = options.withHosts(Set.copyOf(Vectors.texts(value)));
                default -> throw new AssertionError("an option that this test does not know: " + option.getKey());
            }
        }
        return new Triggers(base, KEY, options, this, this);
    }

    @Override
    public Instant now() {
        return this.now;
    }

    @Override
    public double random() {
        return (this.random != null) ? ((Number) this.random.remove()).doubleValue() : 0.5;
    }

    @Override
    public CompletableFuture<Void> sleep(Duration pause) {
        this.waits.add(pause.toNanos() / 1e9);
        this.now = this.now.plus(pause);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Answer> send(Request request, Duration timeout, int most) {
        assertFalse(this.exchanges.isEmpty(), () -> "a request too many: " + request.target());
        Map<String, Object> next = this.exchanges.remove();
        Vectors.known(next, "status", "headers", "body", "text", "body_repeat", "chunked", "failure", "accept");
        this.requests.add(request);
        this.timeouts.add(timeout.toNanos() / 1e9);
        if (next.get("failure") instanceof String failure) {
            if (failure.equals("timeout")) {
                this.now = this.now.plus(timeout);
            }
            return CompletableFuture
                .failedFuture(new ConnectionFailedException(ConnectionFailedException.Kind.valueOf(failure.toUpperCase(Locale.ROOT)), null));
        }
        Map<String, List<String>> headers = new HashMap<>();
        Vectors.object(next.get("headers")).forEach((name, value) -> headers.put(name, List.of((String) value)));
        int status = ((Number) next.get("status")).intValue();
        byte[] body = body(next, request);
        if (body.length > most) {
            if (status / 100 == 2) {
                return CompletableFuture.failedFuture(new AnswerTooLargeException(most));
            }
            body = Arrays.copyOf(body, most);
        }
        return CompletableFuture.completedFuture(new Answer(status, headers, body));
    }

    private static byte[] body(Map<String, Object> exchange, Request request) {
        String text = "";
        if (exchange.containsKey("accept")) {
            List<Object> results = new ArrayList<>();
            int count = ((List<?>) Vectors.object(Json.read(request.body())).get("events")).size();
            for (int index = 0; index < count; index++) {
                results.add(Map.of("index", index, "status", "accepted", "id", String.valueOf(index)));
            }
            text = Json.write(Map.of("results", results));
        }
        else if (exchange.containsKey("body")) {
            text = Json.write(exchange.get("body"));
        }
        else if (exchange.containsKey("body_repeat")) {
            Map<String, Object> repeat = Vectors.object(exchange.get("body_repeat"));
            text = ((String) repeat.get("text")).repeat(((Number) repeat.get("times")).intValue());
        }
        else if (exchange.containsKey("text")) {
            text = (String) exchange.get("text");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

}
