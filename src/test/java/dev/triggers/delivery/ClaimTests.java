package dev.triggers.delivery;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import dev.triggers.delivery.AttemptOutcome.Verdict;
import dev.triggers.sending.AttemptFailure;
import dev.triggers.sending.AttemptResult;
import dev.triggers.sending.Excerpt;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Rows;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The statements of the worker. What a test stores, it stores in a transaction that it
 * rolls back, or for endpoints that nobody is told of.
 */
@IntegrationTest
class ClaimTests {

    private static final UUID START = new UUID(0, 0);

    private static final Duration LEASE = Duration.ofSeconds(30);

    @Autowired
    private ClaimRepository claims;

    @Autowired
    private OutcomeRepository outcomes;

    @Autowired
    private SenderRepository sender;

    @Autowired
    private DeliveryRepository deliveries;

    @Autowired
    private SettlementRepository settlement;

    @Autowired
    private AbandonedRepository abandoned;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private PlatformTransactionManager transactions;

    @Test
    void claimCostsWhatItTakesWhateverIsPending() {
        rolledBack(() -> {
            List<UUID> endpoints = endpoints(500, 50);
            store(endpoints, 40);
            Map<String, Long> before = touched();
            Claim claim = this.claims.claim(request(START, 100));
            assertThat(claim.deliveries()).hasSize(100);
            Map<String, Long> after = touched();
            assertThat(after.get("seq_scan") - before.get("seq_scan")).as("tables read from end to end").isZero();
            assertThat(after.get("rows") - before.get("rows")).as("rows read")
                .isBetween(100L, (long) ClaimRepository.PROBES * 12);
            before = after;
            Set<Integer> counted = this.outcomes.record(claim.deliveries().stream().map(ClaimTests::delivered).toList())
                .counted();
            assertThat(counted).hasSize(100);
            after = touched();
            assertThat(after.get("seq_scan") - before.get("seq_scan")).isZero();
            assertThat(after.get("rows") - before.get("rows")).isBetween(100L, 1_000L);
            before = after;
            this.settlement.unsettled();
            this.settlement.orderedToMove();
            this.settlement.hasOpen(endpoints.getFirst());
            after = touched();
            assertThat(after.get("seq_scan") - before.get("seq_scan")).isZero();
        });
    }

    @Test
    void turnsGoRoundAmongEndpointsAlthoughEachLookTakesFew() {
        rolledBack(() -> {
            List<UUID> endpoints = endpoints(30, 3);
            store(endpoints, 20);
            Map<UUID, Integer> turns = new HashMap<>();
            UUID after = START;
            for (int look = 0; look < 30; look++) {
                Claim claim = this.claims.claim(request(after, 7));
                claim.deliveries().forEach((delivery) -> turns.merge(delivery.endpointId(), 1, Integer::sum));
                after = (claim.next() != null) ? claim.next() : START;
            }
            assertThat(turns).containsOnlyKeys(endpoints);
            assertThat(turns.values()).allSatisfy((taken) -> assertThat(taken).isGreaterThanOrEqualTo(3));
        });
    }

    @Test
    void oldestDeliveriesOfAnEndpointAreClaimedFirst() {
        rolledBack(() -> {
            List<UUID> endpoints = endpoints(1, 1);
            store(endpoints, 50);
            List<UUID> oldest = this.jdbc
                .sql("select event_id from event_deliveries where endpoint_id = :id order by due_at limit 10")
                .param("id", endpoints.getFirst())
                .query(UUID.class)
                .list();
            Claim claim = this.claims.claim(request(START, 10));
            assertThat(claim.deliveries()).extracting(Delivery::eventId).containsExactlyInAnyOrderElementsOf(oldest);
        });
    }

