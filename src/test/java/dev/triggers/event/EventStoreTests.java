package dev.triggers.event;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.triggers.support.Api;
import dev.triggers.support.Concurrently;
import dev.triggers.support.Instance;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Pulse;
import dev.triggers.support.Reply;
import dev.triggers.time.UuidV7;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two instances on one database, and what a database may do to them.
 */
class EventStoreTests {

    private static Instance one;

    private static Instance other;

    private static JdbcClient jdbc;

    private String key;

    @BeforeAll
    static void start() {
        String database = PostgresServer.newDatabase();
        one = Instance.start(database, Map.of());
        other = Instance.start(database, Map.of("EVENT_CREATED_STATUS", "202", "triggers.event.buffer-events", "4",
                "triggers.event.batch-events", "2"));
        jdbc = one.bean(JdbcClient.class);
        jdbc.sql("""
                create function refuse_poison() returns trigger language plpgsql as $$
                begin
                    if new.type = 'poison' then
                        raise exception 'poison' using errcode = new.payload::json ->> 'errcode';
                    end if;
                    return new;
                end $$
                """).update();
        jdbc.sql("create trigger refuse_poison before insert on events for each row execute function refuse_poison()")
            .update();
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
    }

    @BeforeEach
    void join() {
        this.key = one.api().newKey();
    }

    @AfterEach
    void noPlaceInABufferIsLost() {
        for (Instance instance : List.of(one, other)) {
            await().until(instance.bean(EventIngest.class)::idle);
        }
    }

    private static Api api(int client) {
        return ((client % 2 == 0) ? one : other).api();
    }

    private static String event(String type, String payload, String dedupId) {
        return "{\"type\":\"" + type + "\",\"payload\":" + payload + ",\"dedup_id\":\"" + dedupId + "\"}";
    }

    private int stored() {
        return one.api().get("/api/inbox?limit=1000", this.key).at("count").intValue();
    }

    @Test
    void statusOfAcceptanceIsConfigurable() {
        assertThat(one.api().post("/api/events", this.key, event("a", "1", "1")).status()).isEqualTo(201);
        assertThat(other.api().post("/api/events", this.key, event("a", "1", "2")).status()).isEqualTo(202);
    }

    @Test
    void oneOfManyDuplicatesOnTwoInstancesWins() {
        for (int round = 0; round < 10; round++) {
            String body = event("a", "1", "race " + round);
            List<Reply> replies = Concurrently.call(32, (client) -> retried(api(client), "/api/events", body));
            List<Reply> winners = replies.stream().filter((reply) -> reply.status() / 100 == 2).toList();
            assertThat(winners).hasSize(1);
            assertThat(replies).filteredOn((reply) -> reply.status() != 409).isEqualTo(winners);
            assertThat(replies.stream().map((reply) -> reply.text("id")).distinct())
                .containsExactly(winners.getFirst().text("id"));
        }
        assertThat(stored()).isEqualTo(10);
    }

    @Test
    void batchesOfTheSameEventsOnTwoInstancesStoreEachOnce() {
        List<Integer> numbers = new ArrayList<>(IntStream.range(0, 50).boxed().toList());
        List<Reply> replies = Concurrently.call(8, (client) -> {
            List<Integer> shuffled = new ArrayList<>(numbers);
            Collections.shuffle(shuffled, new Random(client));
            return retried(one.api(), "/api/events/batch",
                    shuffled.stream()
                        .map((number) -> event("a", "1", "event " + number))
                        .collect(Collectors.joining(",", "[", "]")));
        });
        assertThat(replies.stream().mapToInt((reply) -> reply.at("accepted").intValue()).sum()).isEqualTo(50);
        assertThat(replies.stream().mapToInt((reply) -> reply.at("duplicates").intValue()).sum()).isEqualTo(350);
        Set<String> ids = new HashSet<>();
        replies.forEach((reply) -> ids.addAll(reply.json().get("results").findValuesAsString("id")));
        assertThat(ids).hasSize(50);
        assertThat(stored()).isEqualTo(50);
    }

    /** The small buffer of one of the instances may be full for a moment. */
    private Reply retried(Api api, String path, String body) {
        Reply reply = api.post(path, this.key, body);
        while (reply.status() == 503) {
            assertThat(reply.header("Retry-After")).isNotNull();
            reply = api.post(path, this.key, body);
        }
        return reply;
    }

