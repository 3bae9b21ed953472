package dev.triggers.organization;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

import dev.triggers.database.Notifications;
import dev.triggers.support.Api;
import dev.triggers.support.Change;
import dev.triggers.support.Concurrently;
import dev.triggers.support.Customer;
import dev.triggers.support.Instance;
import dev.triggers.support.Operator;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static dev.triggers.support.Customer.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What an operator does with organizations, on two instances.
 */
class OrganizationTests {

    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private static Instance one;

    private static Instance other;

    private static Operator operator;

    private static Operator elsewhere;

    @BeforeAll
    static void start() {
        String database = PostgresServer.newDatabase();
        Map<String, String> settings = Map.of("ADMIN_TOKEN", "new-token, old-token", "PUBLIC_URL",
                "https://events.example.com");
        one = Instance.start(database, settings);
        other = Instance.start(database, settings);
        operator = new Operator(one.api(), "new-token");
        elsewhere = new Operator(other.api(), "old-token");
        await().until(() -> other.bean(Notifications.class).healthy() && one.bean(Notifications.class).healthy());
    }

    @AfterAll
    static void stop() {
        other.close();
        one.close();
    }

    @Test
    void eitherTokenWillDoAndARightOneIsNotRefusedForWrongOnes() {
        Operator wrong = new Operator(one.api(), "wrong-token");
        for (int i = 0; i < 20; i++) {
            assertThat(wrong.get("/organizations").status()).isEqualTo(401);
            assertThat(operator.get("/organizations").status()).isEqualTo(200);
        }
        assertThat(new Operator(one.api(), null).get("/organizations").status()).isEqualTo(401);
        assertThat(elsewhere.get("/organizations").status()).isEqualTo(200);
        String metrics = one.api().get("/metrics", null).body();
        assertThat(metrics).containsPattern("key_authentication_failures_total\\{reason=\"admin_token\"\\} 21\\.0");
    }

    @Test
    void anExternalIdNamesOneOrganizationHoweverManyMakeIt() {
        String body = "{'name':'Customer','tier':'pro','external_id':'customer-7','metadata':{'plan':'yearly'}}";
        List<Reply> made = Concurrently.call(8,
                (client) -> ((client % 2 == 0) ? operator : elsewhere).post("/organizations", body));
        assertThat(made).extracting((reply) -> reply.text("id")).hasSize(8).containsOnly(made.getFirst().text("id"));
        assertThat(made).filteredOn((reply) -> reply.status() == 201).hasSize(1);
        assertThat(made).filteredOn((reply) -> reply.status() == 200).hasSize(7);
        assertThat(made.getFirst().at("rate_limit_per_minute").intValue()).isEqualTo(1_000);
        assertThat(operator.get("/organizations?external_id=customer-7").text("/organizations/0/metadata/plan"))
            .isEqualTo("yearly");
    }

    @Test
    void organizationsAreFoundByWhatIsKnownOfThem() {
        String id = operator
            .post("/organizations",
                    "{'name':'Needle 100% inc','tier':'business','external_id':'x_1','metadata':{'seller':'Zoe'}}")
            .text("id");
        operator.organization("Needle 100 inc");
        for (String query : List.of("q=100%25", "q=X_1", "q=zoe", "tier=business", "q=needle&tier=business")) {
            assertThat(ids(operator.get("/organizations?" + query))).as(query).containsExactly(id);
        }
        assertThat(ids(operator.get("/organizations?state=suspended&q=needle"))).isEmpty();
        List<String> walked = new ArrayList<>();
        String cursor = "";
        Reply page;
        do {
            page = operator.get("/organizations?q=needle&limit=1" + cursor);
            walked.addAll(ids(page));
            cursor = "&cursor=" + page.at("next_cursor").asString();
        }
        while (page.at("has_more").booleanValue());
        assertThat(walked).hasSize(2).contains(id);
    }

