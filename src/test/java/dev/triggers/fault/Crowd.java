package dev.triggers.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * Connections to an instance by those who want nothing good: they say nothing, say it a
 * byte at a time, close their half in the middle of it, do not read what they asked for,
 * or come and go.
 */
final class Crowd implements AutoCloseable {

    private static final String HEAD = "POST /api/events HTTP/1.1\r\nHost: localhost\r\nX-API-Key: none\r\n"
            + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n";

    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private final int port;

    Crowd(int port) {
        this.port = port;
    }

    /** Connects and says nothing. */
    void idle(int connections) {
        for (int i = 0; i < connections; i++) {
            connect();
        }
    }

    /** Posts what never ends. */
    void slow(int connections) {
        for (int i = 0; i < connections; i++) {
            Socket socket = say(HEAD);
            this.threads.submit(() -> {
                while (!socket.isClosed()) {
                    socket.getOutputStream().write('x');
                    Thread.sleep(200);
                }
                return true;
            });
        }
    }

    /** Says half, and that this was all. */
    void half(int connections) {
        for (int i = 0; i < connections; i++) {
            try {
                say(HEAD + "{").shutdownOutput();
            }
            catch (IOException ex) {
                // was not wanted
            }
        }
    }

    /** Asks again and again, and reads nothing. */
    void deaf(int connections) {
        for (int i = 0; i < connections; i++) {
            Socket socket = connect();
            this.threads.submit(() -> {
                byte[] request = "GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);
                while (!socket.isClosed()) {
                    socket.getOutputStream().write(request);
                }
                return true;
            });
        }
    }

    /** Connects and goes away, with a reset every other time. */
    void comeAndGo(int attempts) {
        List<Integer> each = IntStream.range(0, attempts).boxed().toList();
        each.parallelStream().forEach((attempt) -> {
            try (Socket socket = new Socket()) {
                socket.setSoLinger(attempt % 2 == 0, 0);
                socket.connect(address(), 2_000);
            }
            catch (IOException ex) {
                // was not wanted
            }
        });
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port);
    }

    private Socket connect() {
        Socket socket = new Socket();
        this.sockets.add(socket);
        try {
            socket.connect(address(), 2_000);
        }
        catch (IOException ex) {
            // was not wanted
        }
        return socket;
    }

    private Socket say(String text) {
        Socket socket = connect();
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        }
        catch (IOException ex) {
            // was not wanted
        }
        return socket;
    }

    @Override
    public void close() {
        this.threads.shutdownNow();
        for (Socket socket : this.sockets) {
            try {
                socket.close();
            }
            catch (IOException ex) {
                // nothing is lost
            }
        }
    }

}
