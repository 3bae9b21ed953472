package dev.triggers.fault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.sun.net.httpserver.HttpExchange;
import dev.triggers.fault.History.Ack;
import dev.triggers.fault.History.Attempt;
import dev.triggers.fault.History.Grant;
import dev.triggers.fault.History.Post;
import dev.triggers.fault.History.Reading;
import dev.triggers.fault.History.Receipt;
import dev.triggers.fault.History.Stored;
import dev.triggers.fault.History.Target;
import dev.triggers.support.Api;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import static org.awaitility.Awaitility.await;

/**
 * Customers behind a balancer, to whom nothing happens that they would notice: any answer
 * but a good one is written down as a refusal. They never ask twice.
 */
final class Balanced implements AutoCloseable {

    private static final java.time.Duration PATIENCE = java.time.Duration.ofSeconds(120);

    private static final int LEASE_SECONDS = 30;

    private final List<RunningRelease> serving = new ArrayList<>();

    private final Queue<Post> posts = new ConcurrentLinkedQueue<>();

    private final Queue<Ack> acks = new ConcurrentLinkedQueue<>();

    private final Queue<Receipt> receipts = new ConcurrentLinkedQueue<>();

    private final Queue<Grant> grants = new ConcurrentLinkedQueue<>();

    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();

    private final List<String> read = new ArrayList<>();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private final List<Future<?>> posters = new ArrayList<>();

    private final List<Future<?>> readers = new ArrayList<>();

    private final AtomicInteger numbers = new AtomicInteger();

    private final AtomicLong answered = new AtomicLong();

    private final Receiver receiver = new Receiver();

    private final Organization hooks;

    private final Organization ordered;

    private final Organization shared;

    private volatile boolean stopped;

    private volatile boolean drained;

    Balanced(RunningRelease first) {
        join(first);
        this.receiver.answer(this::receive);
        this.hooks = organization("hooks");
        this.ordered = organization("ordered");
        this.shared = organization("shared");
        register(this.hooks, "/plain", false);
        register(this.ordered, "/ordered", true);
        for (int i = 0; i < 4; i++) {
            this.posters.add(this.threads.submit(() -> post(this.hooks, 20)));
        }
        this.posters.add(this.threads.submit(() -> post(this.ordered, 100)));
        this.posters.add(this.threads.submit(() -> post(this.shared, 50)));
        this.readers.add(this.threads.submit(this::readLog));
        this.readers.add(this.threads.submit(() -> consume("one")));
        this.readers.add(this.threads.submit(() -> consume("other")));
    }

    /** From now on it is given requests too. */
    void join(RunningRelease instance) {
        synchronized (this.serving) {
            this.serving.add(instance);
        }
    }

    /** From now on it is given none; those that it has end, and then it does. */
    void leave(RunningRelease instance) {
        synchronized (this.serving) {
            this.serving.remove(instance);
        }
        instance.stop();
    }

    private Reply ask(Function<Api, Reply> request) {
        RunningRelease instance;
        Api api;
        synchronized (this.serving) {
            instance = this.serving.get(ThreadLocalRandom.current().nextInt(this.serving.size()));
            api = instance.begin();
        }
        try {
            Reply reply = request.apply(api);
            if (reply.status() / 100 != 2) {
                this.refusals.add(reply.toString());
            }
            return reply;
        }
        catch (RuntimeException ex) {
            this.refusals.add(ex.toString());
            throw ex;
        }
        finally {
            instance.end();
        }
    }

    private Organization organization(String name) {
        Reply reply = ask((api) -> api.post("/api/keys/generate", null,
                "{\"organization_name\":\"" + name + "\",\"tier\":\"enterprise\"}"));
        return new Organization(reply.text("organization_id"), reply.text("api_key"));
    }

    private void register(Organization organization, String path, boolean inOrder) {
        ask((api) -> api.post("/api/webhooks", organization.key,
                "{\"url\":\"" + this.receiver.url(path) + "\",\"ordered\":" + inOrder + "}"));
    }

    private void post(Organization organization, int rest) {
        while (!this.stopped) {
            int number = this.numbers.getAndIncrement();
            String payload = "{\"n\" : " + number + "}";
            long begun = System.nanoTime();
            Reply reply = ask((api) -> api.post("/api/events", organization.key,
                    "{\"type\":\"a\",\"payload\":" + payload + ",\"dedup_id\":\"" + number + "\"}"));
            String id = (reply.status() / 100 == 2) ? reply.text("id") : null;
            this.posts.add(new Post(organization.id, Integer.toString(number), payload, begun, System.nanoTime(),
                    reply.status(), id));
            this.answered.incrementAndGet();
            if (id != null && organization == this.hooks && number % 10 == 0) {
                acknowledge(organization, List.of(id));
            }
            pause(rest);
        }
    }

