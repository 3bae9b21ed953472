package dev.triggers.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * A client of the service that sends exactly what it is told to.
 */
@TestComponent
public class Api {

    private static final HttpClient http = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(Redirect.NEVER)
        .connectTimeout(Duration.ofSeconds(30))
        .build();

    private final IntSupplier port;

    @Autowired
    public Api(WebServerApplicationContext context) {
        this(() -> {
            var server = context.getWebServer();
            if (server == null) {
                throw new IllegalStateException("no web server");
            }
            return server.getPort();
        });
    }

    private Api(IntSupplier port) {
        this.port = port;
    }

    /**
     * A client of a service that runs somewhere else on this machine.
     */
    public static Api at(int port) {
        return new Api(() -> port);
    }

    public URI uri(String path) {
        return URI.create("http://localhost:" + this.port.getAsInt() + path);
    }

    /**
     * Asks again, as clients do, while the service says that it is busy: a machine that
     * stands still for seconds makes it.
     */
    public static Reply patiently(Supplier<Reply> request) {
        Reply reply = request.get();
        for (int retries = 5; reply.status() == 503 && retries > 0; retries--) {
            reply = request.get();
        }
        return reply;
    }

    /**
     * Generates a key of an organization of its own, on a tier without limits that a test
     * would meet.
     */
    public String newKey() {
        return newKey("Test organization", "enterprise");
    }

    public String newKey(String organization, String tier) {
        String body = "{\"organization_name\":\"" + organization + "\",\"tier\":\"" + tier + "\"}";
        Reply reply = patiently(() -> post("/api/keys/generate", null, body));
        if (reply.status() != 201) {
            throw new IllegalStateException(reply.toString());
        }
        return reply.text("api_key");
    }

    public Reply get(String path, @Nullable String key) {
        return send(request(path, key).GET());
    }

    public Reply delete(String path, @Nullable String key) {
        return send(request(path, key).DELETE());
    }

    public Reply post(String path, @Nullable String key, String body) {
        return send("POST", path, key, BodyPublishers.ofString(body));
    }

    public Reply patch(String path, @Nullable String key, String body) {
        return send("PATCH", path, key, BodyPublishers.ofString(body));
    }

    public Reply put(String path, @Nullable String key, String body) {
        return send("PUT", path, key, BodyPublishers.ofString(body));
    }

    public Reply post(String path, @Nullable String key, byte[] body) {
        return send("POST", path, key, BodyPublishers.ofByteArray(body));
    }

    /**
     * Posts an event and returns its id.
     */
    public String postEvent(String key, String type, String payload) {
        String body = "{\"type\":\"" + type + "\",\"payload\":" + payload + "}";
        Reply reply = patiently(() -> post("/api/events", key, body));
        if (reply.status() != 201) {
            throw new IllegalStateException(reply.toString());
        }
        return reply.text("id");
    }

    private Reply send(String method, String path, @Nullable String key, BodyPublisher body) {
        return send(request(path, key).method(method, body).header("Content-Type", "application/json"));
    }

    public HttpRequest.Builder request(String path, @Nullable String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(60));
        return (key != null) ? request.header("X-API-Key", key) : request;
    }

    public Reply send(HttpRequest.Builder request) {
        try {
            return new Reply(http.send(request.build(), BodyHandlers.ofByteArray()));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

}
