package dev.triggers.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.triggers.client.model.KeyRequest;
import dev.triggers.client.model.LeaseRequest;
import dev.triggers.client.model.ListInboxQuery;
import dev.triggers.client.model.WebhookChange;
import dev.triggers.client.model.WebhookRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the real service that clients/verify started. */
@EnabledIfEnvironmentVariable(named = "TRIGGERS_URL", matches = "http.+")
class ServiceTests {

    private static final Options PATIENT = Options.defaults().withTotalTime(Duration.ofMinutes(1));

    private final Triggers triggers = fresh();

    private static Triggers fresh() {
        String url = System.getenv("TRIGGERS_URL");
        String key = new Triggers(url, null, PATIENT).generateKey(KeyRequest.of("java " + UUID.randomUUID()).tier("enterprise")).apiKey();
        return new Triggers(url, key, PATIENT);
    }

    private static List<Event> numbered(int count) {
        return IntStream.range(0, count).mapToObj((number) -> Event.of("t", number)).toList();
    }

    private int open() {
        int count = 0;
        for (Object event : this.triggers.eachInbox(ListInboxQuery.of().limit(1000))) {
            count += (event != null) ? 1 : 0;
        }
        return count;
    }

    @Test
    void anEventIsStoredOnce() {
        Sent sent = this.triggers.send("user.created", Map.of("text", "<ä>"));
        assertEquals(Map.of("text", "<ä>"), this.triggers.getEvent(sent.id()).payload());
        ApiException.DuplicateEvent duplicate = assertThrows(ApiException.DuplicateEvent.class,
                () -> this.triggers.send(Event.of("user.created", 1).withDedupId(sent.dedupId())));
        assertEquals(sent.id(), duplicate.id());
        assertEquals("type", assertThrows(ApiException.InvalidRequest.class, () -> this.triggers.send("", 1)).errors().get(0).field());
        assertEquals(sent.id(), this.triggers.async().getEvent(sent.id()).join().id());
    }

    @Test
    void aBatchIsSplit() {
        List<Event> events = new ArrayList<>(numbered(2_100));
        events.add(Event.of("", 1));
        BatchSent sent = this.triggers.sendBatch(events);
        assertEquals(List.of(2_100, 1), List.of(sent.accepted(), sent.rejected()));
        assertEquals(2_100, open());
    }

