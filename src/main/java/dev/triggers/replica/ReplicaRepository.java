package dev.triggers.replica;

import java.util.OptionalLong;
import java.util.UUID;

import dev.triggers.database.ReadRoute;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Asks both servers how far they have come in the same write-ahead log.
 */
@Repository
class ReplicaRepository {

    private final JdbcClient jdbc;

    ReplicaRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * How far the primary has come, and which database it is. All that could be seen when
     * it was asked was written before that position, flushed or not. A page on which
     * nothing stands but its head is not begun for those who replay it.
     */
    Position primary() {
        return this.jdbc
            .sql("""
                    select c.system_identifier, d.oid as database, s.generation,
                      (s.generation::bigint << 48) + pg_snapshot_xmin(pg_current_snapshot())::text::bigint as horizon,
                      case when w.position % b.size <= 40 then w.position - w.position % b.size else w.position end as position
                    from pg_control_system() c, log_state s, pg_database d,
                      (select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint as position) w,
                      (select current_setting('wal_block_size')::bigint as size) b
                    where s.one and d.datname = current_database()
                    """)
            .query((row, number) -> new Position(row.getLong("system_identifier"), row.getLong("database"),
                    row.getInt("generation"), row.getLong("horizon"), row.getLong("position")))
            .single();
    }

    /**
     * How far the replica has come.
     * @return nothing if it does not follow that database, or is of before a restore
     */
    OptionalLong replica(Position primary) {
        return ReadRoute.toReplica(primary.horizon(), () -> this.jdbc.sql("""
                select pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint
                from pg_control_system() c, log_state s, pg_database d
                where pg_is_in_recovery() and c.system_identifier = :system and pg_last_wal_replay_lsn() is not null
                  and s.one and s.generation = :generation and d.datname = current_database() and d.oid = :database
                """)
            .param("system", primary.system())
            .param("database", primary.database())
            .param("generation", primary.generation())
            .query(Long.class)
            .optional()
            .map(OptionalLong::of)
            .orElse(OptionalLong.empty()));
    }

    /**
     * Whether an organization lives here as far as the server that is read from knows.
     * One that has just come keeps its older positions, which a reader that is told there
     * is nothing would pass.
     */
    boolean hasOrganization(UUID id) {
        return this.jdbc.sql("select exists (select from organizations where id = :id and elsewhere is null)")
            .param("id", id)
            .query(Boolean.class)
            .single();
    }

    /**
     * How far a server has come.
     *
     * @param system which one it is
     * @param database which of its databases
     * @param generation the log's generation, another one after a restore
     * @param horizon how far the log can be read
     * @param position in its write-ahead log, in bytes
     */
    record Position(long system, long database, int generation, long horizon, long position) {

    }

}