    private static List<String> ids(Reply page) {
        return StreamSupport.stream(page.at("organizations").spliterator(), false)
            .map((organization) -> organization.get("id").stringValue())
            .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'tier':'free'}                                             | 400 | name
            {'name':'A'}                                                | 400 | tier
            {'name':'A','tier':'gold'}                                  | 422 | tier
            {'name':'A','tier':7}                                       | 400 | tier
            {'name':'A','tier':'free','external_id':''}                 | 400 | external_id
            {'name':'A','tier':'free','metadata':[]}                    | 400 | metadata
            {'name':'A','tier':'free','metadata':{'a':1}}               | 400 | metadata.a
            {'name':'A','tier':'free','metadata':{'a':'\\u0000'}}       | 400 | metadata.a
            """)
    void badOrganizationsAreRefused(String body, int status, String field) {
        Reply reply = operator.post("/organizations", body);
        assertThat(reply.status()).as("%s", reply).isEqualTo(status);
        assertThat(reply.text("/errors/0/field")).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(strings = { "state=gone", "cursor=7", "q=%00", "tier=%00", "limit=x" })
    void badQueriesAreRefused(String query) {
        assertThat(operator.get("/organizations?" + query).status()).isEqualTo(400);
    }

    @Test
    void whatIsNotThereIsNotFoundWhateverIsAsked() {
        String nobody = "/organizations/0190aa00-0000-7000-8000-000000000000";
        assertThat(operator.get(nobody).status()).isEqualTo(404);
        assertThat(operator.patch(nobody, "nonsense").status()).isEqualTo(404);
        assertThat(operator.post(nobody + "/keys", "nonsense").status()).isEqualTo(404);
        assertThat(operator.post(nobody + "/portal-sessions", "nonsense").status()).isEqualTo(404);
        assertThat(operator.get("/organizations/x").status()).isEqualTo(400);
        assertThat(operator.get("/nothing").status()).isEqualTo(404);
    }

    @Test
    void aChangedTierCountsEverywhere() {
        String id = operator.organization("Climber");
        String key = operator.key(id);
        assertThat(tier(one.api(), key)).isEqualTo("enterprise");
        assertThat(tier(other.api(), key)).isEqualTo("enterprise");
        Reply changed = operator.patch("/organizations/" + id,
                "{'tier':'pro','name':'Climber & Sons','metadata':{'a':'b'}}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.text("name")).isEqualTo("Climber & Sons");
        for (Api api : List.of(one.api(), other.api())) {
            eventually(() -> assertThat(tier(api, key)).isEqualTo("pro"));
        }
        assertThat(operator.patch("/organizations/" + id, "{'metadata':{}}").at("metadata").isEmpty()).isTrue();
        assertThat(operator.patch("/organizations/" + id, "{'external_id':'other'}").status()).isEqualTo(400);
        assertThat(operator.patch("/organizations/" + id, "{'tier':'gold'}").status()).isEqualTo(422);
    }

    private static String tier(Api api, String key) {
        return Api.patiently(() -> api.get("/api/keys", key)).text("tier");
    }

    @Test
    void aSuspendedOrganizationReadsAndItsDeliveriesRestUntilItEnds() {
        String id = operator.organization("Debtor");
        Customer customer = Customer.of(one.api(), operator.key(id));
        Customer there = customer.at(other.api());
        try (Receiver receiver = new Receiver()) {
            receiver.answer(500);
            String endpoint = customer.register(receiver);
            String kept = customer.event("kept");
            eventually(() -> assertThat(receiver.requests(kept)).isNotEmpty());
            assertThat(there.get("/api/inbox").status()).isEqualTo(200);
            String second = customer.post("/api/organization/keys", "{\"name\":\"second\"}").text("id");

            assertThat(operator.patch("/organizations/" + id, "{'suspended':true}").text("state"))
                .isEqualTo("suspended");
            assertThat(Change.await(() -> there.post("/api/inbox/lease", "{}").status(), 403))
                .isLessThanOrEqualTo(A_SECOND);
            receiver.answer(200);
            assertMayOnlyRead(customer, endpoint, kept);
            assertMayOnlyRead(there, endpoint, kept);
            assertThat(one.api().delete("/api/organization/keys/" + second, customer.key()).status()).isEqualTo(204);
            Customer rotated = Customer.of(one.api(), customer.post("/api/keys/rotate", "").text("api_key"));
            assertThat(rotated.status(kept)).isNotEqualTo("delivered");
            assertThat(ids(operator.get("/organizations?state=suspended"))).contains(id);

            int sent = receiver.requests(kept).size();
            assertOthersGoOn();
            assertThat(receiver.requests(kept)).hasSize(sent);
            assertThat(elsewhere.patch("/organizations/" + id, "{'suspended':false}").text("state"))
                .isEqualTo("active");
            rotated.awaitStatus(kept, "delivered");
            eventually(() -> assertThat(
                    rotated.at(other.api()).post("/api/events", "{\"type\":\"again\",\"payload\":1}").status())
                .isEqualTo(201));
        }
    }

    /** Until after what rests would have been due. */
    private static void assertOthersGoOn() {
        try (Receiver receiver = new Receiver()) {
            receiver.answer(500);
            Customer active = Customer.of(other.api(), operator.key(operator.organization("Active")));
            active.register(receiver);
            String event = active.event("active");
            eventually(() -> assertThat(receiver.requests(event)).hasSizeGreaterThan(1));
            receiver.answer(200);
            active.awaitStatus(event, "delivered");
        }
    }

    private static void assertMayOnlyRead(Customer customer, String endpoint, String event) {
        String filters = "{\"event_types\":[\"user.*\"]}";
        List<Reply> writes = List.of(customer.post("/api/events", "nonsense"), customer.post("/api/events/batch", "[]"),
                customer.post("/api/ack/" + event, ""), customer.post("/api/inbox/lease", ""),
                customer.post("/api/organization/keys", "{\"name\":\"new\"}"),
                customer.post("/api/portal/sessions", ""),
                customer.post("/api/webhooks", "{\"url\":\"http://127.0.0.1:9/\"}"),
                customer.post("/api/webhooks/" + endpoint + "/test", ""),
                customer.post("/api/events/" + event + "/redeliver", ""),
                customer.post("/api/replays", "{\"filter\":{}}"));
        assertThat(writes).allSatisfy((reply) -> {
            assertThat(reply.status()).as("%s", reply).isEqualTo(403);
            assertThat(reply.text("code")).isEqualTo("organization_suspended");
        });
        for (String path : List.of("/api/inbox", "/api/events", "/api/webhooks", "/api/events/" + event, "/api/keys")) {
            assertThat(customer.get(path).status()).as(path).isEqualTo(200);
        }
        String dryRun = "{\"filter\":{\"since\":\"2020-01-01T00:00:00Z\",\"endpoint_id\":\"" + endpoint
                + "\"},\"dry_run\":true}";
        assertThat(customer.post("/api/replays", dryRun).status()).isEqualTo(200);
        assertThat(customer.post("/api/filters/try", filters).status()).isEqualTo(200);
    }

    @Test
    void anOperatorOpensThePortalOfAnOrganizationThatHasNoKey() {
        String id = operator.organization("Portal");
        Reply link = operator.post("/organizations/" + id + "/portal-sessions", "");
        assertThat(link.status()).as("%s", link).isEqualTo(201);
        assertThat(link.text("url")).startsWith("https://events.example.com/#token=");
        String exchange = "{\"token\":\"" + link.text("token") + "\"}";
        String session = other.api().post("/api/portal/sessions/exchange", null, exchange).text("api_key");
        assertThat(one.api().get("/api/inbox", session).status()).isEqualTo(200);
        assertThat(other.api().get("/api/inbox", session).status()).isEqualTo(200);
        assertThat(one.api().post("/api/events", session, "{}").status()).isEqualTo(403);
        assertThat(other.api().post("/api/portal/sessions/exchange", null, exchange).status()).isEqualTo(401);
        String key = operator.key(id);
        assertThat(one.api().delete("/api/portal/sessions", key).status()).isEqualTo(204);
        assertThat(Change.await(() -> Api.patiently(() -> other.api().get("/api/inbox", session)).status(), 401))
            .isLessThanOrEqualTo(A_SECOND);
        assertThat(operator.post("/organizations/" + id + "/portal-sessions", "{'expires_in':5}").status())
            .isEqualTo(400);
    }

    @Test
    void theWholeServiceAtAGlance() {
        Reply statistics = operator.get("/stats");
        assertThat(statistics.status()).as("%s", statistics).isEqualTo(200);
        assertThat(statistics.at("instances").intValue()).isEqualTo(2);
        assertThat(statistics.at("days").size()).isGreaterThanOrEqualTo(3);
        assertThat(statistics.at("/days/0/bytes").longValue()).isPositive();
        for (String member : List.of("organizations", "open_deliveries", "oldest_due_at", "circuits_open", "versions",
                "backlog")) {
            assertThat(statistics.json().has(member)).as(member).isTrue();
        }
    }

    @Test
    void whatIsUsedIsCounted() {
        String id = operator.organization("User");
        Customer customer = Customer.of(one.api(), operator.key(id));
        try (Receiver receiver = new Receiver()) {
            receiver.answer(410);
            customer.register(receiver.url(), "");
            String umlauts = customer.event("a", "\"\u00fc\u20ac\"");
            customer.awaitStatus(umlauts, "failed");
            String once = "{\"type\":\"a\",\"payload\":1,\"dedup_id\":\"once\"}";
            assertThat(customer.post("/api/events", once).status()).isEqualTo(201);
            assertThat(customer.post("/api/events", once).status()).isEqualTo(409);
            assertThat(customer.post("/api/events", "{}").status()).isEqualTo(400);
            assertThat(customer.post("/api/events/batch", "[" + once + ",{},{\"type\":\"b\",\"payload\":2}]").status())
                .isEqualTo(200);
            eventually(() -> {
                Reply usage = customer.at(other.api()).get("/api/usage?step=day");
                assertThat(usage.at("/totals/accepted").intValue()).as("%s", usage).isEqualTo(3);
                assertThat(usage.at("/totals/duplicates").intValue()).isEqualTo(2);
                assertThat(usage.at("/totals/rejected").intValue()).isEqualTo(2);
                // Quotes, two bytes and three; and two digits
                assertThat(usage.at("/totals/bytes").intValue()).isEqualTo(9);
                assertThat(usage.at("/totals/attempts").intValue()).isEqualTo(1);
                assertThat(usage.at("/totals/dead").intValue()).isEqualTo(1);
                assertThat(usage.at("/totals/reads").intValue()).isPositive();
            });
            assertThat(customer.get("/api/usage").at("steps").size()).isPositive();
            Reply all = operator.get("/usage?organization_id=" + id);
            assertThat(all.at("/organizations/0/totals/accepted").intValue()).isEqualTo(3);
            assertThat(operator.get("/organizations/" + id).at("/usage_today/duplicates").intValue()).isEqualTo(2);
        }
        for (String query : List.of("step=year", "from=x", "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z")) {
            assertThat(customer.get("/api/usage?" + query).status()).as(query).isEqualTo(400);
        }
        assertThat(operator.get("/usage?limit=1").at("has_more").booleanValue()).isTrue();
    }

    @Test
    void whatIsChangedIsTakenDownWithTheChange() {
        String id = operator.organization("Watched");
        Customer customer = Customer.of(one.api(), operator.key(id));
        String endpoint = customer
            .register("http://127.0.0.1:9/hook?token=hidden", ",\"headers\":{\"X-Own\":\"hidden\"}")
            .text("id");
        customer.patch(endpoint, "{\"enabled\":false}");
        assertThat(customer.get("/api/webhooks/" + endpoint + "/secret").status()).isEqualTo(200);
        customer.post("/api/organization/keys", "{\"name\":\"second\"}");
        customer.post("/api/webhooks/" + endpoint + "/secret/rotate", "");
        // A change that is refused is none
        assertThat(customer.post("/api/webhooks", "{\"url\":\"ftp://x\"}").status()).isEqualTo(422);
        operator.patch("/organizations/" + id, "{'tier':'business'}");
        Reply audit = customer.at(other.api()).get("/api/audit");
        assertThat(audit.status()).as("%s", audit).isEqualTo(200);
        assertThat(actions(audit)).containsExactly("organization.changed", "secret.rotated", "key.created",
                "secret.read", "endpoint.changed", "endpoint.created", "key.created", "organization.created");
        assertThat(audit.body()).doesNotContain("hidden").doesNotContain("whsec_");
        assertThat(audit.text("/entries/0/actor")).isEqualTo("operator");
        assertThat(audit.text("/entries/0/before/tier")).isEqualTo("enterprise");
        assertThat(audit.text("/entries/0/after/tier")).isEqualTo("business");
        assertThat(audit.text("/entries/4/actor")).isEqualTo("key");
        assertThat(audit.text("/entries/4/key_name")).isEqualTo("support");
        assertThat(audit.text("/entries/4/target")).isEqualTo(endpoint);
        assertThat(audit.text("/entries/4/address")).isNotEmpty();
        assertThat(audit.text("/entries/4/request_id")).isNotEmpty();
        assertThat(audit.at("/entries/4/before/enabled").booleanValue()).isTrue();
        assertThat(audit.at("/entries/4/after/enabled").booleanValue()).isFalse();
        Reply page = customer.get("/api/audit?limit=3");
        assertThat(actions(page)).hasSize(3);
        assertThat(actions(customer.get("/api/audit?limit=3&cursor=" + page.text("next_cursor"))))
            .containsExactly("secret.read", "endpoint.changed", "endpoint.created");
        assertThat(actions(customer.get("/api/audit?action=key.created"))).hasSize(2);
        assertThat(actions(operator.get("/audit?organization_id=" + id + "&target=" + endpoint))).hasSize(4);
        assertThat(customer.get("/api/audit?cursor=x").status()).isEqualTo(400);
        assertThat(customer.get("/api/audit?since=x").status()).isEqualTo(400);
    }

    private static List<String> actions(Reply audit) {
        return StreamSupport.stream(audit.at("entries").spliterator(), false)
            .map((entry) -> entry.get("action").stringValue())
            .toList();
    }

    @Test
    void ofAnErasedOrganizationNothingIsLeft() {
        String id = operator.organization("Gone");
        Customer customer = Customer.of(one.api(), operator.key(id));
        Customer there = customer.at(other.api());
        try (Receiver receiver = new Receiver()) {
            receiver.answer(500);
            String dead = customer.register(receiver.url("/dead"), ",\"retry_schedule\":[]").text("id");
            String failed = customer.event("failed");
            customer.awaitStatus(failed, "failed");
            receiver.answer(200);
            customer.register(receiver.url("/good"), "");
            customer.post("/api/events", "{\"type\":\"a\",\"payload\":1,\"dedup_id\":\"once\"}");
            customer.awaitDelivered(customer.events("b", 3));
            customer.scheduled("c", Instant.now().plus(Duration.ofHours(1)));
            customer.acknowledge(failed);
            customer.post("/api/inbox/lease", "{}");
            customer.post("/api/portal/sessions", "");
            String replay = "{\"filter\":{\"since\":\"2020-01-01T00:00:00Z\",\"endpoint_id\":\"" + dead + "\"}}";
            assertThat(customer.post("/api/replays", replay).status()).isEqualTo(202);
            String cursor = customer.get("/api/events").text("next_cursor");
            one.api().put("/api/consumers/billing", customer.key(), "{\"cursor\":\"" + cursor + "\"}");
            assertThat(there.get("/api/inbox").status()).isEqualTo(200);
            eventually(() -> assertThat(left(id)).containsKeys("organization_statistics", "event_types"));
            assertThat(left(id).keySet()).contains("events", "event_deliveries", "delivery_attempts", "event_acks",
                    "deduplication_cache", "endpoints", "api_keys", "portal_sessions", "log_consumers", "replays",
                    "audit");

            String ask = "{'organization_id':'" + id + "','confirm_name':'Gone'}";
            assertThat(operator.post("/erasures", ask.replace("Gone", "Other")).status()).isEqualTo(422);
            assertThat(operator.post("/erasures", ask.replace(id, "0190aa00-0000-7000-8000-000000000000")).status())
                .isEqualTo(404);
            assertThat(operator.post("/erasures", "{'organization_id':'" + id + "'}").text("/errors/0/field"))
                .isEqualTo("confirm_name");
            Reply begun = operator.post("/erasures", ask);
            assertThat(begun.status()).as("%s", begun).isEqualTo(202);
            assertThat(Change.await(() -> there.get("/api/inbox").status(), 401)).isLessThanOrEqualTo(A_SECOND);
            assertThat(elsewhere.post("/erasures", ask).text("id")).isEqualTo(begun.text("id"));
            assertThat(operator.patch("/organizations/" + id, "{'suspended':false}").status()).isEqualTo(409);
            assertThat(operator.post("/organizations/" + id + "/keys", "{'name':'late'}").status()).isEqualTo(404);

            String receipt = "/erasures/" + begun.text("id");
            assertStepsStayShort(failed, begun.text("id"));
            eventually(() -> assertThat(operator.get(receipt).text("state")).isEqualTo("finished"));
            assertThat(left(id)).isEmpty();
            Reply done = elsewhere.get(receipt);
            assertThat(done.at("organization_id").isNull()).isTrue();
            assertThat(done.at("/counts/events").intValue()).isGreaterThanOrEqualTo(6);
            assertThat(done.at("/counts/endpoints").intValue()).isEqualTo(2);
            assertThat(done.at("rows").intValue()).isGreaterThan(20);
            assertThat(operator.get("/organizations/" + id).status()).isEqualTo(404);
            assertThat(operator.get("/erasures?limit=1").text("/erasures/0/id")).isEqualTo(begun.text("id"));
        }
    }

    /** Where one can't be done at once, less is tried. */
    private static void assertStepsStayShort(String event, String erasure) {
        TransactionTemplate beside = new TransactionTemplate(one.bean(PlatformTransactionManager.class));
        beside.executeWithoutResult((transaction) -> {
            JdbcClient jdbc = one.bean(JdbcClient.class);
            jdbc.sql("select from events where id = cast(? as uuid) for update").param(event).query().listOfRows();
            eventually(() -> assertThat(jdbc.sql("select most from erasures where id = cast(? as uuid)")
                .param(erasure)
                .query(Integer.class)
                .single()).isLessThan(1_000));
        });
    }

    /** Rows that hold the id anywhere, by the catalog's tables. */
    private static Map<String, Integer> left(String id) {
        JdbcClient jdbc = one.bean(JdbcClient.class);
        Map<String, Integer> left = new TreeMap<>();
        jdbc.sql("""
                select c.relname from pg_class c where c.relkind in ('r', 'p') and not c.relispartition
                    and c.relnamespace = current_schema()::regnamespace
                """).query(String.class).list().forEach((table) -> {
            int rows = jdbc.sql("select count(*) from \"" + table + "\" t where t::text like :id")
                .param("id", "%" + id + "%")
                .query(Integer.class)
                .single();
            if (rows > 0) {
                left.put(table, rows);
            }
        });
        return left;
    }

}
