package dev.triggers.fault;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.triggers.fault.History.Receipt;
import dev.triggers.support.RawReceiver;
import dev.triggers.support.RawReceiver.Conversation;

/**
 * Receivers that hang, drip, reset, and lie. None of them ever takes an event.
 */
final class Rogues implements AutoCloseable {

    private static final Pattern ID = Pattern.compile("(?im)^webhook-id: *(\\S+)");

    private static final List<String> LIES = List.of("SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 200 OK\r\nX-A: 1\r\n",
            "HTTP/1.1 2", "HTTP/2 200 OK\r\n\r\n",
            "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
            "HTTP/1.1 302 Found\r\nLocation: /taken\r\nContent-Length: 0\r\n\r\n");

    private final List<RawReceiver> receivers = new ArrayList<>();

    private final List<String> urls = new ArrayList<>();

    private final Consumer<Receipt> receipts;

    /**
     * Opens them.
     * @param host the name under which they are found
     * @param receipts who is told what they receive
     */
    Rogues(String host, Consumer<Receipt> receipts) {
        this.receipts = receipts;
        add(host, "/hang", Conversation.SILENCE);
        add(host, "/drip", Rogues::drip);
        add(host, "/reset", Rogues::reset);
        add(host, "/lie",
                (socket) -> RawReceiver.say(socket, LIES.get(ThreadLocalRandom.current().nextInt(LIES.size()))));
    }

    private void add(String host, String path, Conversation conversation) {
        RawReceiver receiver = new RawReceiver(new Conversation() {

            @Override
            public void hold(Socket socket) throws IOException {
                conversation.hold(socket);
            }

            @Override
            public void arrived(String head, byte[] body) {
                receive(path, head);
            }

        });
        this.receivers.add(receiver);
        this.urls.add("http://" + host + ":" + receiver.port() + path);
    }

    /** What they do is no answer, and counts as a refusal. */
    private void receive(String path, String head) {
        long now = System.nanoTime();
        String id = ID.matcher(head).results().map((MatchResult found) -> found.group(1)).findFirst().orElse("");
        this.receipts.accept(new Receipt(id, path, now, now, 500));
    }

    private static void drip(Socket socket) throws IOException {
        RawReceiver.say(socket, "HTTP/1.1 200 OK\r\nX-A: ");
        try {
            while (true) {
                RawReceiver.say(socket, "a");
                Thread.sleep(200);
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    List<String> urls() {
        return this.urls;
    }

    @Override
    public void close() {
        this.receivers.forEach(RawReceiver::close);
    }

}
