package dev.triggers.move;

import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.sql.DataSource;

import dev.triggers.cell.Pair;
import dev.triggers.support.Api;
import dev.triggers.support.Customer;
import dev.triggers.support.Instance;
import dev.triggers.support.Operator;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import dev.triggers.support.StreamClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import static dev.triggers.support.Customer.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Organizations move between two cells, each with a database of its own, and everything
 * that clients can see of them goes along. Most of a move is waiting, so several go on at
 * a time, but for those that cut the way between the cells.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = MoveTests.WAY, mode = ResourceAccessMode.READ, target = ResourceLockTarget.CHILDREN)
class MoveTests {

    static final String WAY = "the way between the cells";

    private static final String TOKEN = "operators-token";

    private static Pair cells;

    private static Operator seven;

    private static Operator eight;

    @BeforeAll
    static void start() {
        cells = Pair.alone(Map.of("ADMIN_TOKEN", TOKEN));
        seven = new Operator(cells.seven(), TOKEN);
        eight = new Operator(cells.eight(), TOKEN);
    }

    @AfterAll
    static void stop() {
        cells.close();
    }

    private static Customer customer(String organizationId) {
        return Customer.of(cells.seven(), seven.key(organizationId));
    }

    private static Reply move(Operator operator, String organizationId, String to) {
        Reply begun = operator.post("/moves", "{'organization_id':'" + organizationId + "','to':'" + to + "'}");
        assertThat(begun.status()).as("%s", begun).isEqualTo(202);
        return begun;
    }

    private static Reply finished(Operator operator, Reply move) {
        return reached(operator, move, "finished", "cancelled");
    }

    private static Reply reached(Operator operator, Reply move, String... states) {
        String id = move.text("id");
        await().atMost(Duration.ofMinutes(5)).untilAsserted(() -> {
            Reply reply = operator.get("/moves/" + id);
            assertThat(reply.text("state")).as("%s", reply).isIn((Object[]) states);
        });
        return operator.get("/moves/" + id);
    }

    private static void switched(Operator operator, String organizationId, String to) {
        reached(operator, move(operator, organizationId, to), "switched", "finished");
    }

    private static void moved(String organizationId, String to) {
        Reply move = finished(seven, move(seven, organizationId, to));
        assertThat(move.text("state")).as("%s", move).isEqualTo("finished");
    }

    private static JdbcClient rows(Instance cell) {
        return cell.bean(JdbcClient.class);
    }

    /** How many rows of an organization there are in all tables that have any. */
    private static long rows(Instance cell, String organizationId) {
        JdbcClient jdbc = rows(cell);
        return jdbc.sql("""
                select string_agg(format('select count(*) as n from %I where %I = cast(''' || :id || ''' as uuid)',
                    c.table_name, c.column_name), ' union all ')
                from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
                where c.table_schema = current_schema() and c.column_name = 'organization_id'
                    and t.table_type = 'BASE TABLE' and c.table_name !~ '_[0-9]{6,8}$'
                    and c.table_name not in ('moves', 'arrivals', 'fences', 'erasures', 'organization_places')
                """)
            .param("id", organizationId)
            .query(String.class)
            .optional()
            .map((sql) -> jdbc.sql("select sum(n) from (" + sql + ") x").query(Long.class).single())
            .orElse(0L);
    }

    private static List<String> log(Customer customer, String cursor) {
        List<String> ids = new ArrayList<>();
        String next = cursor;
        while (true) {
            Reply page = customer
                .get("/api/events?limit=100" + (next.isEmpty() ? "&from=earliest" : "&cursor=" + next));
            assertThat(page.status()).as("%s", page).isEqualTo(200);
            page.at("events").forEach((event) -> ids.add(event.get("id").stringValue()));
            next = page.text("next_cursor");
            if (page.at("events").isEmpty()) {
                return ids;
            }
        }
    }

