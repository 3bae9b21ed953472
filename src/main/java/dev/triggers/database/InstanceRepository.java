package dev.triggers.database;

import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The processes that there are, and the locks by which they are known to live. A lock
 * belongs to a session, so it is taken over one that is kept.
 */
class InstanceRepository {

    /** Of advisory locks with two keys; the other is the number. */
    private static final int LOCKS = 0x7472;

    private final JdbcClient jdbc;

    InstanceRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    static InstanceRepository over(Connection session) {
        return new InstanceRepository(JdbcClient.create(new SingleConnectionDataSource(session, true)));
    }

    /**
     * Has the server find out within seconds that nobody is at the other end any more.
     */
    void keepAlive() {
        this.jdbc.sql("""
                select set_config('tcp_keepalives_idle', '2', false), set_config('tcp_keepalives_interval', '1', false),
                  set_config('tcp_keepalives_count', '2', false), set_config('tcp_user_timeout', '4000', false)
                """).query((row) -> {
        });
    }

    /**
     * Takes the lowest number that nobody has and that is greater than the given one.
     * @return nothing if somebody else was faster
     */
    Optional<Integer> add(int above, UUID process, boolean beating) {
        return this.jdbc.sql("""
                insert into instances (number, process, beating)
                select n, :process, :beating from generate_series(:above + 1, 32767) n
                where not exists (select from instances i where i.number = n) order by n limit 1
                on conflict do nothing returning number
                """)
            .param("process", process)
            .param("beating", beating)
            .param("above", above)
            .query(Integer.class)
            .optional();
    }

    /**
     * Moves an instance on: who takes it for ended starts over.
     * @return false if it has ended
     */
    boolean beat(int number, UUID process, boolean beating) {
        return this.jdbc.sql("""
                update instances set beat = beat + 1, beating = :beating
                where number = :number and process = :process and ended_at is null
                """).param("beating", beating).param("number", number).param("process", process).update() > 0;
    }

    /** Locks the number for as long as the session lasts. */
    boolean lock(int number) {
        return this.jdbc.sql("select pg_try_advisory_lock(:locks, :number)")
            .param("locks", LOCKS)
            .param("number", number)
            .query(Boolean.class)
            .single();
    }

    /**
     * Ends an earlier session of this process, which the server has not missed yet.
     */
    void endHolder(int number) {
        this.jdbc.sql("""
                select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and mode = 'ExclusiveLock'
                  and database = (select oid from pg_database where datname = current_database())
                  and classid = :locks and objid = :number and objsubid = 2 and granted and pid <> pg_backend_pid()
                """).param("locks", LOCKS).param("number", number).query((row) -> {
        });
    }

    /**
     * Looks at all instances. A lock is tried only for as long as the statement takes.
     * @param own the number whose lock need not be tried
     */
    List<Seen> look(int own) {
        return this.jdbc.sql("""
                select pg_backend_pid() as session, now() < pg_postmaster_start_time() + interval '3 seconds' as fresh,
                  number, process, beat, beating, ended_at is not null as ended,
                  number <> :own and not beating and ended_at is null
                    and pg_try_advisory_xact_lock_shared(:locks, number) as free
                from (select) always left join instances on true
                """)
            .param("own", own)
            .param("locks", LOCKS)
            .query((row, position) -> new Seen(row.getInt("session"), row.getBoolean("fresh"),
                    (row.getObject("process") == null) ? null
                            : new InstanceRow(row.getInt("number"), row.getObject("process", UUID.class),
                                    row.getLong("beat"), row.getBoolean("beating"), row.getBoolean("free"),
                                    row.getBoolean("ended"))))
            .list();
    }

    /**
     * Declares an instance ended, unless it has moved or its lock is held.
     */
    boolean end(InstanceRow row) {
        return this.jdbc
            .sql("""
                    update instances set ended_at = now()
                    where number = :number and process = :process and beat = :beat and beating = :beating and ended_at is null
                      and case when beating then true else pg_try_advisory_xact_lock(:locks, number) end
                    """)
            .param("number", row.number())
            .param("process", row.process())
            .param("beat", row.beat())
            .param("beating", row.beating())
            .param("locks", LOCKS)
            .update() > 0;
    }

    /** Declares this instance ended. */
    void leave(int number, UUID process) {
        this.jdbc.sql("""
                update instances set ended_at = now()
                where number = :number and process = :process and ended_at is null
                """).param("number", number).param("process", process).update();
    }

    /**
     * Forgets an instance that ended long enough ago for its last statements to be over.
     */
    void forget(int number) {
        this.jdbc.sql("delete from instances where number = :number and ended_at < now() - interval '2 seconds'")
            .param("number", number)
            .update();
    }

    /**
     * A row of a look at all instances.
     *
     * @param session the server's process that was asked
     * @param fresh whether the server has just started
     * @param row an instance; null: there is none
     */
    record Seen(int session, boolean fresh, @Nullable InstanceRow row) {

    }

}
