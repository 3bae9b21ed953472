package dev.triggers.cell;

import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Where tokens are that were known here.
 */
@Repository
class MovedTokenRepository {

    private final JdbcClient jdbc;

    MovedTokenRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The digits of the cell that one is in which has one of these names. */
    Optional<String> find(List<String> names) {
        return this.jdbc.sql("""
                select cell from moved_tokens where token = any (cast(:names as text[])) and expires_at > now() limit 1
                """).param("names", names.toArray(String[]::new)).query(String.class).optional();
    }

}
