package dev.triggers.event;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.triggers.support.Api;
import dev.triggers.support.Concurrently;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An event that is posted again within a day is refused.
 */
@IntegrationTest
class DeduplicationTests {

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private DedupSweep sweep;

    /** Without the time limit of the service's connections. */
    private JdbcClient patient;

    private String key;

    @BeforeEach
    void join(@Autowired Environment environment) {
        this.patient = PostgresServer.client(environment.getRequiredProperty("DATABASE_URL"));
        this.key = this.api.newKey();
    }

    private static String event(String dedupId) {
        return "{\"type\":\"a\",\"payload\":1,\"dedup_id\":\"" + dedupId + "\"}";
    }

    private Reply post(String dedupId) {
        return this.api.post("/api/events", this.key, event(dedupId));
    }

    private int verdicts() {
        return this.jdbc.sql("select count(*) from deduplication_cache where organization_id = :organization")
            .param("organization", organization())
            .query(Integer.class)
            .single();
    }

    private UUID organization() {
        return UUID.fromString(this.api.get("/api/keys", this.key).text("organization_id"));
    }

    private void letExpire(String dedupId) {
        int changed = this.jdbc.sql("""
                update deduplication_cache set expires_at = expires_at - interval '24 hours'
                where organization_id = :organization and dedup_id = :dedup
                """).param("organization", organization()).param("dedup", dedupId).update();
        assertThat(changed).isEqualTo(1);
    }

    @Test
    void duplicateIsRefusedWithTheOriginalsId() {
        String id = post("order-1").text("id");
        Reply reply = post("order-1");
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.text("code")).isEqualTo("duplicate_event");
        assertThat(reply.text("dedup_id")).isEqualTo("order-1");
        assertThat(reply.text("id")).isEqualTo(id);
        assertThat(post("order-2").status()).isEqualTo(201);
        assertThat(post("ORDER-1").status()).isEqualTo(201);
        assertThat(this.api.get("/api/inbox", this.key).at("count").intValue()).isEqualTo(3);
    }

    @Test
    void anotherOrganizationMayUseTheSameId() {
        assertThat(post("order-1").status()).isEqualTo(201);
        assertThat(this.api.post("/api/events", this.api.newKey(), event("order-1")).status()).isEqualTo(201);
    }

    @Test
    void refusedEventDoesNotUseUpItsId() {
        assertThat(this.api.post("/api/events", this.key, event("order-1").replace("\"a\"", "\"\"")).status())
            .isEqualTo(400);
        assertThat(this.api
            .post("/api/events", this.key, event("order-1").replace(":1,", ":\"" + "x".repeat(262_144) + "\","))
            .status()).isEqualTo(413);
        assertThat(post("order-1").status()).isEqualTo(201);
    }

    @Test
    void idIsFreeAgainAfterADay() {
        String first = post("order-1").text("id");
        letExpire("order-1");
        Reply second = post("order-1");
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.text("id")).isNotEqualTo(first);
        assertThat(post("order-1").text("id")).isEqualTo(second.text("id"));
        this.jdbc.sql("select extract(epoch from expires_at - now()) from deduplication_cache where event_id = :id")
            .param("id", UUID.fromString(second.text("id")))
            .query((row) -> {
                assertThat(row.getDouble(1)).isBetween(86_000.0, 86_400.0);
            });
    }

    @Test
    void expiredVerdictsAreRemovedAndOthersStay() {
        for (String dedupId : List.of("old", "new", "older")) {
            post(dedupId);
        }
        letExpire("old");
        letExpire("older");
        sweepUntilLeft(1);
        assertThat(post("new").status()).isEqualTo(409);
        assertThat(post("old").status()).isEqualTo(201);
    }

    @Test
    void sweepGoesOnWhereItStoppedAndStartsOver() {
        this.patient
            .sql("""
                    insert into deduplication_cache (organization_id, dedup_id, event_id, expires_at)
                    select :organization, 'expired ' || i || repeat('.', 1000), :organization, now() - i * interval '1 second'
                    from generate_series(1, 10000) i
                    """)
            .param("organization", organization())
            .update();
        sweepUntilLeft(0);
    }

    private void sweepUntilLeft(int verdicts) {
        // Each run removes a stretch of the table
        for (int run = 0; verdicts() > verdicts; run++) {
            assertThat(run).isLessThan(20);
            this.sweep.run();
        }
        assertThat(verdicts()).isEqualTo(verdicts);
    }

    @Test
    void oneOfManyAtOnceWins() {
        Map<Integer, List<Reply>> replies = Concurrently.call(32, (client) -> post("race"))
            .stream()
            .collect(Collectors.groupingBy(Reply::status));
        assertThat(replies).containsOnlyKeys(201, 409);
        assertThat(replies.get(201)).hasSize(1);
        assertThat(replies.get(409))
            .allSatisfy((reply) -> assertThat(reply.text("id")).isEqualTo(replies.get(201).getFirst().text("id")));
    }

}
