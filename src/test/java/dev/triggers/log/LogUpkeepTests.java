package dev.triggers.log;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import javax.sql.DataSource;

import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Metrics;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the service says of snapshots of others, which keep dead rows from being removed.
 */
@IntegrationTest
class LogUpkeepTests {

    @Autowired
    private LogUpkeep upkeep;

    @Autowired
    private Api api;

    @Autowired
    private DataSource dataSource;

    private double shownNext() {
        this.upkeep.run();
        return Metrics.of(this.api).value("database_snapshot_seconds");
    }

    @Test
    void snapshotIsShownUntilItEndsWhoeverWritesMeanwhile() throws SQLException {
        try (Connection holder = transaction(Connection.TRANSACTION_REPEATABLE_READ, "select 1")) {
            double shown = awaitShown();
            // Who is under way has a transaction id that nobody's snapshot has seen yet
            try (Connection writer = transaction(Connection.TRANSACTION_READ_COMMITTED,
                    "select pg_current_xact_id()")) {
                assertThat(shownNext()).isGreaterThanOrEqualTo(shown);
                writer.rollback();
            }
            assertThat(shownNext()).isGreaterThanOrEqualTo(shown);
            holder.rollback();
        }
        await().atMost(Duration.ofSeconds(30)).until(this::shownNext, (seconds) -> seconds == 0);
    }

    /** It keeps nothing until somebody has written. */
    private double awaitShown() {
        return await().atMost(Duration.ofSeconds(30)).until(() -> {
            this.api.newKey();
            return shownNext();
        }, (seconds) -> seconds > 0);
    }

    private Connection transaction(int isolation, String sql) throws SQLException {
        Connection connection = this.dataSource.getConnection();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(isolation);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return connection;
    }

}