    @Test
    void eventThatTheDatabaseRefusesIsTheClientsFault() {
        for (String errcode : List.of("22000", "22P05", "23514", "54001")) {
            String poison = event("poison", "{\"errcode\":\"" + errcode + "\"}", "poison");
            Reply reply = one.api().post("/api/events", this.key, poison);
            assertThat(reply.status()).isEqualTo(400);
        }
        assertThat(one.api().post("/api/events", this.key, event("a", "1", "poison")).status())
            .as("a refused event does not use up its dedup_id")
            .isEqualTo(201);
    }

    @Test
    void eventThatTheDatabaseRefusesDoesNotRefuseItsNeighbours() {
        String events = IntStream.range(0, 100)
            .mapToObj((i) -> (i % 33 == 7) ? event("poison", "{\"errcode\":\"22000\"}", "p" + i)
                    : event("a", "1", "" + i))
            .collect(Collectors.joining(",", "[", "]"));
        Reply reply = one.api().post("/api/events/batch", this.key, events);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("accepted").intValue()).isEqualTo(97);
        assertThat(reply.at("rejected").intValue()).isEqualTo(3);
        assertThat(reply.at("/results/40/status").stringValue()).isEqualTo("rejected");
        assertThat(stored()).isEqualTo(97);
    }

    @Test
    void failureThatIsNotTheClientsIsUnavailableAndStoresNothing() {
        Reply reply = one.api().post("/api/events", this.key, event("poison", "{\"errcode\":\"53100\"}", "full"));
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("1");
        Reply batch = one.api()
            .post("/api/events/batch", this.key, "[" + event("poison", "{\"errcode\":\"40P01\"}", "full") + "]");
        assertThat(batch.status()).isEqualTo(503);
        assertThat(one.api().post("/api/events", this.key, event("a", "1", "full")).status()).isEqualTo(201);
    }

    @Test
    void dayThatIsMissingIsMade() {
        String day = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC).toString().replace("-", "");
        for (String table : List.of("events", "delivery_attempts", "event_acks")) {
            jdbc.sql("drop table " + table + "_" + day).update();
        }
        List<Reply> replies = Concurrently.call(16,
                (client) -> retried(api(client), "/api/events", event("a", "1", "day " + client)));
        assertThat(replies).allMatch((reply) -> reply.status() / 100 == 2);
        assertThat(stored()).isEqualTo(16);
    }

    @Test
    void eventsOfDaysThatClocksMayMeanAreStored() {
        UUID organization = UUID.fromString(one.api().get("/api/keys", this.key).text("organization_id"));
        List<NewEvent> events = Stream.of(-40, 10, 10, 400)
            .map((days) -> UuidV7.floor(Instant.now().plus(Duration.ofDays(days))).getMostSignificantBits())
            .map((high) -> new UUID(high | 0x7000, UUID.randomUUID().getLeastSignificantBits()))
            .map((id) -> new NewEvent(organization, id, "a", null, null, "1"))
            .toList();
        Map<UUID, IngestResult> results = one.bean(EventWriter.class).write(events);
        assertThat(results).hasSize(4)
            .allSatisfy((id, result) -> assertThat(result).isInstanceOf(IngestResult.Accepted.class));
    }

    @Test
    void clientsOfAStuckDatabaseAreToldToComeBackAndTheBufferStaysBounded() {
        new TransactionTemplate(one.bean(PlatformTransactionManager.class)).executeWithoutResult((transaction) -> {
            jdbc.sql("lock table deduplication_cache in access exclusive mode").update();
            List<Reply> replies;
            try (Pulse pulse = new Pulse()) {
                long started = System.nanoTime();
                replies = Concurrently.call(12,
                        (client) -> other.api().post("/api/events", this.key, event("a", "1", "stuck " + client)));
                assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .isLessThan(pulse.allow(Duration.ofSeconds(3)));
            }
            assertThat(replies).allSatisfy((reply) -> {
                assertThat(reply.status()).isEqualTo(503);
                assertThat(reply.header("Retry-After")).isEqualTo("1");
                assertThat(reply.text("code")).isEqualTo("service_unavailable");
            });
            assertThat(replies).filteredOn((reply) -> reply.body().contains("buffer")).hasSizeGreaterThanOrEqualTo(4);
            transaction.setRollbackOnly();
        });
        await().until(() -> other.api().post("/api/events", this.key, event("a", "1", "after")).status() != 503);
    }

}
