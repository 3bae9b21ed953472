package dev.triggers.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of the stream, which reads server-sent events as browsers do, or lines.
 */
public final class StreamClient implements AutoCloseable {

    private static final JsonMapper json = new JsonMapper();

    private static final HttpClient http = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(30))
        .build();

    private final List<Message> messages = new CopyOnWriteArrayList<>();

    private final List<String> lines = new CopyOnWriteArrayList<>();

    private final HttpResponse<InputStream> response;

    private volatile @Nullable String lastId;

    private volatile @Nullable IOException failure;

    private volatile boolean ended;

    private StreamClient(HttpResponse<InputStream> response) {
        this.response = response;
        Thread.ofVirtual().start(this::read);
    }

    /**
     * Opens a stream of server-sent events.
     * @param query its parameters, with the question mark
     * @param headers names and values
     */
    public static StreamClient open(Api api, String key, String query, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(api.uri("/api/stream" + query)).header("X-API-Key", key);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw new AssertionError(response.statusCode() + " "
                        + new String(response.body().readAllBytes(), StandardCharsets.UTF_8));
            }
            return new StreamClient(response);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    public String header(String name) {
        return this.response.headers().firstValue(name).orElse("");
    }

    private void read() {
        boolean events = header("Content-Type").startsWith("text/event-stream");
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(this.response.body(), StandardCharsets.UTF_8))) {
            Block block = new Block();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                this.lines.add(line);
                if (!events) {
                    JsonNode object = json.readTree(line);
                    add(object.path("kind").stringValue(), object.path("cursor").stringValue(null), object.path("data"),
                            line);
                }
                else if (!line.isEmpty()) {
                    block.add(line);
                }
                else {
                    this.lastId = (block.id != null) ? block.id : this.lastId;
                    if (!block.data.isEmpty()) {
                        add(String.valueOf(block.kind), block.id, json.readTree(block.data.toString()),
                                block.data.toString());
                    }
                    block = new Block();
                }
            }
        }
        catch (IOException ex) {
            this.failure = ex;
        }
        this.ended = true;
    }

    private void add(String kind, @Nullable String cursor, JsonNode data, String text) {
        this.lastId = (cursor != null) ? cursor : this.lastId;
        if (!kind.equals("stream.heartbeat")) {
            this.messages.add(new Message(kind, cursor, data, text));
        }
    }

    public List<Message> messages() {
        return List.copyOf(this.messages);
    }

    public List<Message> messages(String kind) {
        return this.messages.stream().filter((message) -> message.kind.equals(kind)).toList();
    }

    /** The ids of the accepted events, in the order in which they came. */
    public List<String> accepted() {
        return messages("event.accepted").stream().map((message) -> message.data.path("id").stringValue()).toList();
    }

    public List<String> lines() {
        return List.copyOf(this.lines);
    }

    /** Where to go on, as a browser would. */
    public String lastId() {
        return String.valueOf(this.lastId);
    }

    /** Waits for a message. */
    public Message await(Predicate<Message> wanted) {
        return Awaitility.await()
            .pollInterval(Duration.ofMillis(5))
            .until(() -> this.messages.stream().filter(wanted).findFirst().orElse(null), (found) -> found != null);
    }

    public Message await(String kind) {
        return await((message) -> message.kind.equals(kind));
    }

    public void awaitAccepted(int count) {
        Awaitility.await().pollInterval(Duration.ofMillis(10)).until(() -> messages("event.accepted").size() >= count);
    }

    /** Waits until the service has ended it. */
    public void awaitEnd() {
        Awaitility.await().pollInterval(Duration.ofMillis(10)).until(() -> this.ended);
    }

    /** Whether it was cut off, rather than ended. */
    public boolean isBroken() {
        return this.failure != null;
    }

    public boolean isOpen() {
        return !this.ended;
    }

    @Override
    public void close() {
        try {
            this.response.body().close();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * What the stream told.
     *
     * @param kind of what
     * @param cursor where to go on behind it
     * @param data what it was
     * @param text the same as it came
     */
    public record Message(String kind, @Nullable String cursor, JsonNode data, String text) {

        public String text(String member) {
            return this.data.path(member).stringValue();
        }

    }

    private static final class Block {

        private final StringBuilder data = new StringBuilder();

        private @Nullable String kind;

        private @Nullable String id;

        private void add(String line) {
            int colon = line.indexOf(':');
            String field = (colon < 0) ? line : line.substring(0, colon);
            String value = (colon < 0) ? "" : line.substring(colon + 1);
            value = value.startsWith(" ") ? value.substring(1) : value;
            switch (field) {
                case "id" -> this.id = value;
                case "event" -> this.kind = value;
                case "data" -> this.data.append(this.data.isEmpty() ? "" : "\n").append(value);
                default -> {
                }
            }
        }

    }

}
