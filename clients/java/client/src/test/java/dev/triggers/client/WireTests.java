package dev.triggers.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.triggers.client.model.WebhookRequest;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is between the client and the network: connections that are broken, slow, endless. */
class WireTests {

    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    private static final Options SHORT = Options.defaults().withTotalTime(Duration.ofMillis(400)).withAttemptTime(Duration.ofMillis(400));

    static Stream<Arguments> broken() {
        List<Object> drip = new ArrayList<>(List.of("HTTP/1.1 200 OK\r\n"));
        for (int number = 0; number < 40; number++) {
            drip.addAll(List.of(100, "X-" + number + ": 1\r\n"));
        }
        return Stream.of(Arguments.of("closed", Stub.pieces(Stub.END), "RESET"),
                Arguments.of("nonsense", Stub.pieces("nonsense\r\n\r\n", Stub.END), "RESET"),
                Arguments.of("cut", Stub.pieces("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{", 20, Stub.END), "CUT"),
                Arguments.of("cut in a chunk", Stub.pieces(CHUNKED + "5\r\n{", 20, Stub.END), "CUT"),
                Arguments.of("silent", Stub.pieces(5_000), "TIMEOUT"), Arguments.of("a drip of headers", drip, "TIMEOUT"),
                Arguments.of("silent in the body", Stub.pieces("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{", 5_000), "TIMEOUT"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void anAnswerThatDoesNotComeWhole(String name, List<Object> answer, String kind) {
        // The JDK's client asks once more by itself where a connection ended without a word.
        try (Stub stub = new Stub(answer, answer, answer, answer)) {
            // What would make a second one is not repeated: it fails at once, however busy the machine is.
            ConnectionFailedException failure = assertThrows(ConnectionFailedException.class, kind.equals("TIMEOUT")
                    ? () -> new Triggers(stub.url(), "k", SHORT).getKey()
                    : () -> new Triggers(stub.url(), "k").createWebhook(WebhookRequest.of("https://example.com")));
            assertEquals(kind, failure.kind().name());
            if (!kind.equals("TIMEOUT")) {
                assertEquals(1, failure.requests());
                assertEquals(1, stub.requests.size());
            }
        }
    }

    @Test
    void nobodyThere() {
        Stub stub = new Stub();
        stub.close();
        Options options = Options.defaults().withTotalTime(Duration.ofSeconds(40)).withWaits(Duration.ofSeconds(10), Duration.ofSeconds(40));
        Triggers triggers = new Triggers(stub.url(), "k", options, new HttpTransport(options.http()), new Hasty());
        ConnectionFailedException failure = assertThrows(ConnectionFailedException.class,
                () -> triggers.createWebhook(WebhookRequest.of("https://example.com")));
        assertEquals(ConnectionFailedException.Kind.CONNECT, failure.kind());
        assertTrue(failure.requests() >= 2);
    }

    @Test
    void anInterruptEndsACallAndStays() {
        try (Stub stub = new Stub(Stub.pieces("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{", 60_000, Stub.END))) {
            Triggers triggers = new Triggers(stub.url(), "k");
            Thread caller = Thread.currentThread();
            Thread other = new Thread(() -> {
                while (stub.requests.isEmpty()) {
                    Thread.onSpinWait();
                }
                caller.interrupt();
            });
            other.start();
            assertThrows(CancellationException.class, triggers::getService);
            assertTrue(Thread.currentThread().isInterrupted());
            assertThrows(CancellationException.class, triggers::getService);
            assertTrue(Thread.interrupted());
            assertEquals(1, stub.requests.size());
        }
    }

    @Test
    void answersAreBounded() {
        String chunk = "64\r\n" + "a".repeat(100) + "\r\n";
        try (Stub stub = new Stub(Stub.pieces(Stub.ok("a".repeat(1_001)), Stub.END), Stub.pieces(CHUNKED + chunk.repeat(20), Stub.END),
                Stub.pieces("HTTP/1.1 200 OK\r\n\r\n" + "a".repeat(2_000), Stub.END), Stub.pieces(Stub.ok("a".repeat(1_000))))) {
            Triggers triggers = new Triggers(stub.url(), "k", Options.defaults().withMaxAnswerBytes(1_000));
            for (int number = 0; number < 3; number++) {
                assertThrows(AnswerTooLargeException.class, triggers::metrics);
            }
            assertEquals(1_000, triggers.metrics().length());
        }
    }

    @Test
    void connectionsAreKept() {
        List<Object> answer = Stub.pieces(Stub.ok("{}"));
        try (Stub stub = new Stub(answer, answer, answer, answer, Stub.pieces(CHUNKED + "2\r\n{}\r\n0\r\n\r\n"), answer)) {
            Triggers triggers = new Triggers(stub.url(), "k");
            for (int number = 0; number < 6; number++) {
                triggers.getService();
            }
            assertEquals(1, stub.connections.get());
        }
    }

    @Test
    void redirectsAreNotFollowed() {
        try (Stub stub = new Stub(Stub.pieces("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"))) {
            assertEquals(302, assertThrows(ApiException.class, () -> new Triggers(stub.url(), "k").getKey()).status());
            assertEquals(1, stub.requests.size());
        }
    }

    @Test
    void whatWouldSplitARequestIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Triggers("http://127.0.0.1:1", "a\r\nX: y"));
        assertThrows(IllegalArgumentException.class, () -> new Triggers("ftp://127.0.0.1", "k"));
        assertThrows(IllegalArgumentException.class, () -> new Triggers("http://127.0.0.1:1", "k").getEvent(".."));
    }

    @Test
    void aStreamGoesOnWhereItWas() {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
        try (Stub stub = new Stub(
                Stub.pieces(head + ": hello\nretry: 1\n\nevent: event.acc", 20, "epted\nid: c1\ndata: {\"id\":\ndata: 1}\n\n", Stub.END),
                Stub.pieces(head + "event: stream.lagging\ndata: {\"cursor\": \"c2\"}\n\n", Stub.END),
                Stub.pieces(head + "event: attempt.finished\r\ndata: {}\r\n\r\n", Stub.END));
                EventStream stream = new Triggers(stub.url(), "k")
                    .stream(StreamOptions.defaults().withKinds("event.accepted", "attempt.finished").withPayloads(false))) {
            assertEquals(new StreamEvent("event.accepted", Map.of("id", 1L), "c1"), stream.next());
            assertEquals(new StreamEvent("attempt.finished", Collections.emptyMap(), null), stream.next());
            assertTrue(stub.requests.get(0).startsWith("GET /api/stream?kinds=event.accepted%2Cattempt.finished&payloads=false HTTP/1.1\r\n"));
            assertTrue(stub.requests.get(0).toLowerCase().contains("accept: text/event-stream"));
            assertTrue(stub.requests.get(1).toLowerCase().contains("last-event-id: c1"));
            assertTrue(stub.requests.get(2).toLowerCase().contains("last-event-id: c2"));
        }
    }

    @Test
    void theTraceOfTheCallerIsPassedOn() {
        List<Object> answer = Stub.pieces(Stub.ok("{}"));
        SpanContext context = SpanContext.create("1".repeat(32), "2".repeat(16), TraceFlags.getSampled(), TraceState.getDefault());
        try (Stub stub = new Stub(answer, answer)) {
            Triggers triggers = new Triggers(stub.url(), "k");
            try (Scope scope = Span.wrap(context).makeCurrent()) {
                assertTrue(scope != null);
                triggers.getService();
            }
            triggers.getService();
            assertTrue(stub.requests.get(0).contains("traceparent: 00-" + "1".repeat(32) + "-" + "2".repeat(16) + "-01\r\n"));
            assertFalse(stub.requests.get(1).contains("traceparent"));
        }
    }

    /** Nothing takes time but waits, and these take none: no request is cut short by the end of its time. */
    private static final class Hasty implements Pacing {

        private volatile Instant now = Instant.EPOCH;

        @Override
        public Instant now() {
            return this.now;
        }

        @Override
        public double random() {
            return 1;
        }

        @Override
        public CompletableFuture<Void> sleep(Duration pause) {
            this.now = this.now.plus(pause);
            return CompletableFuture.completedFuture(null);
        }

    }

}
