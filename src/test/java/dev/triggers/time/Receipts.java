package dev.triggers.time;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.net.httpserver.HttpServer;

/**
 * A receiver that only counts: one path takes everything, the other while it is well.
 */
final class Receipts implements AutoCloseable {

    private final AtomicLong steady = new AtomicLong();

    private final AtomicLong moody = new AtomicLong();

    private final AtomicBoolean well = new AtomicBoolean(true);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private final HttpServer server;

    Receipts() {
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        this.server.setExecutor(this.threads);
        this.server.createContext("/", (exchange) -> {
            boolean steadily = exchange.getRequestURI().getPath().equals("/steady");
            boolean takes = steadily || this.well.get();
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(takes ? 204 : 500, -1);
            exchange.close();
            if (takes) {
                (steadily ? this.steady : this.moody).incrementAndGet();
            }
        });
        this.server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + this.server.getAddress().getPort() + path;
    }

    void well(boolean well) {
        this.well.set(well);
    }

    long steady() {
        return this.steady.get();
    }

    long moody() {
        return this.moody.get();
    }

    @Override
    public void close() {
        this.server.stop(0);
        this.threads.close();
    }

}
