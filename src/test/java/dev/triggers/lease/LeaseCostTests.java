package dev.triggers.lease;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.triggers.key.EventTypes;
import dev.triggers.lease.Leasing.Round;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Rows;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A lease costs what it gives, whatever is pending, leased, or free and left out.
 */
@IntegrationTest
class LeaseCostTests {

    private static final int STORED = 40_000;

    private final JdbcClient jdbc;

    /** Without the time limit of the service's connections. */
    private final JdbcClient patient;

    private final Rows rows;

    private final Leasing leasing;

    private final LeaseRepository leases;

    private final TransactionTemplate transaction;

    @Autowired
    LeaseCostTests(JdbcClient jdbc, Leasing leasing, LeaseRepository leases, PlatformTransactionManager transactions,
            Environment environment) {
        this.jdbc = jdbc;
        this.patient = PostgresServer.client(environment.getRequiredProperty("DATABASE_URL"));
        this.rows = new Rows(jdbc);
        this.leasing = leasing;
        this.leases = leases;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Test
    void leaseTouchesTheRowsOfItsEventsAlone() {
        // Of tables that hold next to nothing
        analyze();
        UUID organization = store();
        LeaseFilter filter = new LeaseFilter(organization, null, 2);
        LeaseRequest most = new LeaseRequest(filter, 1_000, Duration.ofHours(1), Duration.ZERO, null);
        Position position = Position.start();
        for (int i = 0; i < 15; i++) {
            Round round = this.leasing.lease(most, position, (bytes) -> true);
            assertThat(round.answer().count()).isEqualTo(1_000);
            position = round.next();
        }
        // Five thousand more were received too often, and are free
        this.patient
            .sql("""
                    with free as (update leased_events set lease_id = null, receives = 2 where organization_id = :organization
                      and event_id in (select event_id from leased_events where organization_id = :organization
                        order by event_id limit 5000))
                    select 1
                    """)
            .param("organization", organization)
            .query(Integer.class)
            .single();
        assertLeaseIsCheap(filter, position);
        analyze();
        assertLeaseIsCheap(filter, position);
        assertAcknowledgementEndsLeasesOnTheirIndex(organization);
    }

    /**
     * While the table seems empty, all that could serve a look-up costs the same: then an
     * index that has to be read through could be taken for the one that need not.
     */
    @Test
    void noIndexButTheKeyIsTakenToLookAnEventUp() {
        this.transaction.executeWithoutResult((status) -> {
            this.jdbc.sql("set local enable_seqscan = off").update();
            assertThat(planOfLookUp()).contains("leased_events_pkey");
            this.jdbc.sql("alter table leased_events drop constraint leased_events_pkey").update();
            assertThat(planOfLookUp()).contains("Seq Scan");
            status.setRollbackOnly();
        });
    }

    private String planOfLookUp() {
        List<String> lines = this.jdbc.sql("""
                explain select true from leased_events where organization_id = :id and event_id = :id
                  and (lease_id is distinct from :id or receives >= 2) limit 1
                """).param("id", Rows.newId()).query(String.class).list();
        return String.join("\n", lines);
    }

    private void assertLeaseIsCheap(LeaseFilter filter, Position position) {
        LeaseRequest request = new LeaseRequest(filter, 100, Duration.ofHours(1), Duration.ZERO, null);
        this.transaction.executeWithoutResult((status) -> {
            long before = this.rows.touched();
            Round round = this.leasing.lease(request, position, (bytes) -> true);
            assertThat(round.answer().count()).isEqualTo(100);
            // Its own, what is free and left out, and a step behind
            assertThat(this.rows.touched() - before).isLessThan(100 * 30 + 3 * 2 * LeaseRepository.LOOK_BEHIND);
            status.setRollbackOnly();
        });
    }

    private void assertAcknowledgementEndsLeasesOnTheirIndex(UUID organization) {
        UUID lease = this.jdbc
            .sql("select id from inbox_leases where organization_id = :organization order by id desc limit 1")
            .param("organization", organization)
            .query(UUID.class)
            .single();
        this.transaction.executeWithoutResult((status) -> {
            long before = this.rows.touched();
            assertThat(this.leases.extend(organization, EventTypes.EVERY, lease, Duration.ofHours(1))).isNotNull();
            assertThat(this.leases.release(organization, EventTypes.EVERY, lease, Duration.ZERO, Rows.newId()).events())
                .isPositive();
            assertThat(this.rows.touched() - before).isLessThan(5_000);
            status.setRollbackOnly();
        });
    }

    private void analyze() {
        this.patient.sql("analyze events, event_acks, event_deliveries, dead_letters, leased_events, inbox_leases")
            .update();
    }

    private UUID store() {
        UUID organization = this.rows.organization();
        UUID[] ids = IntStream.range(0, STORED).mapToObj((n) -> Rows.newId()).toArray(UUID[]::new);
        for (String sql : List.of("""
                insert into events (organization_id, id, type, payload) select :organization, unnest(:ids), 'a', '1'
                """, """
                insert into event_deliveries (organization_id, event_id, endpoint_id, due_at, remaining)
                select :organization, unnest(:ids), '00000000-0000-0000-0000-000000000000', 'infinity', 5
                """)) {
            this.patient.sql(sql).param("organization", organization).param("ids", ids).update();
        }
        return organization;
    }

}
