package dev.triggers.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.triggers.client.model.KeyRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The service slow, limited, its answers lost, and killed, in the middle of everything: nothing is lost, nothing is done twice. */
@EnabledIfEnvironmentVariable(named = "TRIGGERS_CONTROL", matches = "http.+")
class FaultTests {

    private static final String URL = System.getenv("TRIGGERS_FAULTY_URL");

    private static void until(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(4).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "did not happen");
            Thread.sleep(20);
        }
    }

    private static String key() {
        while (true) {
            try {
                return new Triggers(URL, null).generateKey(KeyRequest.of("java " + UUID.randomUUID()).tier("enterprise")).apiKey();
            }
            catch (ConnectionFailedException ex) {
                // Another test's fault; a key more does no harm.
                continue;
            }
        }
    }

    @Test
    void nothingIsLostAndNothingIsDoneTwice() throws Exception {
        List<Run> runs = List.of(new Run(false), new Run(true));
        for (Run run : runs) {
            until(() -> !run.handled.isEmpty() && !run.followed.isEmpty() && !run.streamed.isEmpty());
        }
        HttpResponse<byte[]> met = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(System.getenv("TRIGGERS_CONTROL")))
            .POST(HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofByteArray());
        for (Run run : runs) {
            run.over = true;
        }
        for (Run run : runs) {
            run.check(Vectors.object(Json.read(met.body())));
        }
    }

    /** Sends, consumes, follows and streams, side by side. */
    private static final class Run {

        private final String key = key();

        private final Triggers triggers = new Triggers(URL, this.key,
                Options.defaults().withTotalTime(Duration.ofMinutes(4)).withAttemptTime(Duration.ofSeconds(1)).withBatches(40, 8_388_608));

        private final boolean leases;

        private final ConcurrentLinkedQueue<Object> handled = new ConcurrentLinkedQueue<>();

        private final ConcurrentLinkedQueue<Object> followed = new ConcurrentLinkedQueue<>();

        private final ConcurrentLinkedQueue<Object> streamed = new ConcurrentLinkedQueue<>();

        private final AtomicInteger heard = new AtomicInteger();

        private final AtomicInteger sent = new AtomicInteger();

        private final InboxConsumer consumer;

        private final Follower follower;

        private final EventStream stream;

        private final Thread sending = new Thread(this::send, "sending");

        private volatile Throwable failure;

        private volatile boolean over;

        Run(boolean leases) {
            this.leases = leases;
            String start = this.triggers.readLog().nextCursor();
            ConsumeOptions options = ConsumeOptions.defaults().withParallel(2).withOnError((error) -> this.heard.incrementAndGet());
            this.consumer = this.triggers.inbox().consume((event) -> this.handled.add(event.payload()),
                    leases ? options.withLease(Duration.ofSeconds(5)) : options.withLongPoll());
            this.follower = this.triggers.log().follow((event) -> this.followed.add(event.payload()), FollowOptions.defaults().withCursor(start));
            this.stream = this.triggers.stream(StreamOptions.defaults().withKinds("event.accepted").withCursor(start));
            this.sending.start();
            Thread listening = new Thread(() -> this.stream.forEachRemaining((event) -> this.streamed.add(Vectors.object(event.data()).get("payload"))));
            listening.setUncaughtExceptionHandler((thread, thrown) -> this.failure = thrown);
            listening.setDaemon(true);
            listening.start();
        }

        private void send() {
            try {
                while (!this.over) {
                    int from = this.sent.get();
                    BatchSent batch = this.triggers.sendBatch(LongStream.range(from, from + 100).mapToObj((number) -> Event.of("t", number)).toList());
                    assertEquals(List.of(100, 0, 0), List.of(batch.accepted(), batch.duplicates(), batch.rejected()));
                    this.sent.addAndGet(100);
                    Thread.sleep(50);
                }
            }
            catch (InterruptedException | RuntimeException | AssertionError ex) {
                this.failure = ex;
            }
        }

        private void check(Map<String, Object> met) throws Exception {
            this.sending.join();
            int all = this.sent.get();
            until(() -> this.failure != null || (this.followed.size() >= all && this.streamed.size() >= all && this.handled.stream().distinct().count() == all));
            if (this.failure != null) {
                throw new AssertionError(this.failure);
            }
            this.stream.close();
            this.follower.close();
            this.consumer.stop();
            assertEquals(List.of(), this.consumer.await().unacknowledged());
            List<Object> numbers = LongStream.range(0, all).<Object>mapToObj((number) -> number).toList();
            // Posted once, followed once, streamed once.
            assertEquals(numbers, this.followed.stream().sorted().toList());
            assertEquals(numbers, this.streamed.stream().sorted().toList());
            assertEquals(numbers, this.handled.stream().distinct().sorted().toList());
            // Twice only where a lease ended meanwhile, which was said.
            assertTrue(this.handled.size() == all || (this.leases && this.heard.get() > 0));
            assertEquals(0, this.triggers.listInbox().count());
            for (String fault : List.of("limited", "lost")) {
                Map<String, Object> kinds = Vectors.object(Vectors.object(met.get(fault)).get(this.key));
                String taking = this.leases ? "POST /api/inbox/lease" : "GET /api/inbox";
                assertTrue(kinds.keySet().containsAll(List.of("POST /api/events/batch", "GET /api/events", "POST /api/ack", taking)), () -> fault + kinds);
            }
        }

    }

}
