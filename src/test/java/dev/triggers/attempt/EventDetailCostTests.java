package dev.triggers.attempt;

import java.util.UUID;

import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Rows;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What showing one event reads.
 */
@IntegrationTest
class EventDetailCostTests {

    private static final int STORED = 2_000;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private EventDetailRepository details;

    @Autowired
    private PlatformTransactionManager transactions;

    @Test
    void eventInFullCostsItsOwnRowsHoweverManyOthersThereAre() {
        Rows rows = new Rows(this.jdbc);
        UUID organization = rows.organization();
        UUID event = Rows.newId();
        String[] ids = java.util.stream.Stream
            .concat(java.util.stream.Stream.of(event), java.util.stream.Stream.generate(Rows::newId).limit(STORED))
            .map(UUID::toString)
            .toArray(String[]::new);
        for (String sql : new String[] { """
                insert into events (organization_id, id, type, payload)
                select :organization, id, 'common', '1' from unnest(:ids::uuid[]) i (id)
                """, """
                insert into delivery_attempts (organization_id, event_id, endpoint_id, number, started_at, duration_ms,
                    outcome)
                select :organization, id, :organization, 1, now(), 1, 'f' from unnest(:ids::uuid[]) i (id)
                """, """
                insert into dead_letters (organization_id, event_id, endpoint_id, attempts, failed_at)
                select :organization, id, :organization, 1, now() from unnest(:ids::uuid[]) i (id)
                """ }) {
            this.jdbc.sql(sql).param("organization", organization).param("ids", ids).update();
        }
        new TransactionTemplate(this.transactions).executeWithoutResult((status) -> {
            long before = rows.touched();
            assertThat(this.details.find(organization, event)).isNotNull();
            assertThat(rows.touched() - before).isBetween(1L, 50L);
        });
    }

}