    private void acknowledge(Organization organization, List<String> ids) {
        long begun = System.nanoTime();
        ask((api) -> api.post("/api/ack", organization.key, "{\"event_ids\":[\"" + String.join("\",\"", ids) + "\"]}"));
        long ended = System.nanoTime();
        ids.forEach((id) -> this.acks.add(new Ack(id, begun, ended, 200)));
    }

    private void receive(Receiver.Request request, HttpExchange exchange) throws IOException {
        int status = (ThreadLocalRandom.current().nextInt(50) == 0) ? 503 : 200;
        Receiver.respond(exchange, status, "");
        this.receipts.add(new Receipt(request.header("webhook-id"), request.path(), request.nanoTime(),
                System.nanoTime(), status));
    }

    private void readLog() {
        String position = "from=earliest";
        int idle = 0;
        while (!this.drained || idle < 3) {
            String from = position;
            Reply page = ask((api) -> api.get("/api/events?limit=500&" + from, this.hooks.key));
            List<String> ids = ids(page);
            this.read.addAll(ids);
            position = "cursor=" + page.text("next_cursor");
            idle = ids.isEmpty() ? idle + 1 : 0;
            pause(50);
        }
    }

    private void consume(String consumer) {
        while (!this.drained) {
            long begun = System.nanoTime();
            Reply reply = ask((api) -> api.post("/api/inbox/lease", this.shared.key,
                    "{\"limit\":5,\"lease_seconds\":" + LEASE_SECONDS + ",\"consumer\":\"" + consumer + "\"}"));
            long ended = System.nanoTime();
            List<String> ids = ids(reply);
            if (!ids.isEmpty()) {
                long until = System.nanoTime();
                acknowledge(this.shared, ids);
                ids.forEach((id) -> this.grants.add(new Grant(id, consumer, begun, ended, until)));
            }
            pause(50);
        }
    }

    private static List<String> ids(Reply page) {
        return StreamSupport.stream(page.at("/events").spliterator(), false)
            .map((JsonNode event) -> event.get("id").asString())
            .toList();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until this many more events were answered. */
    void awaitMore(int count) {
        long before = this.answered.get();
        await().atMost(PATIENCE).until(() -> this.answered.get() >= before + count || this.refusals.size() > 100);
    }

    List<String> refusals() {
        return List.copyOf(this.refusals);
    }

    long received() {
        return this.receipts.size();
    }

    /**
     * Ends all that they do, once everything has arrived, and tells how it was.
     */
    History history(JdbcClient jdbc) {
        this.stopped = true;
        awaitDone(this.posters);
        await().atMost(PATIENCE).until(() -> open(jdbc) == 0);
        this.drained = true;
        awaitDone(this.readers);
        Map<UUID, String> names = jdbc.sql("select id, url from endpoints")
            .query((row, number) -> Map.entry(row.getObject("id", UUID.class),
                    java.net.URI.create(row.getString("url")).getPath()))
            .list()
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        List<Stored> stored = jdbc.sql("select id, organization_id, dedup_id, payload from events")
            .query((row, number) -> new Stored(row.getString("id"), row.getString("organization_id"),
                    row.getString("dedup_id"), row.getString("payload")))
            .list();
        List<Attempt> attempts = jdbc
            .sql("select event_id, endpoint_id, number, outcome, error_code from delivery_attempts")
            .query((row, number) -> new Attempt(row.getString("event_id"),
                    names.getOrDefault(row.getObject("endpoint_id", UUID.class), "unknown"), row.getInt("number"),
                    row.getString("outcome").charAt(0), row.getString("error_code")))
            .list();
        return new History(List.copyOf(this.posts), List.copyOf(this.acks),
                List.of(new Target("/plain", this.hooks.id, false, 5),
                        new Target("/ordered", this.ordered.id, true, 5)),
                List.copyOf(this.receipts), stored, attempts,
                List.of(new Reading(this.hooks.id, List.copyOf(this.read))), List.copyOf(this.grants), List.of());
    }

    private static void awaitDone(List<Future<?>> clients) {
        await().atMost(PATIENCE).until(() -> clients.stream().allMatch(Future::isDone));
    }

    private static int open(JdbcClient jdbc) {
        return jdbc.sql("""
                select count(*) from event_deliveries where endpoint_id <> '00000000-0000-0000-0000-000000000000'
                """).query(Integer.class).single();
    }

    @Override
    public void close() {
        this.stopped = true;
        this.drained = true;
        this.threads.shutdownNow();
        this.receiver.close();
    }

    /**
     * A customer.
     *
     * @param id its id
     * @param key its key
     */
    private record Organization(String id, String key) {

    }

}
