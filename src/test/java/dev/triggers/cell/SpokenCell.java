package dev.triggers.cell;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A cell that says what a test makes it say. To what cells ask each other it says
 * nothing.
 */
final class SpokenCell implements AutoCloseable {

    private final ServerSocket server;

    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

    SpokenCell() {
        try {
            this.server = new ServerSocket(0, 100, InetAddress.getByName("localhost"));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return this.server.getLocalPort();
    }

    /** A key of its own, as it would make it. */
    static String key() {
        return "zap_live_09" + "a".repeat(62);
    }

    /** The next request, of which only the head has been read. */
    Request next() {
        try {
            Request next = this.requests.poll(20, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("Nothing was forwarded");
            }
            return next;
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    private void accept() {
        while (!this.server.isClosed()) {
            try {
                Socket socket = this.server.accept();
                Thread.ofVirtual().start(() -> read(socket));
            }
            catch (IOException ex) {
                // closed
                return;
            }
        }
    }

    private void read(Socket socket) {
        try {
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    socket.close();
                    return;
                }
                head.append((char) next);
            }
            Request request = new Request(head.toString(), socket);
            if (head.indexOf("POST " + CellMessages.PREFIX) == 0) {
                request.say("HTTP/1.1 503 Away\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                socket.close();
                return;
            }
            this.requests.add(request);
        }
        catch (IOException ex) {
            // The service had enough of it
        }
    }

    @Override
    public void close() {
        try {
            this.server.close();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * A request that arrived.
     *
     * @param head its head
     * @param socket its connection
     */
    record Request(String head, Socket socket) {

        /** The value of a header; empty if there is none. */
        String header(String name) {
            return this.head.lines()
                .filter((line) -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map((line) -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
        }

        void say(String text) {
            try {
                this.socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
                this.socket.getOutputStream().flush();
            }
            catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }

        byte[] readBody(int length) {
            try {
                return this.socket.getInputStream().readNBytes(length);
            }
            catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }

        void hangUp() {
            try {
                this.socket.close();
            }
            catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }

    }

}
