package dev.triggers.move;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.triggers.database.Notifications;
import dev.triggers.key.Cell;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * How far moves from here are. One process goes on with a move, for as long as it says so
 * in time; one that was taken for dead changes nothing any more.
 */
@Repository
class MoveRepository {

    /** A process that has not been heard of for so many seconds is taken for dead. */
    private static final int LEASE_SECONDS = 10;

    private static final UUID FIRST = new UUID(0, 0);

    private final JdbcClient jdbc;

    private final Notifications notifications;

    private final Cell here;

    MoveRepository(JdbcClient jdbc, Notifications notifications, Cell here) {
        this.jdbc = jdbc;
        this.notifications = notifications;
        this.here = here;
    }

    /**
     * Stores a move, unless one is under way.
     */
    boolean insert(UUID id, UUID organizationId, String target) {
        boolean stored = this.jdbc.sql("""
                insert into moves (id, organization_id, target) values (:id, :organization, :target)
                on conflict (organization_id) where finished_at is null do nothing
                """).param("id", id).param("organization", organizationId).param("target", target).update() == 1;
        this.notifications.send(Moves.TOPIC, id.toString());
        return stored;
    }

    Optional<Move> find(UUID id) {
        return this.jdbc.sql("select * from moves where id = :id").param("id", id).query(this::move).optional();
    }

    /** The one that is under way. */
    Optional<Move> findOf(UUID organizationId) {
        return this.jdbc.sql("select * from moves where organization_id = :organization and finished_at is null")
            .param("organization", organizationId)
            .query(this::move)
            .optional();
    }

    /**
     * Moves, the latest first.
     * @param before the one to begin behind; null: with the latest
     */
    List<Move> list(@Nullable UUID before, int limit) {
        return this.jdbc.sql("""
                select * from moves where (cast(:before as uuid) is null or id < cast(:before as uuid))
                order by id desc limit :limit
                """).param("before", before).param("limit", limit).query(this::move).list();
    }

