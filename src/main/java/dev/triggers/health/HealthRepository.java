package dev.triggers.health;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Whether the database answers.
 */
@Repository
class HealthRepository {

    private final JdbcClient jdbc;

    HealthRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Returns if the database answers.
     * @throws org.springframework.dao.DataAccessException if it does not
     */
    void ask() {
        this.jdbc.sql("select 1").query((row) -> {
        });
    }

}
