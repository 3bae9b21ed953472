package dev.triggers.database;

import java.util.Optional;

import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What is done to the schema beside its migrations, before anything else is there.
 */
@Repository
class SchemaRepository {

    private final JdbcClient jdbc;

    SchemaRepository(@MaintenanceDataSource DataSource dataSource) {
        // The client that all others share waits for the migrations
        this.jdbc = JdbcClient.create(dataSource);
    }

    /**
     * Lets migrations that failed be tried again.
     */
    void forgetFailed() {
        this.jdbc.sql("delete from flyway_schema_history where not success").update();
    }

    /**
     * Who has a transaction open and does nothing, for the longest time.
     */
    Optional<String> longestIdle() {
        return this.jdbc.sql("""
                select format('process %s (%s of %s), for %s s', pid, application_name, usename,
                  extract(epoch from clock_timestamp() - xact_start)::int)
                from pg_stat_activity
                where datname = current_database() and state like 'idle in transaction%' and pid <> pg_backend_pid()
                order by xact_start limit 1
                """).query(String.class).optional();
    }

}
