package dev.triggers.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.triggers.client.model.AcknowledgementBatch;
import dev.triggers.client.model.KeyRequest;
import dev.triggers.client.model.LeaseRequest;
import dev.triggers.client.model.LeasedItem;
import dev.triggers.client.model.ReadLogQuery;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The service slow, limited, its answers lost, killed and restarted, in the middle of everything: nothing is lost, nothing is done twice. */
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
            catch (ConnectionFailedException | ApiException.Unavailable ex) {
                // Another test's fault; a key more does no harm.
                continue;
            }
        }
    }

    private static Triggers client(String key) {
        return new Triggers(URL, key,
                Options.defaults().withTotalTime(Duration.ofMinutes(4)).withAttemptTime(Duration.ofSeconds(1)).withBatches(40, 8_388_608));
    }

    private static List<Event> hundred(int from) {
        return LongStream.range(from, from + 100).mapToObj((number) -> Event.of("t", number)).toList();
    }

    private static List<Object> numbers(int count) {
        return LongStream.range(0, count).<Object>mapToObj((number) -> number).toList();
    }

    private static void assertAccepted(BatchSent batch) {
        assertEquals(List.of(100, 0, 0), List.of(batch.accepted(), batch.duplicates(), batch.rejected()));
    }

    private static void assertMet(Map<String, Object> met, String key, String taking) {
        for (String fault : List.of("slow", "limited", "lost", "killed", "restarted")) {
            Map<String, Object> kinds = Vectors.object(Vectors.object(met.get(fault)).get(key));
            List<String> wanted = new ArrayList<>(List.of("POST /api/events/batch", "GET /api/events", "consuming"));
            if (List.of("limited", "lost").contains(fault)) {
                wanted.addAll(List.of(taking, "POST /api/ack"));
            }
            assertTrue(kinds.keySet().containsAll(wanted), () -> fault + kinds);
        }
    }

    @Test
    void nothingIsLostAndNothingIsDoneTwice() throws Exception {
        List<Run> runs = List.of(new Run(false), new Run(true));
        Futures futures = new Futures();
        for (Run run : runs) {
            until(() -> !run.handled.isEmpty() && !run.followed.isEmpty() && !run.streamed.isEmpty());
        }
        until(() -> !futures.handled.isEmpty() && !futures.followed.isEmpty());
        HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(System.getenv("TRIGGERS_CONTROL")))
            .POST(HttpRequest.BodyPublishers.ofString(Json.write(List.of(runs.get(0).key, runs.get(1).key, futures.key)))).build(), HttpResponse.BodyHandlers.ofByteArray());
        for (Run run : runs) {
            run.over = true;
        }
        futures.over = true;
        Map<String, Object> met = Vectors.object(Json.read(answer.body()));
        for (Run run : runs) {
            run.check(met);
        }
        futures.check(met);
    }

    /** Sends, consumes, follows and streams, side by side. */
    private static final class Run {

        private final String key = key();

        private final Triggers triggers = client(this.key);

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
                    assertAccepted(this.triggers.sendBatch(hundred(this.sent.get())));
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
            List<Object> numbers = numbers(all);
            // Posted once, followed once, streamed once.
            assertEquals(numbers, this.followed.stream().sorted().toList());
            assertEquals(numbers, this.streamed.stream().sorted().toList());
            assertEquals(numbers, this.handled.stream().distinct().sorted().toList());
            // Twice only where a lease ended meanwhile, which was said.
            assertTrue(this.handled.size() == all || (this.leases && this.heard.get() > 0));
            assertEquals(0, this.triggers.listInbox().count());
            assertMet(met, this.key, this.leases ? "POST /api/inbox/lease" : "GET /api/inbox");
        }

    }

    /** The same by futures alone: what comes of one call begins the next. */
    private static final class Futures {

        private final String key = key();

        private final AsyncTriggers triggers = client(this.key).async();

        private final ConcurrentLinkedQueue<Object> handled = new ConcurrentLinkedQueue<>();

        private final ConcurrentLinkedQueue<Object> followed = new ConcurrentLinkedQueue<>();

        private final AtomicInteger sent = new AtomicInteger();

        private final List<CompletableFuture<Void>> works;

        private volatile boolean over;

        private volatile boolean stopped;

        Futures() {
            String start = this.triggers.readLog().join().nextCursor();
            this.works = List.of(send(), consume(), follow(start));
        }

        private static CompletableFuture<Void> done() {
            return CompletableFuture.completedFuture(null);
        }

        private CompletableFuture<Void> send() {
            return this.triggers.sendBatch(hundred(this.sent.get())).thenCompose((batch) -> {
                assertAccepted(batch);
                this.sent.addAndGet(100);
                return this.over ? done() : CompletableFuture.runAsync(() -> {
                }, CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS)).thenCompose((waited) -> send());
            });
        }

        private CompletableFuture<Void> consume() {
            return this.triggers.lease(LeaseRequest.of().leaseSeconds(5).limit(100).wait_(2)).thenCompose((leased) -> {
                leased.events().forEach((event) -> this.handled.add(event.payload()));
                List<String> ids = leased.events().stream().map(LeasedItem::id).toList();
                CompletableFuture<?> told = ids.isEmpty() ? done() : this.triggers.acknowledgeEvents(AcknowledgementBatch.of(ids));
                return told.thenCompose((acknowledged) -> this.stopped ? done() : consume());
            });
        }

        private CompletableFuture<Void> follow(String cursor) {
            return this.triggers.readLog(ReadLogQuery.of().cursor(cursor).wait_(2)).thenCompose((page) -> {
                page.events().forEach((event) -> this.followed.add(event.payload()));
                return this.stopped ? done() : follow(page.nextCursor());
            });
        }

        private void check(Map<String, Object> met) throws Exception {
            this.works.get(0).join();
            int all = this.sent.get();
            until(() -> this.works.stream().anyMatch(CompletableFuture::isCompletedExceptionally)
                    || (this.followed.size() >= all && this.handled.stream().distinct().count() == all));
            this.stopped = true;
            this.works.forEach(CompletableFuture::join);
            // Posted once, followed once, and, since one call follows the other, handled once.
            assertEquals(numbers(all), this.followed.stream().sorted().toList());
            assertEquals(numbers(all), this.handled.stream().sorted().toList());
            assertEquals(0, this.triggers.listInbox().join().count());
            assertMet(met, this.key, "POST /api/inbox/lease");
        }

    }

}