    @Test
    void endpoints() {
        String id = this.triggers.createWebhook(WebhookRequest.of("https://example.com/hook").eventTypes(List.of("user.*"))).id();
        assertEquals("new", this.triggers.changeWebhook(id, WebhookChange.of().description("new")).description());
        this.triggers.deleteWebhook(id);
        assertThrows(ApiException.NotFound.class, () -> this.triggers.getWebhook(id));
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void whatIsHandledIsAcknowledged(boolean leases) throws Exception {
        this.triggers.sendBatch(numbered(500));
        Set<Object> seen = ConcurrentHashMap.newKeySet();
        CountDownLatch all = new CountDownLatch(500);
        ConsumeOptions options = ConsumeOptions.defaults().withParallel(4).withRetryWaits(Duration.ofMillis(100), Duration.ofSeconds(1));
        InboxConsumer consumer = this.triggers.inbox().consume((event) -> {
            if (Long.valueOf(7).equals(event.payload()) && seen.add("failed once")) {
                throw new IllegalStateException("not yet");
            }
            if (seen.add(event.payload())) {
                all.countDown();
            }
        }, leases ? options : options.withLongPoll());
        assertTrue(all.await(1, TimeUnit.MINUTES));
        consumer.stop();
        Consumed consumed = consumer.await();
        assertEquals(List.of(500, 1, 500), List.of(consumed.handled(), consumed.failed(), consumed.acknowledged()));
        assertEquals(0, open());
    }

    @Test
    void theLogIsFollowedFromAPosition() throws Exception {
        this.triggers.sendBatch(numbered(250));
        ConcurrentLinkedQueue<Object> seen = new ConcurrentLinkedQueue<>();
        CountDownLatch all = new CountDownLatch(250);
        FollowOptions options = FollowOptions.defaults().withConsumer("billing").withLimit(50);
        Follower first = this.triggers.log().follow((event) -> {
            seen.add(event.payload());
            all.countDown();
        }, options);
        assertTrue(all.await(1, TimeUnit.MINUTES));
        first.close();
        assertEquals(250, Set.copyOf(seen).size());
        this.triggers.send("t", "later");
        CountDownLatch later = new CountDownLatch(1);
        Follower second = this.triggers.log().follow((event) -> {
            if ("later".equals(event.payload())) {
                later.countDown();
            }
        }, options);
        assertTrue(later.await(1, TimeUnit.MINUTES));
        second.close();
    }

    @Test
    void theStreamTellsWhatHappens() {
        String cursor = this.triggers.readLog().nextCursor();
        Sent sent = this.triggers.send("t", 1);
        try (EventStream stream = this.triggers.stream(StreamOptions.defaults().withKinds("event.accepted").withCursor(cursor))) {
            StreamEvent event = stream.next();
            assertEquals("event.accepted", event.kind());
            assertEquals(sent.id(), Vectors.object(event.data()).get("id"));
        }
    }

    @Test
    void whatIsWrongIsNamed() {
        ApiException.InvalidRequest failure = assertThrows(ApiException.InvalidRequest.class, () -> this.triggers.send("", 1));
        assertEquals("type", failure.errors().get(0).field());
        assertTrue(!failure.requestId().isEmpty());
        assertThrows(ApiException.Unauthorized.class, () -> new Triggers(System.getenv("TRIGGERS_URL"), "zap_live_" + "0".repeat(64)).getKey());
    }

    @Test
    void theLimitIsWaitedFor() {
        String key = this.triggers.generateKey(KeyRequest.of("java " + UUID.randomUUID())).apiKey();
        Triggers free = new Triggers(System.getenv("TRIGGERS_URL"), key, PATIENT.withBatches(50, 8_388_608));
        assertEquals(101, free.sendBatch(numbered(101)).accepted());
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void whatAlwaysFailsIsPoison(boolean leases) throws Exception {
        this.triggers.sendBatch(numbered(20));
        CountDownLatch all = new CountDownLatch(20);
        ConcurrentLinkedQueue<String> poison = new ConcurrentLinkedQueue<>();
        ConsumeOptions options = ConsumeOptions.defaults().withRetryWaits(Duration.ofMillis(50), Duration.ofSeconds(1)).withPoison(3, (event, failure) -> {
            poison.add(event.payload() + " " + failure.getMessage());
            all.countDown();
            return true;
        });
        InboxConsumer consumer = this.triggers.inbox().consume((event) -> {
            if (Long.valueOf(7).equals(event.payload())) {
                throw new IllegalStateException("no");
            }
            all.countDown();
        }, leases ? options : options.withLongPoll());
        assertTrue(all.await(1, TimeUnit.MINUTES));
        consumer.stop();
        Consumed consumed = consumer.await();
        assertEquals(List.of("7 no"), List.copyOf(poison));
        assertEquals(List.of(19, 3, 20, 1), List.of(consumed.handled(), consumed.failed(), consumed.acknowledged(), consumed.poison().size()));
        assertEquals(0, open());
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void stoppingFinishesWhatIsUnderWay(boolean leases) throws Exception {
        this.triggers.sendBatch(numbered(50));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ConsumeOptions options = ConsumeOptions.defaults();
        InboxConsumer consumer = this.triggers.inbox().consume((event) -> {
            begun.countDown();
            go.await();
        }, leases ? options : options.withLongPoll());
        assertTrue(begun.await(1, TimeUnit.MINUTES));
        consumer.stop();
        go.countDown();
        Consumed consumed = consumer.await();
        assertEquals(List.of(1, 1), List.of(consumed.handled(), consumed.acknowledged()));
        assertEquals(49, open());
        // What was not begun is given back.
        assertEquals(49, this.triggers.lease(LeaseRequest.of().limit(100)).count());
    }

    @Test
    void aSlowHandlerKeepsItsLease() throws Exception {
        this.triggers.send("t", 1);
        CountDownLatch done = new CountDownLatch(1);
        InboxConsumer consumer = this.triggers.inbox().consume((event) -> {
            Instant first = leasedUntil();
            while (!leasedUntil().isAfter(first)) {
                Thread.sleep(20);
            }
            done.countDown();
        }, ConsumeOptions.defaults().withLease(Duration.ofSeconds(6)));
        assertTrue(done.await(1, TimeUnit.MINUTES));
        consumer.stop();
        Consumed consumed = consumer.await();
        assertEquals(List.of(1, 0, 1), List.of(consumed.handled(), consumed.failed(), consumed.acknowledged()));
    }

    private Instant leasedUntil() {
        return this.triggers.listLeases().leases().get(0).leasedUntil();
    }

}
