package dev.triggers.fault;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;

import dev.triggers.support.Operator;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Reply;
import dev.triggers.support.Rows;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An erasure whose only instance is killed in the middle.
 */
class InterruptedErasureTests {

    private static final int EVENTS = 3_000;

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void erasureGoesOnWhereItWasWhenTheServiceIsStartedAgain() {
        String database = PostgresServer.newDatabase();
        JdbcClient jdbc = PostgresServer.client(database);
        Map<String, String> settings = Map.of("ADMIN_TOKEN", "token");
        String erasure;
        try (ServiceProcess killed = ServiceProcess.start(database, settings)) {
            killed.awaitReady();
            Operator operator = new Operator(killed.api(), "token");
            String organization = operator.organization("Gone");
            UUID[] ids = IntStream.range(0, EVENTS).mapToObj((n) -> Rows.newId()).sorted().toArray(UUID[]::new);
            jdbc.sql("""
                    insert into events (organization_id, id, type, payload)
                    select cast(:organization as uuid), unnest(:ids), 'a', '1'
                    """).param("organization", organization).param("ids", ids).update();
            erasure = operator.post("/erasures", "{'organization_id':'" + organization + "','confirm_name':'Gone'}")
                .text("id");
            // Whoever holds the last event lets the erasure come that far, and no farther
            DataSource beside = PostgresServer.dataSource(database);
            new TransactionTemplate(new DataSourceTransactionManager(beside)).executeWithoutResult((held) -> {
                JdbcClient.create(beside)
                    .sql("select id from events where id = (select id from events order by id desc limit 1) for update")
                    .query(UUID.class)
                    .single();
                await().atMost(PATIENCE)
                    .until(() -> operator.get("/erasures/" + erasure).at("/counts/events").asInt(0) > 1_000);
                killed.kill();
            });
        }
        assertThat(jdbc.sql("select count(*) from events").query(Integer.class).single()).isPositive();
        try (ServiceProcess again = ServiceProcess.start(database, settings)) {
            again.awaitReady();
            Operator operator = new Operator(again.api(), "token");
            await().atMost(PATIENCE).until(() -> operator.get("/erasures/" + erasure).text("state").equals("finished"));
            Reply receipt = operator.get("/erasures/" + erasure);
            assertThat(receipt.at("/counts/events").intValue()).isEqualTo(EVENTS);
            assertThat(jdbc.sql("select count(*) from events").query(Integer.class).single()).isZero();
        }
    }

}