    @Test
    void roomDecidesHowManyAreTaken() {
        rolledBack(() -> {
            List<UUID> endpoints = endpoints(3, 3);
            store(endpoints, 50);
            Claim claim = this.claims.claim(new Claim.Request(START, 100, 5,
                    Map.of(endpoints.get(0), 0, endpoints.get(1), 3), Map.of(), LEASE, (short) 1, System.nanoTime()));
            Map<UUID, Integer> taken = new HashMap<>();
            claim.deliveries().forEach((delivery) -> taken.merge(delivery.endpointId(), 1, Integer::sum));
            assertThat(taken).containsExactlyInAnyOrderEntriesOf(Map.of(endpoints.get(1), 3, endpoints.get(2), 5));
        });
    }

    @Test
    void leasesOfAnInstanceThatEndedAreGivenBackWithoutALookAtWhatWaits() {
        rolledBack(() -> {
            List<UUID> endpoints = endpoints(AbandonedRepository.PROBES + 10, 5);
            store(endpoints, 20);
            this.jdbc.sql("insert into instances (number, process, ended_at) values (41, :id, now()), (42, :id, null)")
                .param("id", START)
                .update();
            int ended = lease(endpoints.subList(0, 5), 41) + lease(endpoints.subList(205, 210), 41);
            int lives = lease(endpoints.subList(5, 10), 42);
            int retried = lease(endpoints.subList(10, 15), null);
            long before = touched().get("rows");
            AbandonedRepository.Step first = this.abandoned.giveBack((short) 41, START, LEASE);
            assertThat(touched().get("rows") - before).as("rows read")
                .isLessThan(AbandonedRepository.PROBES * 3L + ended + lives + retried);
            AbandonedRepository.Step second = this.abandoned.giveBack((short) 41, Objects.requireNonNull(first.next()),
                    LEASE);
            assertThat(second.next()).isNull();
            assertThat(first.freed() + second.freed()).isEqualTo(ended);
            assertThat(this.abandoned.giveBack((short) 42, START, LEASE).freed()).as("it lives").isZero();
            assertThat(count("select count(*) from event_deliveries where leased is not null and due_at > now()"))
                .isEqualTo(lives);
            assertThat(count("select count(*) from event_deliveries where due_at > now() and due_at < 'infinity'"))
                .isEqualTo(lives + retried);
        });
    }

    private int lease(List<UUID> endpoints, @Nullable Integer instance) {
        return this.jdbc.sql("""
                update event_deliveries set leased = :instance::int, due_at = now() + interval '10 seconds'
                where endpoint_id = any (:endpoints) and ctid = any (array(
                  select max(ctid) from event_deliveries where endpoint_id = any (:endpoints) group by endpoint_id))
                """).param("instance", instance).param("endpoints", endpoints.toArray(UUID[]::new)).update();
    }

    private long count(String sql) {
        return this.jdbc.sql(sql).query(Long.class).single();
    }

    @Test
    void lateOutcomeChangesNothing() {
        rolledBack(() -> {
            store(endpoints(1, 1), 1);
            Delivery delivery = this.claims.claim(request(START, 10)).deliveries().getFirst();
            this.jdbc.sql("update event_deliveries set due_at = due_at + interval '1 s' where event_id = :id")
                .param("id", delivery.eventId())
                .update();
            assertThat(this.outcomes.record(List.of(delivered(delivery))).counted()).isEmpty();
            this.deliveries.release(List.of(delivery), Duration.ZERO);
            assertThat(this.jdbc.sql("""
                    select count(*) from event_deliveries where event_id = :id and attempts = 0 and due_at > now()
                    """).param("id", delivery.eventId()).query(Long.class).single()).isEqualTo(1);
        });
    }