    @Test
    void allThatClientsSeeGoesAlong() {
        String organization = seven.organization("Whole");
        Customer customer = customer(organization);
        try (Receiver receiver = new Receiver(); Receiver broken = new Receiver().answer(500)) {
            String endpoint = customer.register(receiver);
            String failing = customer.register(broken.url(), ",\"event_types\":[\"order.*\"]").text("id");
            List<String> events = new ArrayList<>(customer.events("user.created", 150));
            customer.awaitDelivered(events);
            events.add(customer.event("order.placed"));
            eventually(() -> assertThat(customer.delivery(events.getLast(), failing).get("attempts").intValue())
                .isPositive());
            Reply unique = customer.post("/api/events",
                    "{\"type\":\"user.created\",\"payload\":{},\"dedup_id\":\"once\"}");
            events.add(unique.text("id"));
            customer.acknowledge(events.getFirst());
            String scheduled = customer.scheduled("user.later", Instant.now().plusSeconds(3_600));
            events.add(scheduled);
            List<String> before = log(customer, "");
            assertThat(new HashSet<>(before)).isEqualTo(new HashSet<>(events));
            String cursor = customer.get("/api/events?from=latest").text("next_cursor");
            assertThat(cells.seven()
                .send(cells.seven()
                    .request("/api/consumers/billing", customer.key())
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString("{\"cursor\":\"" + cursor + "\"}")))
                .status()).isEqualTo(200);
            Reply leased = customer.post("/api/inbox/lease", "{\"limit\":1,\"lease_seconds\":600}");
            assertThat(leased.status()).as("%s", leased).isEqualTo(200);
            String attempts = customer.get("/api/events/" + events.get(1)).at("deliveries").toString();

            moved(organization, "08");

            for (Api cell : List.of(cells.eight(), cells.seven())) {
                Customer there = customer.at(cell);
                assertThat(log(there, "")).isEqualTo(before);
                assertThat(there.status(events.getFirst())).isEqualTo("delivered");
                assertThat(there.get("/api/events/" + events.get(1)).at("deliveries").toString()).isEqualTo(attempts);
                assertThat(there.get("/api/consumers/billing").text("cursor")).isEqualTo(cursor);
                assertThat(there.post("/api/events", "{\"type\":\"user.created\",\"payload\":{},\"dedup_id\":\"once\"}")
                    .text("id")).isEqualTo(unique.text("id"));
                assertThat(there.endpoint(endpoint).text("url")).isEqualTo(receiver.url());
                assertThat(there.status(scheduled)).isNotEqualTo("delivered");
            }
            String lease = leased.text("lease_id");
            assertThat(customer.post("/api/inbox/extend", "{\"lease_id\":\"" + lease + "\",\"lease_seconds\":600}")
                .status()).isEqualTo(200);
            assertThat(customer.get("/api/event-types").body()).contains("order.placed").contains("user.created");
            String after = customer.event("user.created");
            customer.awaitStatus(after, "delivered");
            assertThat(log(customer, cursor)).containsExactly(after);
            assertThat(receiver.requests(after)).hasSize(1);
            assertThat(events.subList(0, 150)).allSatisfy((id) -> assertThat(receiver.requests(id)).hasSize(1));
            assertThat(eight.get("/organizations/" + organization).text("cell")).isEqualTo("08");
            assertThat(seven.get("/organizations/" + organization).text("cell")).isEqualTo("08");
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> rows(cells.sevenItself(), organization) == 0);
    }

    @Test
    void underLoadNothingIsLostAndNothingComesTwice() throws Exception {
        String organization = seven.organization("Busy");
        Customer customer = customer(organization);
        ConcurrentLinkedQueue<String> accepted = new ConcurrentLinkedQueue<>();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger refused = new AtomicInteger();
        try (Receiver receiver = new Receiver();
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            customer.register(receiver);
            customer.events("before", 200).forEach(accepted::add);
            for (int n = 0; n < 4; n++) {
                clients.submit(() -> {
                    while (!over.get()) {
                        Reply reply = cells.seven()
                            .post("/api/events", customer.key(), "{\"type\":\"during\",\"payload\":{}}");
                        if (reply.status() == 201) {
                            accepted.add(reply.text("id"));
                            Thread.sleep(5);
                        }
                        else {
                            assertThat(reply.status()).as("%s", reply).isEqualTo(503);
                            refused.incrementAndGet();
                            Thread.sleep(20);
                        }
                    }
                    return null;
                });
            }
            await().until(() -> accepted.size() > 400);
            Reply move = finished(seven, move(seven, organization, "08"));
            assertThat(move.text("state")).as("%s", move).isEqualTo("finished");
            int atTheEnd = accepted.size();
            await().until(() -> accepted.size() > atTheEnd + 100);
            over.set(true);
            clients.shutdown();
            assertThat(clients.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

            Customer there = customer.at(cells.eight());
            List<String> events = log(there, "");
            assertThat(events).doesNotHaveDuplicates();
            assertThat(events).containsAll(accepted);
            await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(received(receiver).keySet()).containsAll(accepted));
            assertThat(received(receiver).values()).containsOnly(1L);
            assertThat(move.at("unavailable_ms").longValue()).isPositive();
            assertThat(refused).hasPositiveValue();
        }
    }

    private static Map<String, Long> received(Receiver receiver) {
        return receiver.requests()
            .stream()
            .collect(Collectors.groupingBy((request) -> request.header("webhook-id"), Collectors.counting()));
    }

    @Test
    void whatWaitsInTheInboxGoesAlongWhileSomeOfItIsAcknowledged() throws Exception {
        String organization = seven.organization("Inbox");
        Customer customer = customer(organization);
        List<String> waiting = new ArrayList<>();
        for (int n = 0; n < 12; n++) {
            waiting.addAll(customer.events("before", 100));
        }
        Set<String> expected = ConcurrentHashMap.newKeySet();
        expected.addAll(waiting);
        Collections.shuffle(waiting, new Random(7));
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> posts = clients.submit(() -> {
                while (!over.get()) {
                    Reply reply = cells.seven()
                        .post("/api/events", customer.key(), "{\"type\":\"during\",\"payload\":{}}");
                    if (reply.status() == 201) {
                        expected.add(reply.text("id"));
                    }
                    Thread.sleep(20);
                }
                return null;
            });
            Future<?> acknowledgements = clients.submit(() -> {
                for (String event : waiting.subList(0, 600)) {
                    while (cells.seven().post("/api/ack/" + event, customer.key(), "").status() != 200) {
                        Thread.sleep(20);
                    }
                    expected.remove(event);
                    if (over.get()) {
                        break;
                    }
                }
                return null;
            });
            switched(seven, organization, "08");
            over.set(true);
            posts.get(30, TimeUnit.SECONDS);
            acknowledgements.get(30, TimeUnit.SECONDS);
        }
        assertThat(expected).hasSizeLessThan(1_200);
        for (Api cell : List.of(cells.eight(), cells.seven())) {
            assertThat(inbox(customer.at(cell))).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static List<String> inbox(Customer customer) {
        List<String> ids = new ArrayList<>();
        String next = "";
        while (true) {
            Reply page = customer.get("/api/inbox?limit=100" + (next.isEmpty() ? "" : "&cursor=" + next));
            assertThat(page.status()).as("%s", page).isEqualTo(200);
            page.at("events").forEach((event) -> ids.add(event.get("id").stringValue()));
            if (!page.at("has_more").booleanValue()) {
                return ids;
            }
            next = page.text("next_cursor");
        }
    }

    /** Whatever changed in which order, also behind fences that were taken down again. */
    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 3 })
    void rangesInWhichSomethingChangedAreFound(int seed) {
        RangesUnderChange ranges = new RangesUnderChange(cells.sevenItself(), cells.eightItself(), seed);
        ranges.fill(1_500);
        for (int round = 0; round < 12; round++) {
            ranges.change();
            ranges.copyOrGiveUpAFence();
        }
        ranges.change();
        int packed = ranges.pack();
        assertThat(ranges.there()).isEqualTo(ranges.here());
        assertThat(packed).isLessThan(ranges.here().size());
    }

    @Test
    void itMovesBackWithoutANewKey() {
        String organization = seven.organization("There and back");
        Customer customer = customer(organization);
        List<String> events = new ArrayList<>(customer.events("a", 20));
        moved(organization, "08");
        events.addAll(customer.events("b", 20));
        await().atMost(Duration.ofMinutes(1)).until(() -> rows(cells.sevenItself(), organization) == 0);
        moved(organization, "07");
        events.addAll(customer.events("c", 20));
        for (Api cell : List.of(cells.seven(), cells.eight())) {
            assertThat(log(customer.at(cell), "")).isEqualTo(events);
        }
    }

    @Test
    void behindTheFenceNothingIsStored() {
        String organization = seven.organization("Fenced");
        Customer customer = customer(organization);
        String event = customer.event("a");
        String endpoint = customer.register("http://localhost:9/hook", "").text("id");
        DepartureRepository departures = cells.sevenItself().bean(DepartureRepository.class);
        MoveRepository moves = cells.sevenItself().bean(MoveRepository.class);
        UUID worker = UUID.randomUUID();
        UUID id = UUID.randomUUID();
        UUID organizationId = UUID.fromString(organization);
        JdbcClient jdbc = rows(cells.sevenItself());
        // Nobody else goes on with it
        jdbc.sql("""
                insert into moves (id, organization_id, target, worker, worker_until)
                values (:id, :organization, '08', :worker, now() + interval '1 hour')
                """).param("id", id).param("organization", organizationId).param("worker", worker).update();
        assertThat(departures.fence(id, worker, organizationId)).isTrue();
        Api api = cells.seven();
        String key = customer.key();
        List<Reply> replies = List.of(api.post("/api/events", key, "{\"type\":\"a\",\"payload\":{}}"),
                api.post("/api/events/batch", key, "{\"events\":[{\"type\":\"a\",\"payload\":{}}]}"),
                api.post("/api/ack/" + event, key, ""),
                api.post("/api/ack", key, "{\"event_ids\":[\"" + event + "\"]}"),
                api.post("/api/inbox/lease", key, "{}"), api.post("/api/webhook/config", key, "{\"url\":null}"),
                api.post("/api/webhooks", key, "{\"url\":\"http://localhost:9/x\"}"),
                api.patch("/api/webhooks/" + endpoint, key, "{\"description\":\"x\"}"),
                api.delete("/api/webhooks/" + endpoint, key),
                api.post("/api/organization/keys", key, "{\"name\":\"x\"}"),
                api.post("/api/portal/sessions", key, "{}"), api.post("/api/events/" + event + "/redeliver", key, ""));
        assertThat(replies).allSatisfy((reply) -> {
            assertThat(reply.status()).as("%s", reply).isEqualTo(503);
            assertThat(reply.header("Retry-After")).isEqualTo("1");
        });
        assertThat(customer.get("/api/events/" + event).status()).isEqualTo(200);
        assertThat(seven.patch("/organizations/" + organization, "{'name':'Other'}").status()).isEqualTo(503);

        departures.unfence(id, worker, organizationId);
        moves.cancelled(id, worker, null);
        customer.event("b");
        customer.acknowledge(event);
        assertThat(customer.endpoint(endpoint).status()).isEqualTo(200);
    }

    @Test
    @ResourceLock(MoveTests.WAY)
    void oneThatIsCalledOffStays() {
        String organization = seven.organization("Stays");
        Customer customer = customer(organization);
        List<String> events = customer.events("a", 30);
        Reply begun = move(seven, organization, "08");
        cells.toEight().cut();
        Reply cancelled;
        try {
            cancelled = seven.post("/moves/" + begun.text("id") + "/cancel", "");
        }
        finally {
            cells.toEight().repair();
        }
        assertThat(cancelled.status()).as("%s", cancelled).isIn(200, 409);
        Reply ended = finished(seven, begun);
        Customer there = customer.at(ended.text("state").equals("cancelled") ? cells.seven() : cells.eight());
        assertThat(log(there, "")).isEqualTo(events);
        assertThat(customer.event("b")).isNotEmpty();
    }

    @Test
    void openStreamsAndLinksFindTheirWay() {
        String organization = seven.organization("Watched");
        Customer customer = customer(organization);
        String link = customer.post("/api/portal/sessions", "{}").text("token");
        List<String> events = new ArrayList<>();
        String position;
        try (StreamClient stream = StreamClient.open(cells.seven(), customer.key(), "")) {
            events.addAll(customer.events("a", 5));
            stream.awaitAccepted(5);
            switched(seven, organization, "08");
            stream.awaitEnd();
            assertThat(stream.accepted()).isEqualTo(events);
            position = stream.lastId();
        }
        List<String> later = new ArrayList<>(customer.events("b", 5));
        try (StreamClient again = StreamClient.open(cells.seven(), customer.key(), "", "Last-Event-ID", position)) {
            again.awaitAccepted(5);
            later.add(customer.event("c"));
            again.awaitAccepted(6);
            assertThat(again.accepted()).isEqualTo(later);
        }
        Reply session = cells.seven().post("/api/portal/sessions/exchange", null, "{\"token\":\"" + link + "\"}");
        assertThat(session.status()).as("%s", session).isEqualTo(200);
        for (Api cell : List.of(cells.seven(), cells.eight())) {
            assertThat(log(Customer.of(cell, session.text("api_key")), "")).hasSize(11);
        }
    }

    @Test
    void figuresFollow() {
        String organization = seven.organization("Counted");
        Customer customer = customer(organization);
        try (Receiver receiver = new Receiver()) {
            customer.register(receiver);
            customer.awaitDelivered(customer.events("a", 40));
            moved(organization, "08");
            customer.awaitDelivered(customer.events("b", 2));
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                JsonNode totals = customer.get("/api/usage").at("totals");
                assertThat(totals.get("accepted").intValue()).as("%s", totals).isEqualTo(42);
                assertThat(totals.get("delivered").intValue()).as("%s", totals).isEqualTo(42);
                Reply statistics = customer.get("/api/statistics?range=24h");
                assertThat(statistics.at("accepted").intValue()).as("%s", statistics).isEqualTo(42);
                assertThat(statistics.at("delivered").intValue()).as("%s", statistics).isEqualTo(42);
            });
        }
    }

    @Test
    void twoMoveInOppositeDirections() {
        List<String> there = List.of(seven.organization("East"), seven.organization("West"));
        List<Customer> customers = there.stream().map(MoveTests::customer).toList();
        List<List<String>> events = customers.stream().map((customer) -> customer.events("a", 50)).toList();
        switched(seven, there.getFirst(), "08");
        await().atMost(Duration.ofMinutes(1)).until(() -> rows(cells.sevenItself(), there.getFirst()) == 0);
        Reply back = move(eight, there.getFirst(), "07");
        Reply away = move(seven, there.getLast(), "08");
        assertThat(finished(eight, back).text("state")).isEqualTo("finished");
        assertThat(finished(seven, away).text("state")).isEqualTo("finished");
        for (int n = 0; n < 2; n++) {
            assertThat(log(customers.get(n), "")).isEqualTo(events.get(n));
        }
        assertThat(seven.get("/organizations/" + there.getFirst()).text("cell")).isEqualTo("07");
        assertThat(seven.get("/organizations/" + there.getLast()).text("cell")).isEqualTo("08");
    }

    @Test
    void oneThatHasJustComeIsNotErasedBeforeAllOfItIsThere() {
        String organization = seven.organization("Just come");
        Customer customer = customer(organization);
        customer.events("a", 5);
        Reply move = move(seven, organization, "08");
        reached(seven, move, "switched");
        String erasure = "{'organization_id':'" + organization + "','confirm_name':'Just come'}";
        assertThat(seven.post("/erasures", erasure).status()).isEqualTo(409);
        finished(seven, move);
        assertThat(seven.post("/erasures", erasure).status()).isEqualTo(202);
        await().atMost(Duration.ofMinutes(1))
            .until(() -> rows(cells.eightItself(), organization) + rows(cells.sevenItself(), organization) == 0);
    }

    @Test
    @ResourceLock(MoveTests.WAY)
    void calledOffWhileTheTargetIsAwayItEndsWhenThatIsBack() throws Exception {
        String organization = seven.organization("Called off");
        Customer customer = customer(organization);
        List<String> events = new ArrayList<>(customer.events("a", 10));
        Reply move;
        try (Connection open = cells.sevenItself().bean(DataSource.class).getConnection()) {
            open.setAutoCommit(false);
            // It may have read that there is no fence, and not yet written
            try (Statement statement = open.createStatement()) {
                statement.execute("lock table events in row exclusive mode");
            }
            move = move(seven, organization, "08");
            await().atMost(Duration.ofMinutes(1))
                .until(() -> seven.get("/moves/" + move.text("id")).at("problem").isString());
            events.add(customer.event("b"));
            cells.toEight().cut();
            try {
                assertThat(seven.post("/moves/" + move.text("id") + "/cancel", "").status()).isEqualTo(200);
                open.rollback();
                events.add(customer.event("c"));
                await().atMost(Duration.ofMinutes(1))
                    .until(() -> seven.get("/moves/" + move.text("id")).text("problem").contains("08"));
                assertThat(seven.get("/moves/" + move.text("id")).text("state")).isEqualTo("copying");
            }
            finally {
                cells.toEight().repair();
            }
        }
        assertThat(finished(seven, move).text("state")).isEqualTo("cancelled");
        assertThat(log(customer.at(cells.eight()), "")).isEqualTo(events);
        await().atMost(Duration.ofMinutes(1)).until(() -> rows(cells.eightItself(), organization) == 0);
    }

    @Test
    void whatCannotMoveIsRefused() {
        String organization = seven.organization("Refused");
        Map<String, Integer> refused = Map.of("{'organization_id':'" + organization + "','to':'05'}", 422,
                "{'organization_id':'" + organization + "','to':'07'}", 422,
                "{'organization_id':'" + UUID.randomUUID() + "','to':'08'}", 404, "{'to':'08'}", 400,
                "{'organization_id':'" + organization + "'}", 400);
        refused.forEach((body, status) -> {
            Reply reply = seven.post("/moves", body);
            assertThat(reply.status()).as("%s: %s", body, reply).isEqualTo(status);
        });
        assertThat(new Operator(cells.seven(), "wrong").post("/moves", "{}").status()).isEqualTo(401);
        assertThat(
                seven.post("/erasures", "{'organization_id':'" + organization + "','confirm_name':'Refused'}").status())
            .isEqualTo(202);
        assertThat(seven.post("/moves", "{'organization_id':'" + organization + "','to':'08'}").status())
            .isEqualTo(409);
    }

}
