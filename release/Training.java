import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.sun.net.httpserver.HttpServer;

/**
 * Sends a service what it meets in a day, so that its JVM has loaded all that it needs for it. Anything that answers
 * unexpectedly fails the training, and with it the build of the image. Usage: java Training.java http://host:port
 */
final class Training {

    private static final int EVENTS = 3000;

    private static final String PAYLOAD = "{\"id\":1,\"name\":\"Ada Lovelace\",\"note\":\"" + "x".repeat(440) + "\"}";

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final AtomicInteger received = new AtomicInteger();

    private final String url;

    private String key = "";

    private Training(String url) {
        this.url = url;
    }

    public static void main(String[] args) throws Exception {
        new Training(args[0]).run();
        System.exit(0);
    }

    private void run() throws Exception {
        awaitReady();
        HttpServer receiver = receiver();
        String hook = "http://127.0.0.1:" + receiver.getAddress().getPort();

        keys();
        String waiting = id(expect(201, "POST", "/api/events", event("user.created", "first")));
        expect(200, "GET", "/api/inbox", null);
        expect(200, "POST", "/api/webhook/config", "{\"webhook_url\":\"" + hook + "/hook\"}");
        endpoints(hook);
        ingest();
        await("deliveries", () -> this.received.get() >= EVENTS);
        expect(200, "GET", "/api/events/" + waiting, null);
        stream();
        inbox(waiting);
        refusals(waiting);
        operations();
        System.out.println("Trained with " + EVENTS + " events, " + this.received.get() + " deliveries");
    }

    private void awaitReady() throws Exception {
        await("readiness", () -> {
            try {
                return send("GET", "/health/ready", null).statusCode() == 200;
            }
            catch (IOException ex) {
                return false;
            }
        });
    }

    private HttpServer receiver() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/hook", (exchange) -> {
            exchange.getRequestBody().readAllBytes();
            // Some fail, so that retrying is trained as well.
            int status = (this.received.incrementAndGet() % 50 == 0) ? 500 : 200;
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private void keys() throws Exception {
        this.key = text("api_key",
                expect(201, "POST", "/api/keys/generate", "{\"organization_name\":\"Training\",\"tier\":\"enterprise\"}"));
        expect(200, "GET", "/api/keys", null);
        this.key = text("api_key", expect(200, "POST", "/api/keys/rotate", "{}"));
    }

    private void endpoints(String hook) throws Exception {
        expect(200, "GET", "/api/webhook/config", null);
        String id = id(expect(201, "POST", "/api/webhooks",
                "{\"url\":\"" + hook + "/hook\",\"event_types\":[\"order.*\"],\"description\":\"Orders\"}"));
        expect(200, "GET", "/api/webhooks", null);
        expect(200, "GET", "/api/webhooks/" + id, null);
        expect(200, "PATCH", "/api/webhooks/" + id, "{\"description\":\"All orders\"}");
        expect(200, "POST", "/api/webhooks/" + id + "/secret/rotate", "{}");
        send("POST", "/api/webhooks/" + id + "/test", "{}");
        // A receiver that does not speak TLS, but most of what speaks it to one is loaded then.
        String secure = id(expect(201, "POST", "/api/webhooks",
                "{\"url\":\"" + hook.replace("http:", "https:") + "/hook\",\"event_types\":[\"none\"]}"));
        send("POST", "/api/webhooks/" + secure + "/test", "{}");
    }

    private void ingest() throws Exception {
        try (var clients = Executors.newFixedThreadPool(32)) {
            for (int i = 0; i < EVENTS; i++) {
                String body = event((i % 10 == 0) ? "order.created" : "user.created", (i % 3 == 0) ? "d-" + i : null);
                clients.submit(() -> expect(201, "POST", "/api/events", body));
            }
        }
        for (int batch = 0; batch < 10; batch++) {
            expect(200, "POST", "/api/events/batch", IntStream.range(0, 100)
                .mapToObj((i) -> event("user.updated", null))
                .collect(Collectors.joining(",", "{\"events\":[", "]}")));
        }
    }

