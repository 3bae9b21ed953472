package dev.triggers.inbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.triggers.key.EventTypes;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Rows;
import dev.triggers.time.UuidV7;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Plans stay on the indexes, whatever the planner believed when it made them: a page
 * costs what it holds, not what is stored.
 */
@IntegrationTest
class StatementPlanTests {

    private static final int STORED = 20_000;

    private static final JsonMapper json = new JsonMapper();

    private final JdbcClient jdbc;

    /** Without the time limit of the service's connections. */
    private final JdbcClient patient;

    private final Rows rows;

    private final AckRepository acks;

    private final TransactionTemplate transaction;

    @Autowired
    StatementPlanTests(JdbcClient jdbc, AckRepository acks, PlatformTransactionManager transactions,
            Environment environment) {
        this.jdbc = jdbc;
        this.patient = PostgresServer.client(environment.getRequiredProperty("DATABASE_URL"));
        this.rows = new Rows(jdbc);
        this.acks = acks;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Test
    void pageCostsWhatItHoldsWhateverIsStored() {
        // Of tables that hold next to nothing
        analyze();
        UUID organization = store();
        everyStatementStaysOnItsIndex(organization);
        analyze();
        everyStatementStaysOnItsIndex(organization);
    }

    @Test
    void acknowledgementTouchesTheRowsOfItsEventsAlone() {
        UUID organization = store();
        List<UUID> some = this.jdbc
            .sql("select id from events where organization_id = :organization order by id limit 50")
            .param("organization", organization)
            .query(UUID.class)
            .list();
        this.transaction.executeWithoutResult((status) -> {
            long before = this.rows.touched();
            assertThat(this.acks.acknowledge(organization, EventTypes.EVERY, some)).hasSize(50);
            assertThat(this.rows.touched() - before).isBetween(50L, 1_000L);
            status.setRollbackOnly();
        });
    }

    private void everyStatementStaysOnItsIndex(UUID organization) {
        for (InboxStatus status : InboxStatus.values()) {
            for (Direction direction : Direction.values()) {
                for (String type : new String[] { null, "common", "rare.*" }) {
                    InboxQuery query = InboxQuery.of(status, TypeFilter.parse(type), direction, null, 0, 100);
                    List<Scan> scans = scans(organization, query);
                    assertThat(scans).as("%s", query)
                        .isNotEmpty()
                        .allSatisfy((scan) -> assertThat(scan.node()).isNotEqualTo("Seq Scan"));
                    long read = scans.stream().mapToLong(Scan::rows).sum();
                    // A filter that matches little costs its 10,000 rows, each looked up
                    // once or twice.
                    boolean filtered = "rare.*".equals(type) || status == InboxStatus.RETRYING;
                    assertThat(read).as("rows read for %s: %s", query, scans)
                        .isLessThan(filtered ? 10_000 * 6 : 101 * 25);
                }
            }
        }
    }

    @Test
    void rangeOfPageIsFoundOnTheNarrowSideAlone() {
        UUID organization = store();
        for (InboxStatus status : InboxStatus.values()) {
            for (Direction direction : Direction.values()) {
                InboxQuery query = InboxQuery.of(status, null, direction, null, 0, 100);
                if (query.isNarrow()) {
                    List<Scan> scans = scans(explained(InboxStatements.range(status, direction), organization, query));
                    assertThat(scans).as("%s", query)
                        .isNotEmpty()
                        .allSatisfy((scan) -> assertThat(scan.node()).isIn("Index Scan", "Index Only Scan"))
                        .allSatisfy((scan) -> assertThat(scan.relation()).isIn("event_deliveries", "dead_letters"));
                    assertThat(scans.stream().mapToLong(Scan::rows).sum()).as("%s", scans).isLessThan(101 * 3);
                }
            }
        }
    }

    /** A page of today opens today's tables, though there are others. */
    @Test
    void pageOpensTheDaysOfItsRange() {
        UUID organization = store();
        InboxQuery query = InboxQuery.of(InboxStatus.UNDELIVERED, null, null, null, 0, 100);
        EventRange range = new EventRange(101, UuidV7.floor(Instant.now().minusSeconds(1)),
                UuidV7.floor(Instant.now()));
        String page = InboxStatements.page(query.status(), query.direction(), false);
        Predicate<Scan> history = (scan) -> !List.of("event_deliveries", "dead_letters").contains(scan.relation());
        assertThat(scans(within(range, explained(page, organization, query))).stream().filter(history))
            .hasSizeLessThan(scans(within(EventRange.ALL, explained(page, organization, query))).stream()
                .filter(history)
                .toList()
                .size() / 2);
    }

    private List<Scan> scans(UUID organization, InboxQuery query) {
        String page = InboxStatements.page(query.status(), query.direction(), query.type() != null);
        JdbcClient.StatementSpec statement = within(EventRange.ALL, explained(page, organization, query));
        TypeFilter type = query.type();
        if (type != null) {
            statement = statement.param("low", type.low()).param("high", type.high()).param("visible", null);
        }
        return scans(statement);
    }

    private JdbcClient.StatementSpec explained(String sql, UUID organization, InboxQuery query) {
        JdbcClient.StatementSpec statement = this.jdbc.sql("explain (analyze, timing off, format json) " + sql)
            .param("organization", organization)
            .param("after", query.after())
            .param("look", query.look())
            .param("wanted", query.wanted());
        return sql.contains(":skip") ? statement.param("skip", query.skip()) : statement;
    }

    private static JdbcClient.StatementSpec within(EventRange range, JdbcClient.StatementSpec statement) {
        return statement.param("first", range.first()).param("last", range.last());
    }

    private static List<Scan> scans(JdbcClient.StatementSpec statement) {
        return nodes(json.readTree(statement.query(String.class).single()).get(0).get("Plan"))
            .filter((node) -> node.has("Relation Name"))
            .map(Scan::of)
            .toList();
    }

    private static Stream<JsonNode> nodes(@Nullable JsonNode node) {
        List<JsonNode> nodes = new ArrayList<>();
        if (node != null) {
            nodes.add(node);
            for (JsonNode child : node.path("Plans")) {
                nodes.addAll(nodes(child).toList());
            }
        }
        return nodes.stream();
    }

    private void analyze() {
        this.patient.sql("analyze events, delivery_attempts, event_acks, event_deliveries, dead_letters").update();
    }

    /**
     * A third pending, a third failed, a third delivered or acknowledged; nothing was
     * tried before that is pending.
     */
    private UUID store() {
        UUID organization = this.rows.organization();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < STORED; i++) {
            ids.add(Rows.newId().toString());
        }
        String[] array = ids.toArray(String[]::new);
        for (String sql : List.of("""
                insert into events (organization_id, id, type, payload)
                select :organization, id, 'common', '1' from unnest(:ids::uuid[]) with ordinality i (id, n)
                """, """
                insert into event_deliveries (organization_id, event_id, endpoint_id, due_at, remaining)
                select :organization, id, :organization, now() + interval '1 day', 5
                from unnest(:ids::uuid[]) with ordinality i (id, n) where n % 3 = 0
                """, """
                insert into dead_letters (organization_id, event_id, endpoint_id, attempts, failed_at)
                select :organization, id, :organization, 1, now()
                from unnest(:ids::uuid[]) with ordinality i (id, n) where n % 3 = 1
                """, """
                insert into delivery_attempts (organization_id, event_id, endpoint_id, number, started_at, duration_ms,
                    outcome)
                select :organization, id, :organization, 1, now(), 1, case n % 3 when 1 then 'f' else 'd' end
                from unnest(:ids::uuid[]) with ordinality i (id, n) where n % 3 in (1, 2)
                """, """
                insert into event_acks (organization_id, event_id, acknowledged_at)
                select :organization, id, now() from unnest(:ids::uuid[]) with ordinality i (id, n) where n % 6 = 2
                """)) {
            this.patient.sql(sql).param("organization", organization).param("ids", array).update();
        }
        return organization;
    }

    record Scan(String node, String relation, long rows) {

        static Scan of(JsonNode node) {
            double loops = node.path("Actual Loops").doubleValue(0);
            double rows = node.path("Actual Rows").doubleValue(0) + node.path("Rows Removed by Filter").doubleValue(0);
            return new Scan(node.path("Node Type").stringValue(), node.path("Relation Name").stringValue(),
                    Math.round(loops * rows));
        }

    }

}