    /**
     * Two workers that claim and record while events are acknowledged: nothing is held
     * twice, and each delivery ends once.
     */
    @Test
    void workersAndAcknowledgementsNeverMeet() throws Exception {
        List<UUID> endpoints = new ArrayList<>();
        Rows rows = new Rows(this.jdbc);
        UUID organization = rows.organization();
        for (int i = 0; i < 6; i++) {
            endpoints.add(rows.endpoint(organization, "https://example.com/" + i));
        }
        List<UUID> events = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            UUID event = rows.event(organization, "race", "{}");
            events.add(event);
            for (UUID endpoint : endpoints) {
                rows.parked(organization, event, endpoint);
            }
        }
        Race race = new Race(organization, endpoints);
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<?>> ends = List.of(threads.submit(race.worker(1)), threads.submit(race.worker(2)),
                    threads.submit(() -> race.acknowledge(events.subList(0, 30))));
            for (Future<?> end : ends) {
                end.get();
            }
        }
        assertThat(race.heldTwice).hasValue(0);
        assertThat(count("select count(*) from event_deliveries where organization_id = :id", organization)).isZero();
        assertThat(count("""
                select count(*) from dead_letters d where organization_id = :id and (attempts <> 5 or 5 <> (
                  select count(*) from delivery_attempts a where a.organization_id = d.organization_id
                  and a.event_id = d.event_id and a.endpoint_id = d.endpoint_id))
                """, organization)).as("dead letters not after exactly five attempts").isZero();
        long ended = count("""
                select count(*) from delivery_attempts where organization_id = :id and outcome in ('d', 'f')
                  and event_id not in (select event_id from event_acks where organization_id = :id)
                """, organization);
        assertThat(ended).isEqualTo(90 * 6);
        assertThat(count("""
                select count(*) from dead_letters d where organization_id = :id and exists (
                  select from event_acks a where a.organization_id = d.organization_id and a.event_id = d.event_id)
                """, organization)).as("dead letters of acknowledged events").isZero();
    }

    /** Its endpoints have no health, so it claims them by a statement of its own. */
    private final class Race {

        private final UUID organization;

        private final List<UUID> endpoints;

        private final Set<String> held = ConcurrentHashMap.newKeySet();

        private final AtomicInteger heldTwice = new AtomicInteger();

        Race(UUID organization, List<UUID> endpoints) {
            this.organization = organization;
            this.endpoints = endpoints;
        }

        Callable<Void> worker(int seed) {
            return () -> {
                Random random = new Random(seed);
                while (count("select count(*) from event_deliveries where organization_id = :id",
                        this.organization) > 0) {
                    List<Delivery> claimed = claim(random.nextInt(1, 40));
                    for (Delivery delivery : claimed) {
                        if (!this.held.add(delivery.eventId() + " " + delivery.endpointId())) {
                            this.heldTwice.incrementAndGet();
                        }
                    }
                    List<AttemptOutcome> outcomes = claimed.stream()
                        .map((delivery) -> outcome(delivery, random))
                        .toList();
                    claimed.forEach((delivery) -> this.held.remove(delivery.eventId() + " " + delivery.endpointId()));
                    ClaimTests.this.outcomes.record(outcomes);
                }
                return null;
            };
        }

        private List<Delivery> claim(int limit) {
            return ClaimTests.this.jdbc.sql("""
                    with due as materialized (select d.ctid as tid from event_deliveries d
                      where organization_id = :organization and (due_at = 'infinity' or due_at <= now())
                      order by due_at limit :limit for update skip locked)
                    update event_deliveries d set due_at = now() + interval '30 s' from due where d.ctid = due.tid
                    returning d.*
                    """)
                .param("organization", this.organization)
                .param("limit", limit)
                .query((row, number) -> new Delivery(this.organization, row.getObject("event_id", UUID.class),
                        row.getObject("endpoint_id", UUID.class), row.getObject("due_at", OffsetDateTime.class),
                        row.getInt("attempts"), row.getInt("remaining"), "race", "{}", 2, false, null, 0))
                .list();
        }

        private AttemptOutcome outcome(Delivery delivery, Random random) {
            assertThat(this.endpoints).contains(delivery.endpointId());
            if (random.nextInt(4) == 0) {
                return delivered(delivery);
            }
            Verdict verdict = delivery.lastAttempt() ? new Verdict.GiveUp() : new Verdict.Retry(Duration.ZERO);
            return ended(delivery, AttemptResult.Failure.of(AttemptFailure.CONNECTION_RESET), verdict);
        }

        void acknowledge(List<UUID> events) {
            TransactionTemplate transaction = new TransactionTemplate(ClaimTests.this.transactions);
            for (UUID event : events) {
                transaction.executeWithoutResult((status) -> {
                    for (String table : List.of("event_deliveries", "dead_letters")) {
                        List<String> tids = ClaimTests.this.jdbc.sql("select ctid from " + table
                                + " where organization_id = :organization and event_id = :event order by endpoint_id for update")
                            .param("organization", this.organization)
                            .param("event", event)
                            .query((row, number) -> row.getString(1))
                            .list();
                        ClaimTests.this.jdbc.sql("delete from " + table + " where ctid = any(:tids::tid[])")
                            .param("tids", tids.toArray(String[]::new))
                            .update();
                    }
                    new Rows(ClaimTests.this.jdbc).acknowledged(this.organization, event,
                            java.time.Clock.systemUTC().instant());
                });
            }
        }

    }

    private static AttemptOutcome delivered(Delivery delivery) {
        return ended(delivery, new AttemptResult.Success(200, Excerpt.EMPTY, null), new Verdict.Delivered());
    }

    private static AttemptOutcome ended(Delivery delivery, AttemptResult result, Verdict verdict) {
        return new AttemptOutcome(delivery, result, verdict, delivery.lease(), Duration.ofMillis(5), 0, null);
    }

    private static Claim.Request request(UUID after, int limit) {
        return new Claim.Request(after, limit, 64, Map.of(), Map.of(), LEASE, (short) 1, System.nanoTime());
    }

    private void rolledBack(Runnable test) {
        // The service remembers it, and never asks within a transaction
        this.sender.id();
        new TransactionTemplate(this.transactions).executeWithoutResult((TransactionStatus status) -> {
            this.jdbc.sql("delete from event_deliveries where endpoint_id > :nobody and due_at < 'infinity'")
                .param("nobody", START)
                .update();
            test.run();
            status.setRollbackOnly();
        });
    }

    private List<UUID> endpoints(int count, int organizations) {
        Rows rows = new Rows(this.jdbc);
        List<UUID> owners = new ArrayList<>();
        for (int i = 0; i < organizations; i++) {
            owners.add(rows.organization());
        }
        List<UUID> endpoints = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            UUID endpoint = rows.endpoint(owners.get(i % organizations), "https://example.com/" + i);
            this.jdbc.sql("insert into endpoint_health (endpoint_id) values (:id)").param("id", endpoint).update();
            endpoints.add(endpoint);
        }
        return endpoints;
    }

    private void store(List<UUID> endpoints, int deliveries) {
        for (UUID endpoint : endpoints) {
            String[] ids = new String[deliveries];
            for (int i = 0; i < deliveries; i++) {
                ids[i] = Rows.newId().toString();
            }
            for (String sql : List.of("""
                    insert into events (organization_id, id, type, payload)
                    select p.organization_id, i.id, 'order.paid', '{}' from unnest(:ids::uuid[]) i (id), endpoints p
                    where p.id = :endpoint
                    """, """
                    insert into event_deliveries (organization_id, event_id, endpoint_id, due_at, remaining)
                    select p.organization_id, i.id, p.id, now() - n * interval '1 ms', 5
                    from unnest(:ids::uuid[]) with ordinality i (id, n), endpoints p where p.id = :endpoint
                    """)) {
                this.jdbc.sql(sql).param("ids", ids).param("endpoint", endpoint).update();
            }
        }
    }

    /** What this transaction has read so far. */
    private Map<String, Long> touched() {
        return this.jdbc.sql("""
                select sum(seq_scan) as scans, sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)) as rows
                from pg_stat_xact_user_tables
                """)
            .query((row, number) -> Map.of("seq_scan", row.getLong("scans"), "rows", row.getLong("rows")))
            .single();
    }

    private long count(String sql, UUID id) {
        return this.jdbc.sql(sql).param("id", id).query(Long.class).single();
    }

}
