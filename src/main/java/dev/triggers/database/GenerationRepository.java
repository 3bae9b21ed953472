package dev.triggers.database;

import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * To which server, and which timeline of it, the current generation belongs.
 */
@Repository
class GenerationRepository {

    private final JdbcClient jdbc;

    GenerationRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Begins the next generation where the current one belongs elsewhere. Of several
     * instances one does it.
     * @return its number; empty if nothing had to be done
     */
    Optional<Integer> renew() {
        return this.jdbc.sql("""
                update log_state s
                set generation = generation + 1, system_identifier = c.system_identifier, timeline = log_timeline()
                from pg_control_system() c
                where s.one and not pg_is_in_recovery()
                  and (s.system_identifier <> c.system_identifier or s.timeline <> log_timeline())
                returning s.generation
                """).query(Integer.class).optional();
    }

}
