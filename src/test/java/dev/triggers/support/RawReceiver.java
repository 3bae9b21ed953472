package dev.triggers.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A receiver that reads requests and then does to their connection whatever it likes.
 */
public final class RawReceiver implements AutoCloseable {

    private final ServerSocket server;

    private final AtomicInteger requests = new AtomicInteger();

    public RawReceiver(Conversation conversation) {
        this(open(), conversation);
    }

    public RawReceiver(ServerSocket server, Conversation conversation) {
        this.server = server;
        Thread.ofVirtual().start(() -> accept(conversation));
    }

    /** Answers every request with these bytes, each a character, and then closes. */
    public static RawReceiver saying(String answer) {
        return new RawReceiver((socket) -> say(socket, answer));
    }

    /** Waits for the end of a test, but for less than the timeout of an attempt. */
    public static void hold(CountDownLatch end) {
        try {
            end.await(8, TimeUnit.SECONDS);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    public static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    public String url() {
        return "http://localhost:" + port() + "/hook";
    }

    public int port() {
        return this.server.getLocalPort();
    }

    public int requests() {
        return this.requests.get();
    }

    private static ServerSocket open() {
        try {
            return new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private void accept(Conversation conversation) {
        while (!this.server.isClosed()) {
            try {
                Socket socket = this.server.accept();
                Thread.ofVirtual().start(() -> serve(socket, conversation));
            }
            catch (IOException ex) {
                // closed
                return;
            }
        }
    }

    private void serve(Socket socket, Conversation conversation) {
        try (socket) {
            read(socket.getInputStream(), conversation);
            this.requests.incrementAndGet();
            conversation.hold(socket);
        }
        catch (IOException ex) {
            // The service had enough of it
        }
    }

    public static void readRequest(InputStream in) throws IOException {
        read(in, Conversation.SILENCE);
    }

    private static void read(InputStream in, Conversation conversation) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed in the head");
            }
            head.append((char) next);
        }
        byte[] body = {};
        for (String line : head.toString().split("\r\n", -1)) {
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                body = in.readNBytes(Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()));
            }
        }
        conversation.arrived(head.toString(), body);
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
     * What happens on a connection after its request has arrived.
     */
    @FunctionalInterface
    public interface Conversation {

        /** Says nothing until the other side closes. */
        Conversation SILENCE = (socket) -> socket.getInputStream().read();

        void hold(Socket socket) throws IOException;

        /** Told of the request before. */
        default void arrived(String head, byte[] body) {
        }

    }

}
