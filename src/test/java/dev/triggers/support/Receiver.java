package dev.triggers.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real receiver of webhooks on a free port: keeps every request in the order of
 * arrival, and answers as it is told to (at first 200).
 */
public final class Receiver implements AutoCloseable {

    private final HttpServer server;

    private final List<Request> requests = new CopyOnWriteArrayList<>();

    private volatile Answer answer = (request, exchange) -> respond(exchange, 200, "ok");

    public Receiver() {
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        this.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        this.server.createContext("/", this::handle);
        this.server.start();
    }

    public String url() {
        return url("/hook");
    }

    public String url(String path) {
        return "http://localhost:" + this.server.getAddress().getPort() + path;
    }

    /**
     * Answers every request from now on with this status.
     */
    public Receiver answer(int status) {
        return answer((request, exchange) -> respond(exchange, status, "status " + status));
    }

    public Receiver answer(Answer answer) {
        this.answer = answer;
        return this;
    }

    public List<Request> requests() {
        return List.copyOf(this.requests);
    }

    /**
     * The requests that carried the given event.
     */
    public List<Request> requests(String eventId) {
        return this.requests.stream().filter((request) -> eventId.equals(request.header("webhook-id"))).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request = new Request(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(), exchange.getRequestBody().readAllBytes(), System.nanoTime());
            this.requests.add(request);
            this.answer.to(request, exchange);
        }
    }

    public static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, (bytes.length > 0) ? bytes.length : -1);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        this.server.stop(0);
    }

    /**
     * How to answer a request.
     */
    @FunctionalInterface
    public interface Answer {

        void to(Request request, HttpExchange exchange) throws IOException;

    }

    /**
     * A request as it arrived.
     *
     * @param method its method
     * @param path its path and query
     * @param headers its headers
     * @param bytes its body
     * @param nanoTime when it had arrived, by the monotonic clock
     */
    public record Request(String method, String path, Headers headers, byte[] bytes, long nanoTime) {

        private static final JsonMapper json = new JsonMapper();

        public String body() {
            return new String(this.bytes, StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return json.readTree(this.bytes);
        }

        /** The header's first value, empty if there is none. */
        public String header(String name) {
            String value = this.headers.getFirst(name);
            return (value != null) ? value : "";
        }

    }

}
