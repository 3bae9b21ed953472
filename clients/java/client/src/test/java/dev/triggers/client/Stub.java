package dev.triggers.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers each request with the next list of pieces: texts, milliseconds to wait, {@link #END} to close. */
final class Stub implements AutoCloseable {

    static final Object END = new Object();

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    final List<String> requests = new CopyOnWriteArrayList<>();

    final AtomicInteger connections = new AtomicInteger();

    private final BlockingQueue<List<Object>> answers = new LinkedBlockingQueue<>();

    private final List<Socket> open = new CopyOnWriteArrayList<>();

    private final ServerSocket server;

    @SafeVarargs
    Stub(List<Object>... answers) {
        for (List<Object> answer : answers) {
            this.answers.add(answer);
        }
        try {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        started(this::accept);
    }

    static List<Object> pieces(Object... pieces) {
        return List.of(pieces);
    }

    static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    String url() {
        return "http://127.0.0.1:" + this.server.getLocalPort();
    }

    private static void started(Runnable work) {
        Thread thread = new Thread(work, "stub");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = this.server.accept();
                this.connections.incrementAndGet();
                this.open.add(socket);
                started(() -> serve(socket));
            }
        }
        catch (IOException ex) {
            // Closed.
            return;
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            for (String request = request(socket.getInputStream()); request != null; request = request(socket.getInputStream())) {
                this.requests.add(request);
                List<Object> answer = this.answers.poll();
                for (Object piece : (answer != null) ? answer : pieces(END)) {
                    if (piece == END) {
                        return;
                    }
                    if (piece instanceof Integer pause) {
                        Thread.sleep(pause);
                    }
                    else {
                        socket.getOutputStream().write(((String) piece).getBytes(StandardCharsets.UTF_8));
                    }
                }
            }
        }
        catch (IOException | InterruptedException ex) {
            // The client has gone.
            return;
        }
    }

    private static String request(InputStream input) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int letter = input.read();
            if (letter < 0) {
                return null;
            }
            head.append((char) letter);
        }
        Matcher length = LENGTH.matcher(head);
        input.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        return head.toString();
    }

    @Override
    public void close() {
        try {
            this.server.close();
            for (Socket socket : this.open) {
                socket.close();
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
