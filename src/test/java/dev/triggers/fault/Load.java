package dev.triggers.fault;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import dev.triggers.support.Api;
import dev.triggers.support.Reply;

import static org.awaitility.Awaitility.await;

/**
 * Clients that post events, one after the other, until they are told to stop or the
 * service is gone. Each event is numbered, in its payload and its {@code dedup_id}.
 */
final class Load implements AutoCloseable {

    /** Far more than anything takes, even on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Numbers of the events answered with 2xx, by their identifiers. */
    private final Map<String, Integer> accepted = new ConcurrentHashMap<>();

    /** Numbers of the events that were answered with an error, or not at all. */
    private final ConcurrentLinkedQueue<Integer> unanswered = new ConcurrentLinkedQueue<>();

    private final ConcurrentLinkedQueue<Refusal> refusals = new ConcurrentLinkedQueue<>();

    private final AtomicInteger numbers;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private final List<Future<?>> clients = new ArrayList<>();

    private final String key;

    private volatile boolean stopped;

    Load(int clients, String key, Api api) {
        this(clients, key, api, 0);
    }

    /**
     * One of several of the same organization.
     * @param first the number of its first event, far from those of the others
     */
    Load(int clients, String key, Api api, int first) {
        this.key = key;
        this.numbers = new AtomicInteger(first);
        for (int i = 0; i < clients; i++) {
            this.clients.add(this.threads.submit(() -> run(api)));
        }
    }

    private void run(Api api) {
        while (!this.stopped) {
            int number = this.numbers.getAndIncrement();
            long started = System.nanoTime();
            try {
                Reply reply = post(api, this.key, number);
                if (reply.status() / 100 == 2) {
                    this.accepted.put(reply.text("id"), number);
                }
                else {
                    this.unanswered.add(number);
                    this.refusals.add(new Refusal(reply, System.nanoTime() - started));
                }
            }
            catch (UncheckedIOException ex) {
                this.unanswered.add(number);
                // Nobody listens any more
                return;
            }
        }
    }

    static Reply post(Api api, String key, int number) {
        return api.post("/api/events", key,
                "{\"type\":\"load\",\"payload\":" + payload(number) + ",\"dedup_id\":\"number " + number + "\"}");
    }

    static String payload(int number) {
        return "{\"number\" :\t" + number + ",\"text\":\"\\u0041\u20AC\"}";
    }

    /** Waits until this many more have been accepted. */
    Load awaitMore(int count) {
        int before = this.accepted.size();
        await().atMost(PATIENCE).until(() -> this.accepted.size() >= before + count);
        return this;
    }

    /** Waits until no client is under way any more. */
    void stop() {
        this.stopped = true;
        await().atMost(PATIENCE).until(() -> this.clients.stream().allMatch(Future::isDone));
    }

    Map<String, Integer> accepted() {
        return Map.copyOf(this.accepted);
    }

    List<Integer> unanswered() {
        return List.copyOf(this.unanswered);
    }

    List<Refusal> refusals() {
        return List.copyOf(this.refusals);
    }

    @Override
    public void close() {
        this.stopped = true;
        this.threads.shutdownNow();
    }

    /**
     * An answer that accepted nothing.
     *
     * @param reply what it said
     * @param nanos how long it took
     */
    record Refusal(Reply reply, long nanos) {

    }

}
