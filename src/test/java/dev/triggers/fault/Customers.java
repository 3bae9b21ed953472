package dev.triggers.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.sun.net.httpserver.HttpExchange;
import dev.triggers.fault.History.Ack;
import dev.triggers.fault.History.Attempt;
import dev.triggers.fault.History.Disturbance;
import dev.triggers.fault.History.Grant;
import dev.triggers.fault.History.Post;
import dev.triggers.fault.History.Reading;
import dev.triggers.fault.History.Receipt;
import dev.triggers.fault.History.Stored;
import dev.triggers.fault.History.Target;
import dev.triggers.support.Api;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import static org.awaitility.Awaitility.await;

/**
 * Everybody who uses the service during a run, as they should: they post with a
 * {@code dedup_id} and again until they have an answer, acknowledge some, receive, read
 * the log from where they were, and share an inbox. All that they do and hear is written
 * down.
 */
final class Customers implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** Of a client: an instance may be frozen. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final int LEASE_SECONDS = 5;

    /** Of events to receivers that never take any: seconds between their attempts. */
    private static final List<Integer> ROGUES_WAIT = List.of(1, 1);

    private static final int POSTERS = 6;

    /** Of requests that receivers refuse. */
    private static final double REFUSED = 0.02;

    private final Queue<Post> posts = new ConcurrentLinkedQueue<>();

    private final Queue<Ack> acks = new ConcurrentLinkedQueue<>();

    private final Queue<Receipt> receipts = new ConcurrentLinkedQueue<>();

    private final Queue<Grant> grants = new ConcurrentLinkedQueue<>();

    private final Queue<Disturbance> disturbances = new ConcurrentLinkedQueue<>();

    private final List<String> read = new ArrayList<>();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private final List<Future<?>> clients = new ArrayList<>();

    private final AtomicInteger numbers = new AtomicInteger();

    private final Receiver receiver = new Receiver();

    private final Supplier<Api> service;

    private final Organization hooks;

    private final Organization ordered;

    private final Organization shared;

    private final Organization annoyed;

    private final Rogues rogues;

    private final String host;

    private final Random random;

    private final AtomicInteger toHold = new AtomicInteger();

    private final CountDownLatch released = new CountDownLatch(1);

    private volatile boolean closing;

    private volatile boolean stopped;

    private volatile boolean drained;

    /**
     * Begins all that they do.
     * @param service an instance, perhaps another one each time
     * @param inOrder where events of an ordered endpoint are posted
     * @param host the name of this machine, as the service knows it
     */
    Customers(Supplier<Api> service, Supplier<Api> inOrder, String host, long seed) {
        this.service = service;
        this.host = host;
        this.random = new Random(seed);
        this.receiver.answer(this::receive);
        this.hooks = organization("hooks");
        this.ordered = organization("ordered");
        this.shared = organization("shared");
        this.annoyed = organization("annoyed");
        this.rogues = new Rogues(host, this.receipts::add);
        register(this.hooks, "/plain", false);
        register(this.ordered, "/ordered", true);
        this.rogues.urls().forEach(this::registerRogue);
        for (int i = 0; i < POSTERS; i++) {
            run(() -> post(this.hooks, this.service, 0.1, 5));
        }
        // One after the other takes longer
        run(() -> post(this.ordered, inOrder, 0, 100));
        run(() -> post(this.shared, this.service, 0, 20));
        run(this::readLog);
        run(() -> consume("one"));
        run(() -> consume("other"));
    }

    private void run(Runnable client) {
        this.clients.add(this.threads.submit(client));
    }

    private Organization organization(String name) {
        String body = "{\"organization_name\":\"" + name + "\",\"tier\":\"enterprise\"}";
        Reply reply = patiently(() -> {
            Api api = this.service.get();
            // Where there is an operator, the tier is for it to give
            return api.send(api.request("/api/keys/generate", null)
                .header("Content-Type", "application/json")
                .header("X-Admin-Token", "operators-token")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body)));
        });
        return new Organization(reply.text("organization_id"), reply.text("api_key"));
    }

    private void register(Organization organization, String path, boolean inOrder) {
        String url = this.receiver.url(path).replace("//localhost:", "//" + this.host + ":");
        patiently(() -> this.service.get()
            .post("/api/webhooks", organization.key, "{\"url\":\"" + url + "\",\"ordered\":" + inOrder + "}"));
    }

    private void registerRogue(String url) {
        patiently(() -> this.service.get()
            .post("/api/webhooks", this.annoyed.key,
                    "{\"url\":\"" + url + "\",\"retry_schedule\":" + ROGUES_WAIT + "}"));
    }

    /** Posts events that each of the receivers gets which take none. */
    void annoy(int events) {
        for (int i = 0; i < events; i++) {
            postOne(this.annoyed, this.service);
        }
    }

    /** Lets each request come over a connection of its own, which looks the name up. */
    void keepNoConnections(boolean none) {
        this.closing = none;
    }

    /** Leaves this many requests without an answer, of those that come next. */
    void hold(int requests) {
        this.toHold.set(requests);
        await().atMost(PATIENCE).until(() -> this.toHold.get() <= 0);
    }

    private static Reply patiently(Supplier<Reply> request) {
        return await().atMost(PATIENCE).until(() -> {
            Reply reply = attempt(request);
            return (reply != null && reply.status() / 100 == 2) ? reply : null;
        }, (reply) -> reply != null);
    }

    /** Null if there was no answer. */
    private static @Nullable Reply attempt(Supplier<Reply> request) {
        try {
            return request.get();
        }
        catch (UncheckedIOException ex) {
            return null;
        }
    }

    private static @Nullable Reply send(Api api, String method, String path, String key, String body) {
        return attempt(() -> api.send(api.request(path, key)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .method(method, java.net.http.HttpRequest.BodyPublishers.ofString(body))));
    }

    private void post(Organization organization, Supplier<Api> at, double acknowledged, int rest) {
        while (!this.stopped) {
            String id = postOne(organization, at);
            pause(rest);
            if (id != null && chance(acknowledged)) {
                acknowledge(organization, List.of(id));
            }
        }
    }

    /** Again and again, until it was answered. */
    private @Nullable String postOne(Organization organization, Supplier<Api> at) {
        int number = this.numbers.getAndIncrement();
        String payload = "{\"n\" : " + number + "}";
        String id = post(organization, at.get(), number, payload);
        while (id == null && !this.drained) {
            pause(50);
            id = post(organization, at.get(), number, payload);
        }
        return id;
    }

    private @Nullable String post(Organization organization, Api api, int number, String payload) {
        long begun = System.nanoTime();
        Reply reply = send(api, "POST", "/api/events", organization.key,
                "{\"type\":\"a\",\"payload\":" + payload + ",\"dedup_id\":\"" + number + "\"}");
        int status = (reply != null) ? reply.status() : 0;
        String id = (reply != null && (status / 100 == 2 || status == 409)) ? reply.text("id") : null;
        this.posts
            .add(new Post(organization.id, Integer.toString(number), payload, begun, System.nanoTime(), status, id));
        return id;
    }

    private void acknowledge(Organization organization, List<String> ids) {
        long begun = System.nanoTime();
        Reply reply = send(this.service.get(), "POST", "/api/ack", organization.key,
                "{\"event_ids\":[\"" + String.join("\",\"", ids) + "\"]}");
        long ended = System.nanoTime();
        for (int i = 0; i < ids.size(); i++) {
            boolean done = reply != null && reply.status() == 200
                    && reply.at("/results/" + i + "/status").asString().equals("acknowledged");
            this.acks.add(new Ack(ids.get(i), begun, ended, done ? 200 : 0));
        }
    }

    private void receive(Receiver.Request request, HttpExchange exchange) throws IOException {
        if (request.path().equals("/plain") && this.toHold.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
            hang(request);
            return;
        }
        pause(this.random.nextInt(20));
        int status = chance(REFUSED) ? 503 : 200;
        if (this.closing) {
            exchange.getResponseHeaders().set("Connection", "close");
        }
        try {
            Receiver.respond(exchange, status, "");
        }
        catch (IOException ex) {
            // The sender has gone; what was received was received
        }
        this.receipts.add(new Receipt(request.header("webhook-id"), request.path(), request.nanoTime(),
                System.nanoTime(), status));
    }

    private void hang(Receiver.Request request) {
        this.receipts
            .add(new Receipt(request.header("webhook-id"), request.path(), request.nanoTime(), History.NEVER, 0));
        try {
            this.released.await();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private void readLog() {
        String position = "from=earliest";
        int idle = 0;
        while (!this.drained || idle < 3) {
            Reply page = send(this.service.get(), "GET", "/api/events?limit=500&" + position, this.hooks.key, "");
            if (page == null || page.status() != 200) {
                pause(50);
                continue;
            }
            List<String> ids = StreamSupport.stream(page.at("/events").spliterator(), false)
                .map((event) -> event.get("id").asString())
                .toList();
            this.read.addAll(ids);
            position = "cursor=" + page.text("next_cursor");
            idle = ids.isEmpty() ? idle + 1 : 0;
            pause(20);
        }
    }

    private void consume(String consumer) {
        while (!this.drained) {
            long begun = System.nanoTime();
            Reply reply = send(this.service.get(), "POST", "/api/inbox/lease", this.shared.key,
                    "{\"limit\":5,\"lease_seconds\":" + LEASE_SECONDS + ",\"consumer\":\"" + consumer + "\"}");
            if (reply == null || reply.status() != 200 || reply.at("/count").intValue() == 0) {
                pause(50);
                continue;
            }
            long ended = System.nanoTime();
            List<String> ids = StreamSupport.stream(reply.at("/events").spliterator(), false)
                .map((JsonNode event) -> event.get("id").asString())
                .toList();
            pause(this.random.nextInt(30));
            long until = Math.min(System.nanoTime(), begun + TimeUnit.SECONDS.toNanos(LEASE_SECONDS));
            acknowledge(this.shared, ids);
            ids.forEach((id) -> this.grants.add(new Grant(id, consumer, begun, ended, until)));
        }
    }

    private boolean chance(double share) {
        return this.random.nextDouble() < share;
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes down that what is under way now may come again. */
    void disturbed(String what, long begun, long ended) {
        this.disturbances.add(new Disturbance(what, begun, ended));
    }

    /** Waits until this many more events were answered. */
    void awaitMore(int count) {
        long before = answered();
        await().atMost(PATIENCE).until(() -> answered() >= before + count);
    }

    private long answered() {
        return this.posts.stream().filter(Post::answered).count();
    }

    /**
     * Ends all that they do, once everything has arrived, and tells how it was.
     */
    History history(JdbcClient jdbc) {
        this.stopped = true;
        await().atMost(PATIENCE).until(() -> this.clients.subList(0, POSTERS + 2).stream().allMatch(Future::isDone));
        await().atMost(PATIENCE).until(() -> open(jdbc) == 0);
        this.drained = true;
        this.released.countDown();
        await().atMost(PATIENCE).until(() -> this.clients.stream().allMatch(Future::isDone));
        Map<UUID, String> names = names(jdbc);
        return new History(List.copyOf(this.posts), List.copyOf(this.acks), targets(), List.copyOf(this.receipts),
                stored(jdbc), attempts(jdbc, names), List.of(new Reading(this.hooks.id, List.copyOf(this.read))),
                List.copyOf(this.grants), List.copyOf(this.disturbances));
    }

    private List<Target> targets() {
        List<Target> targets = new ArrayList<>(
                List.of(new Target("/plain", this.hooks.id, false, FaultRun.WAITS.size() + 1),
                        new Target("/ordered", this.ordered.id, true, FaultRun.WAITS.size() + 1)));
        this.rogues.urls()
            .forEach((url) -> targets
                .add(new Target(java.net.URI.create(url).getPath(), this.annoyed.id, false, ROGUES_WAIT.size() + 1)));
        return targets;
    }

    /** All of them. */
    List<UUID> all() {
        return List.of(organizations());
    }

    private UUID[] organizations() {
        return Stream.of(this.hooks, this.ordered, this.shared, this.annoyed)
            .map((organization) -> UUID.fromString(organization.id))
            .toArray(UUID[]::new);
    }

    private int open(JdbcClient jdbc) {
        return jdbc.sql("""
                select count(*) from event_deliveries
                where organization_id = any (:organizations) and endpoint_id <> '00000000-0000-0000-0000-000000000000'
                """).param("organizations", organizations()).query(Integer.class).single();
    }

    private Map<UUID, String> names(JdbcClient jdbc) {
        return jdbc.sql("select id, url from endpoints where organization_id = any (:organizations)")
            .param("organizations", organizations())
            .query((row, number) -> Map.entry(row.getObject("id", UUID.class),
                    java.net.URI.create(row.getString("url")).getPath()))
            .list()
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private List<Stored> stored(JdbcClient jdbc) {
        return jdbc.sql(
                "select id, organization_id, dedup_id, payload from events where organization_id = any (:organizations)")
            .param("organizations", organizations())
            .query((row, number) -> new Stored(row.getString("id"), row.getString("organization_id"),
                    row.getString("dedup_id"), row.getString("payload")))
            .list();
    }

    private List<Attempt> attempts(JdbcClient jdbc, Map<UUID, String> names) {
        return jdbc.sql("""
                select event_id, endpoint_id, number, outcome, error_code from delivery_attempts
                where organization_id = any (:organizations)
                """)
            .param("organizations", organizations())
            .query((row, number) -> new Attempt(row.getString("event_id"),
                    names.getOrDefault(row.getObject("endpoint_id", UUID.class), "unknown"), row.getInt("number"),
                    row.getString("outcome").charAt(0), row.getString("error_code")))
            .list();
    }

    @Override
    public void close() {
        this.stopped = true;
        this.drained = true;
        this.released.countDown();
        this.threads.shutdownNow();
        this.rogues.close();
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