    private void inbox(String event) throws Exception {
        for (String query : new String[] { "", "?status=all&limit=1000", "?status=delivered&type=user.*", "?status=failed",
                "?status=pending&order=asc", "?wait=1&status=dead_letter", "?status=all&offset=10" }) {
            String page = expect(200, "GET", "/api/inbox" + query, null);
            Matcher cursor = Pattern.compile("\"next_cursor\":\"([^\"]+)\"").matcher(page);
            if (cursor.find()) {
                expect(200, "GET", "/api/inbox?status=all&cursor=" + cursor.group(1), null);
            }
        }
        expect(202, "POST", "/api/events/" + event + "/redeliver", "{}");
        expect(200, "POST", "/api/ack/" + event, "");
        expect(200, "POST", "/api/ack", "{\"event_ids\":[\"" + event + "\"]}");
    }

    private void stream() throws Exception {
        for (String accept : new String[] { "text/event-stream", "application/x-ndjson" }) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(this.url + "/api/stream"))
                .header("X-API-Key", this.key)
                .header("Accept", accept)
                .build();
            try (BufferedReader lines = new BufferedReader(
                    new InputStreamReader(this.http.send(request, BodyHandlers.ofInputStream()).body()))) {
                String event = id(expect(201, "POST", "/api/events", event("user.created", null)));
                read(lines, "event.accepted");
                expect(200, "POST", "/api/ack/" + event, "");
                read(lines, "event.acknowledged");
            }
        }
    }

    private static void read(BufferedReader lines, String kind) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.contains(kind)) {
            line = lines.readLine();
        }
    }

    private void refusals(String event) throws Exception {
        expect(409, "POST", "/api/events", event("user.created", "first"));
        expect(400, "POST", "/api/events", "{\"type\":\"\"");
        expect(400, "POST", "/api/events", "{\"type\":\"user.created\"}");
        expect(413, "POST", "/api/events", "{\"type\":\"big\",\"payload\":\"" + "x".repeat(300_000) + "\"}");
        expect(404, "GET", "/api/events/00000000-0000-7000-8000-000000000000", null);
        expect(404, "GET", "/nowhere", null);
        expect(405, "DELETE", "/api/inbox", null);
        expect(422, "POST", "/api/webhook/config", "{\"webhook_url\":\"ftp://example.com\"}");
        String known = this.key;
        this.key = known.substring(0, known.length() - 1) + ((known.endsWith("0")) ? "1" : "0");
        expect(401, "GET", "/api/inbox", null);
        this.key = known;
    }

    private void operations() throws Exception {
        for (String path : new String[] { "/health", "/health/live", "/health/ready", "/metrics", "/openapi.json", "/docs" }) {
            expect(200, "GET", path, null);
        }
    }

    private static String event(String type, String dedupId) {
        return "{\"type\":\"" + type + "\",\"payload\":" + PAYLOAD
                + ((dedupId != null) ? ",\"dedup_id\":\"" + dedupId + "\"}" : "}");
    }

    private String expect(int status, String method, String path, String body) throws Exception {
        HttpResponse<String> response = send(method, path, body);
        if (response.statusCode() != status) {
            String problem = method + " " + path + ": " + response.statusCode() + " instead of " + status + ": "
                    + response.body();
            System.err.println(problem);
            System.exit(1);
        }
        return response.body();
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.url + path)).timeout(Duration.ofSeconds(30));
        request.method(method, (body != null) ? BodyPublishers.ofString(body) : BodyPublishers.noBody());
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (!this.key.isEmpty()) {
            request.header("X-API-Key", this.key);
        }
        return this.http.send(request.build(), BodyHandlers.ofString());
    }

    private static String id(String answer) {
        return text("id", answer);
    }

    private static String text(String name, String answer) {
        Matcher member = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(answer);
        if (!member.find()) {
            throw new IllegalStateException("No " + name + " in " + answer);
        }
        return member.group(1);
    }

    private static void await(String what, Condition condition) throws Exception {
        for (int i = 0; i < 600; i++) {
            if (condition.holds()) {
                return;
            }
            Thread.sleep(100);
        }
        System.err.println("Waited in vain for " + what);
        System.exit(1);
    }

    @FunctionalInterface
    private interface Condition {

        boolean holds() throws Exception;

    }

}