    private Move move(ResultSet row, int number) throws SQLException {
        Instant fencedAt = instant(row, "fenced_at");
        Instant unfencedAt = instant(row, "unfenced_at");
        return new Move(row.getObject("id", UUID.class), row.getObject("organization_id", UUID.class),
                this.here.digits(), row.getString("target"), row.getString("state"),
                row.getObject("requested_at", OffsetDateTime.class).toInstant(), instant(row, "finished_at"),
                row.getInt("pass"), row.getLong("copied"),
                (fencedAt != null && unfencedAt != null) ? Duration.between(fencedAt, unfencedAt).toMillis() : null,
                row.getString("problem"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return (time != null) ? time.toInstant() : null;
    }

    /**
     * Asks for a move to end. What is told to the target already goes on.
     */
    void cancel(UUID id) {
        this.jdbc.sql("""
                update moves set cancelled = true, due_at = now()
                where id = :id and state in ('copying', 'fenced') and finished_at is null
                """).param("id", id).update();
        this.notifications.send(Moves.TOPIC, id.toString());
    }

    /**
     * Takes a move that is due, and that nobody goes on with.
     * @param urgent one whose organization waits, or may; or one that takes its time
     */
    Optional<Departure> take(UUID worker, boolean urgent) {
        return this.jdbc
            .sql("""
                    update moves m set worker = :worker, worker_until = now() + make_interval(secs => :seconds), turn = turn + 1
                    where id = (
                        select id from moves
                        where finished_at is null and due_at <= now() and (worker_until < now() or worker = :worker)
                            and (state in ('fenced', 'switching')) = :urgent
                        order by due_at limit 1 for update skip locked)
                    returning *
                    """)
            .param("worker", worker)
            .param("urgent", urgent)
            .param("seconds", LEASE_SECONDS)
            .query(MoveRepository::departure)
            .optional();
    }

    /**
     * The move as it is now, taken for longer.
     * @throws MoveTakenException if another process goes on with it
     */
    Departure keep(UUID id, UUID worker) {
        return this.jdbc.sql("""
                update moves set worker_until = now() + make_interval(secs => :seconds)
                where id = :id and worker = :worker and finished_at is null returning *
                """)
            .param("id", id)
            .param("worker", worker)
            .param("seconds", LEASE_SECONDS)
            .query(MoveRepository::departure)
            .optional()
            .orElseThrow(MoveTakenException::new);
    }

    /**
     * Says that the process lives that goes on with a move.
     * @return false if another one does
     */
    boolean beat(UUID id, UUID worker) {
        return this.jdbc.sql("""
                update moves set worker_until = now() + make_interval(secs => :seconds)
                where id = :id and worker = :worker and finished_at is null
                """).param("id", id).param("worker", worker).param("seconds", LEASE_SECONDS).update() == 1;
    }

    /** For how long the organization has been in the target. */
    Duration away(UUID id) {
        Double seconds = this.jdbc.sql("""
                select coalesce(extract(epoch from clock_timestamp() - unfenced_at), 0)::double precision from moves
                where id = :id
                """).param("id", id).query(Double.class).single();
        return Duration.ofMillis((long) (seconds * 1000));
    }

    /**
     * Lets the move go until it is due.
     * @param problem why it waits; null: nothing is wrong
     */
    void leave(UUID id, UUID worker, Duration pause, @Nullable String problem) {
        this.jdbc.sql("""
                update moves set worker = null, worker_until = '-infinity', problem = :problem,
                    due_at = now() + make_interval(secs => :seconds)
                where id = :id and worker = :worker and finished_at is null
                """)
            .param("id", id)
            .param("worker", worker)
            .param("problem", problem)
            .param("seconds", pause.toMillis() / 1000.0)
            .update();
    }

    /**
     * Begins a pass over the history.
     * @param horizon what is older will have been copied after it
     * @param oldest events before it are not taken
     * @param anew nothing counts that was copied before
     */
    void beginPass(UUID id, UUID worker, Horizon horizon, UUID oldest, boolean anew) {
        changed(this.jdbc
            .sql("""
                    with begun as (
                        select id from moves where id = :id and worker = :worker and state in ('copying', 'switched') for update),
                    ranges as (delete from move_ranges where move_id in (select id from begun) and :anew)
                    update moves set horizon = cast(:horizon as xid8), horizon_at = clock_timestamp(), generation = :generation, oldest = :oldest,
                        since = case when :anew then null else since end, step = 0, after = null, passed = 0, problem = null
                    where id in (select id from begun)
                    """)
            .param("id", id)
            .param("worker", worker)
            .param("horizon", horizon.transaction())
            .param("generation", horizon.generation())
            .param("oldest", oldest)
            .param("anew", anew)
            .update());
    }

    /**
     * Notes how far a pass has come.
     */
    Departure proceed(UUID id, UUID worker, int step, @Nullable List<String> after, int rows) {
        return this.jdbc.sql("""
                update moves set step = :step, after = cast(:after as text[]), passed = passed + :rows,
                    copied = copied + :rows, worker_until = now() + make_interval(secs => :seconds)
                where id = :id and worker = :worker and finished_at is null returning *
                """)
            .param("id", id)
            .param("worker", worker)
            .param("step", step)
            .param("after", (after != null) ? after.toArray(String[]::new) : null)
            .param("rows", rows)
            .param("seconds", LEASE_SECONDS)
            .query(MoveRepository::departure)
            .optional()
            .orElseThrow(MoveTakenException::new);
    }

    /** Ends a pass. */
    void endPass(UUID id, UUID worker) {
        changed(this.jdbc
            .sql("""
                    update moves set since = horizon, since_at = horizon_at, horizon = null, pass = pass + 1, step = 0, after = null
                    where id = :id and worker = :worker and state in ('copying', 'switched')
                    """)
            .param("id", id)
            .param("worker", worker)
            .update());
    }

    /**
     * The step from which there is no way back: from here on the target may have taken
     * over.
     */
    void beginSwitch(UUID id, UUID worker) {
        changed(this.jdbc.sql("""
                update moves set state = 'switching' where id = :id and worker = :worker and state = 'fenced'
                    and not cancelled
                """).param("id", id).param("worker", worker).update());
    }

    /**
     * Ends a move that was called off.
     * @param problem why; null: it was asked for
     */
    void cancelled(UUID id, UUID worker, @Nullable String problem) {
        end(id, worker, MoveState.CANCELLED, problem);
    }

    /**
     * Ends a move, in the transaction in which what is left begins to be removed.
     */
    void finished(UUID id, UUID worker) {
        end(id, worker, MoveState.FINISHED, null);
    }

    private void end(UUID id, UUID worker, MoveState state, @Nullable String problem) {
        changed(this.jdbc
            .sql("""
                    with ended as (
                        select id from moves where id = :id and worker = :worker and finished_at is null for update),
                    parcels as (delete from move_parcels where move_id in (select id from ended)),
                    ranges as (delete from move_ranges where move_id in (select id from ended))
                    update moves set state = :state, problem = :problem, finished_at = now() where id in (select id from ended)
                    """)
            .param("id", id)
            .param("worker", worker)
            .param("state", state.toString())
            .param("problem", problem)
            .update());
    }

    private static void changed(int rows) {
        if (rows == 0) {
            throw new MoveTakenException();
        }
    }

    private static Departure departure(ResultSet row, int number) throws SQLException {
        Array after = row.getArray("after");
        UUID oldest = row.getObject("oldest", UUID.class);
        return new Departure(row.getObject("id", UUID.class), row.getObject("organization_id", UUID.class),
                row.getString("target"), MoveState.parse(row.getString("state")), row.getBoolean("cancelled"),
                row.getInt("pass"), row.getString("since"), row.getObject("since_at", OffsetDateTime.class),
                row.getString("horizon"), row.getInt("generation"), (oldest != null) ? oldest : FIRST,
                row.getInt("step"), (after != null) ? Arrays.asList((String[]) after.getArray()) : null,
                row.getLong("passed"), row.getInt("fence"), row.getBoolean("counted"), row.getInt("turn"));
    }

    /**
     * How far the transactions of this cell's database have come.
     *
     * @param generation the generation of the log
     * @param transaction whatever is older is visible
     */
    record Horizon(int generation, String transaction) {
    }

}
