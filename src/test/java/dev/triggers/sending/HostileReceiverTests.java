package dev.triggers.sending;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;

import dev.triggers.support.Api;
import dev.triggers.support.Customer;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.RawReceiver;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a receiver does, an attempt ends, takes little memory, and says what was
 * wrong. A complete head with a status of 2xx is success, whatever comes after it.
 */
@IntegrationTest
class HostileReceiverTests {

    /** What fits the buffers of two sockets, and more. */
    private static final long BUFFERED = 64L * 1024 * 1024;

    @Autowired
    private Api api;

    private Customer customer;

    @BeforeEach
    void newCustomer() {
        this.customer = new Customer(this.api);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`',
            value = { "SSH-2.0-OpenSSH_9.2\\r\\n | invalid_response", "\\0\\1\\2\\r\\n\\r\\n | invalid_response",
                    "HTTP/1.1 OK\\r\\n\\r\\n | invalid_response", "HTTP/1.1 99999 OK\\r\\n\\r\\n | invalid_response",
                    "HTTP/1.1 000 OK\\r\\n\\r\\n | invalid_response", "HTTP/1.1 -200 OK\\r\\n\\r\\n | invalid_response",
                    "HTTP/2 200 OK\\r\\n\\r\\n | invalid_response", "HTTP/1.1 101 Switching\\r\\n\\r\\n | status_1xx",
                    "HTTP/1.1 101 Switching\\r\\nUpgrade: TLS/1.2\\r\\n\\r\\n | status_1xx",
                    "HTTP/1.1 101 Switching\\r\\nUpgrade: x\\r\\n\\r\\nHTTP/1.1 200 OK\\r\\n\\r\\n | status_1xx",
                    "HTTP/1.1 200 OK\\r\\nX-A: 1\\r\\n | connection_closed", "HTTP/1.1 2 | connection_closed",
                    "HTTP/1.1 100 Continue\\r\\n\\r\\n | connection_closed" })
    void answerWithoutCompleteHeadIsAFailureWithItsName(String answer, String code) {
        try (RawReceiver receiver = RawReceiver.saying(unescape(answer))) {
            Reply outcome = attempt(receiver);
            assertThat(outcome.at("success").booleanValue()).isFalse();
            assertThat(outcome.text("error_code")).isEqualTo(code);
            assertThat(outcome.text("error")).endsWith(".");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "HTTP/1.1 200 OK\\r\\n\\r\\n", "HTTP/1.0 200\\r\\n\\r\\n", "HTTP/1.1 200 OK\\n\\n",
            "\\r\\nHTTP/1.1 200 OK\\r\\n\\r\\n", "HTTP/1.1 200 OK\\r\\nContent-Length: 99\\r\\n\\r\\ncut",
            "HTTP/1.1 200 OK\\r\\nContent-Length: abc\\r\\n\\r\\nx",
            "HTTP/1.1 200 OK\\r\\nContent-Length: -1\\r\\n\\r\\nx",
            "HTTP/1.1 200 OK\\r\\nContent-Length: 1\\r\\nContent-Length: 7\\r\\n\\r\\nx",
            "HTTP/1.1 200 OK\\r\\nContent-Length: 99999999999999999999\\r\\n\\r\\nx",
            "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: nonsense\\r\\n\\r\\nx",
            "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nnot a chunk",
            "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nffffffffffff\\r\\nx",
            "HTTP/1.1 200 OK\\r\\nContent-Encoding: gzip\\r\\nContent-Length: 3\\r\\n\\r\\nabc",
            "HTTP/1.1 200 OK\\r\\nX-Bytes: \\0\\1\\t\\x7f\\x80\\xff\\r\\n\\r\\n",
            "HTTP/1.1 200 OK\\r\\n\\xff\\xfe\\x00: \\x80\\r\\n: no name\\r\\nno colon\\r\\n continued\\r\\n\\r\\n",
            "HTTP/1.1 200 OK\\r\\nSet-Cookie: \\x01=;;;\\r\\nKeep-Alive: timeout=99999999999999999999\\r\\nContent-Length: 0\\r\\n\\r\\n",
            "HTTP/1.1 200 OK\\r\\nContent-Type: ;;;charset=\\xff\\r\\nRetry-After: \\x80\\r\\nConnection: \\xff\\r\\n\\r\\n",
            "HTTP/1.1 204 No Content\\r\\nContent-Length: 3\\r\\n\\r\\nabc",
            "HTTP/1.1 100 Continue\\r\\n\\r\\nHTTP/1.1 103 Early Hints\\r\\nLink: x\\r\\n\\r\\nHTTP/1.1 200 OK\\r\\n\\r\\n" })
    void completeHeadIsSuccessWhateverElseIsSaid(String answer) {
        try (RawReceiver receiver = RawReceiver.saying(unescape(answer))) {
            succeeds(attempt(receiver));
        }
    }

    @ParameterizedTest
    @CsvSource({ "65535, true", "65536, true", "65537, false", "70000, false", "73000, false" })
    void headMayHave64KiBAndNotAByteMore(int size, boolean success) {
        String start = "HTTP/1.1 200 OK\r\n";
        StringBuilder head = new StringBuilder(start);
        while (head.length() < size - 1_000) {
            head.append("X-Filler: ").append("x".repeat(480)).append("\r\n");
        }
        int last = size - head.length() - "X-Last: \r\n\r\n".length();
        head.append("X-Last: ").append("x".repeat(last)).append("\r\n\r\n");
        assertThat(head).hasSize(size);
        try (RawReceiver receiver = new RawReceiver((socket) -> inPieces(socket, head.toString()))) {
            Reply outcome = attempt(receiver);
            assertThat(outcome.at("success").booleanValue()).as("%s", outcome).isEqualTo(success);
            if (!success) {
                assertThat(outcome.text("error_code")).isEqualTo("response_head_too_large");
            }
        }
    }

    @Test
    void headMayHaveAnyNumberOfLines() {
        try (RawReceiver receiver = RawReceiver.saying("HTTP/1.1 200 OK\r\n" + "a:\r\n".repeat(16_000) + "\r\n")) {
            succeeds(attempt(receiver));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "x", "HTTP/1.1 200 ", "X-A: b\r\n", "HTTP/1.1 100 Continue\r\n\r\n",
            "HTTP/1.1 103 Hints\r\nX: y\r\n\r\n" })
    void headWithoutEndIsCutOff(String endless) {
        AtomicLong written = new AtomicLong();
        try (RawReceiver receiver = new RawReceiver((socket) -> {
            if (endless.startsWith("X-A")) {
                RawReceiver.say(socket, "HTTP/1.1 200 OK\r\n");
            }
            flood(socket, endless.repeat(1_000), written);
        })) {
            Reply outcome = attempt(receiver);
            assertThat(outcome.text("error_code")).isEqualTo("response_head_too_large");
            assertThat(written.get()).isLessThan(BUFFERED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "Content-Length: 1000000000000\r\n", "Transfer-Encoding: chunked\r\n",
            "Content-Encoding: gzip\r\n" })
    void bodyWithoutEndIsCutOffAndChangesNothing(String header) {
        AtomicLong written = new AtomicLong();
        String chunk = "400\r\n" + "x".repeat(1_024) + "\r\n";
        try (RawReceiver receiver = new RawReceiver((socket) -> {
            RawReceiver.say(socket, "HTTP/1.1 200 OK\r\n" + header + "\r\n");
            flood(socket, chunk.repeat(50), written);
        })) {
            Reply outcome = attempt(receiver);
            succeeds(outcome);
            assertThat(outcome.text("response_body")).hasSize(1_024);
            assertThat(written.get()).isLessThan(BUFFERED);
        }
    }

    @Test
    void trailersWithoutEndAreCutOff() {
        AtomicLong written = new AtomicLong();
        try (RawReceiver receiver = new RawReceiver((socket) -> {
            RawReceiver.say(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n");
            flood(socket, ("X-Trailer: " + "x".repeat(60_000) + "\r\n").repeat(10), written);
        })) {
            Reply outcome = attempt(receiver);
            succeeds(outcome);
            assertThat(outcome.text("response_body")).isEqualTo("ok");
            assertThat(written.get()).isLessThan(BUFFERED);
        }
    }

    @Test
    void compressedBombIsNotUnpacked() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            for (int i = 0; i < 200; i++) {
                gzip.write(new byte[1024 * 1024]);
            }
        }
        try (Receiver receiver = new Receiver()) {
            receiver.answer((request, exchange) -> {
                exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                exchange.sendResponseHeaders(200, bomb.size());
                exchange.getResponseBody().write(bomb.toByteArray());
            });
            Reply outcome = this.customer.test(this.customer.register(receiver));
            succeeds(outcome);
            assertThat(receiver.requests().getFirst().header("Accept-Encoding")).isEmpty();
        }
    }

    @Test
    void brokenConnectionIsAFailureBeforeTheHeadAndNothingAfterIt() {
        try (RawReceiver closing = new RawReceiver((socket) -> {
        });
                RawReceiver resetting = new RawReceiver(HostileReceiverTests::reset);
                RawReceiver resettingInTheHead = new RawReceiver((socket) -> {
                    RawReceiver.say(socket, "HTTP/1.1 200 OK\r\nX-");
                    reset(socket);
                });
                RawReceiver resettingInTheBody = new RawReceiver((socket) -> {
                    RawReceiver.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nx");
                    awaitRead(socket);
                    reset(socket);
                })) {
            assertThat(attempt(closing).text("error_code")).isEqualTo("connection_closed");
            assertThat(attempt(resetting).text("error_code")).isEqualTo("connection_reset");
            assertThat(attempt(resettingInTheHead).text("error_code")).isIn("connection_reset", "connection_closed");
            succeeds(attempt(resettingInTheBody));
        }
    }

    @Test
    void slowOnesEndWithTheTimeout() throws IOException {
        Map<String, RawReceiver.Conversation> slow = new LinkedHashMap<>();
        slow.put("silent", RawReceiver.Conversation.SILENCE);
        slow.put("drip head", (socket) -> drip(socket, "HTTP/1.1 200 OK\r\n" + "X-A: b\r\n".repeat(1_000)));
        slow.put("drip 1xx", (socket) -> drip(socket, "HTTP/1.1 100 Continue\r\n\r\n".repeat(1_000)));
        slow.put("drip body", (socket) -> {
            RawReceiver.say(socket, "HTTP/1.1 200 OK\r\n\r\n");
            drip(socket, "x".repeat(1_000));
        });
        slow.put("body that stops", (socket) -> {
            RawReceiver.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nx");
            RawReceiver.Conversation.SILENCE.hold(socket);
        });
        Map<String, Reply> outcomes = new LinkedHashMap<>();
        List<AutoCloseable> open = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor(); ServerSocket full = full(open)) {
            Map<String, CompletableFuture<Reply>> attempts = new LinkedHashMap<>();
            slow.forEach((name, conversation) -> {
                RawReceiver receiver = new RawReceiver(conversation);
                open.add(receiver);
                // Each may test a few at once
                Customer own = new Customer(this.api);
                attempts.put(name, CompletableFuture.supplyAsync(() -> attempt(own, receiver.url()), threads));
            });
            RawReceiver mute = new RawReceiver(RawReceiver.Conversation.SILENCE);
            open.add(mute);
            attempts.put("silent handshake", CompletableFuture
                .supplyAsync(() -> attempt(new Customer(this.api), "https://localhost:" + mute.port() + "/"), threads));
            String unreachable = "http://localhost:" + full.getLocalPort() + "/hook";
            attempts.put("unreachable",
                    CompletableFuture.supplyAsync(() -> attempt(new Customer(this.api), unreachable), threads));
            attempts.forEach((name, attempt) -> outcomes.put(name, attempt.join()));
        }
        finally {
            for (AutoCloseable closeable : open) {
                close(closeable);
            }
        }
        for (String name : List.of("silent", "drip head", "drip 1xx")) {
            assertThat(outcomes.get(name).text("error_code")).as(name).isEqualTo("response_timeout");
        }
        assertThat(outcomes.get("silent handshake").text("error_code")).isEqualTo("tls_handshake_timeout");
        assertThat(outcomes.get("unreachable").text("error_code")).isEqualTo("connect_timeout");
        succeeds(outcomes.get("drip body"));
        succeeds(outcomes.get("body that stops"));
        assertThat(outcomes.get("body that stops").text("response_body")).isEqualTo("x");
    }

    @Test
    void hostThatIsNotThereHasItsName() throws IOException {
        int port;
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = unused.getLocalPort();
        }
        assertThat(attempt(this.customer, "http://localhost:" + port + "/").text("error_code"))
            .isEqualTo("connection_refused");
        assertThat(attempt(this.customer, "http://no-such-host.invalid/").text("error_code"))
            .isEqualTo("dns_not_found");
    }

    @Test
    void attemptsOfDeliveriesSayTheSame() {
        try (RawReceiver receiver = RawReceiver.saying("nonsense\r\n\r\n")) {
            String endpoint = this.customer.register(receiver.url(), ",\"retry_schedule\":[0.01]").text("id");
            String id = this.customer.event("order.paid");
            this.customer.awaitStatus(id, "failed");
            JsonNode delivery = this.customer.delivery(id, endpoint);
            assertThat(delivery.get("error_code").stringValue()).isEqualTo("invalid_response");
            assertThat(delivery.get("attempt_log")).hasSize(2).allSatisfy((attempt) -> {
                assertThat(attempt.get("error_code").stringValue()).isEqualTo("invalid_response");
                assertThat(attempt.get("response_status").isNull()).isTrue();
                assertThat(attempt.get("response_body").isNull()).isTrue();
            });
            assertThat(receiver.requests()).isEqualTo(2);
        }
    }

    @Test
    void bytesOfTheBodyAreKeptWhateverTheyAre() {
        String bytes = "\0\1\u00ff\u00fe" + "ok";
        try (RawReceiver receiver = RawReceiver.saying("HTTP/1.1 500 No\r\nContent-Length: 6\r\n\r\n" + bytes)) {
            String endpoint = this.customer.register(receiver.url(), ",\"retry_schedule\":[]").text("id");
            String id = this.customer.event("order.paid");
            this.customer.awaitStatus(id, "failed");
            assertThat(
                    this.customer.delivery(id, endpoint).get("attempt_log").get(0).get("response_body").stringValue())
                .startsWith("\0\1")
                .endsWith("ok");
        }
    }

    private Reply attempt(RawReceiver receiver) {
        return attempt(this.customer, receiver.url());
    }

    private static Reply attempt(Customer customer, String url) {
        return customer.test(customer.register(url, "").text("id"));
    }

    private static void succeeds(Reply outcome) {
        assertThat(outcome.at("success").booleanValue()).as("%s", outcome).isTrue();
        assertThat(outcome.at("error_code").isNull()).isTrue();
        assertThat(outcome.at("error").isNull()).isTrue();
    }

    private static void inPieces(Socket socket, String text) throws IOException {
        socket.setTcpNoDelay(true);
        OutputStream out = socket.getOutputStream();
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int from = 0; from < bytes.length; from += 3_001) {
            out.write(bytes, from, Math.min(3_001, bytes.length - from));
            out.flush();
        }
        awaitRead(socket);
    }

    /** Until the other side closes. */
    private static void awaitRead(Socket socket) throws IOException {
        socket.setSoTimeout(300);
        try {
            socket.getInputStream().read();
        }
        catch (java.net.SocketTimeoutException ex) {
            // It has had time enough to read
        }
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private static void drip(Socket socket, String text) throws IOException {
        for (char c : text.toCharArray()) {
            RawReceiver.say(socket, String.valueOf(c));
            try {
                Thread.sleep(20);
            }
            catch (InterruptedException ex) {
                return;
            }
        }
    }

    private static void flood(Socket socket, String text, AtomicLong written) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        while (written.get() < BUFFERED) {
            socket.getOutputStream().write(bytes);
            written.addAndGet(bytes.length);
        }
    }

    /** A port whose queue of connections is full: the next one is not answered. */
    private static ServerSocket full(List<AutoCloseable> open) throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        for (int i = 0; i < 3; i++) {
            Socket socket = new Socket();
            open.add(socket);
            try {
                socket.connect(server.getLocalSocketAddress(), 200);
            }
            catch (java.net.SocketTimeoutException ex) {
                break;
            }
        }
        return server;
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        }
        catch (Exception ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static String unescape(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            c = text.charAt(++i);
            switch (c) {
                case 'r' -> plain.append('\r');
                case 'n' -> plain.append('\n');
                case 't' -> plain.append('\t');
                case 'x' -> {
                    plain.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
                    i += 2;
                }
                default -> plain.append((char) (c - '0'));
            }
        }
        return plain.toString();
    }

}
