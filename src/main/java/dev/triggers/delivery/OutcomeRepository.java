package dev.triggers.delivery;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import dev.triggers.database.BinaryArray;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/**
 * What becomes of deliveries that were attempted: one statement for a batch of outcomes,
 * committed by itself.
 */
@Repository
class OutcomeRepository {

    private final JdbcTemplate jdbc;

    private final SenderRepository sender;

    OutcomeRepository(JdbcTemplate jdbc, SenderRepository sender) {
        this.jdbc = jdbc;
        this.sender = sender;
    }

    /**
     * Ends attempts: logs each, and settles what becomes of its delivery. An outcome
     * whose lease was lost, or whose event was acknowledged meanwhile, changes nothing. A
     * deleted endpoint's last failure leaves no dead letter: its delivery is cancelled.
     */
    Recorded record(List<AttemptOutcome> outcomes) {
        int senderId = this.sender.id();
        return this.jdbc.execute((Connection connection) -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    """
                            with o as (
                              select * from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::timestamptz[], ?::text[], ?::bigint[],
                                  ?::timestamptz[], ?::int[], ?::int[], ?::text[], ?::text[], ?::bytea[],
                                  ?::int[], ?::bytea[], ?::bytea[]) with ordinality
                                o (organization_id, event_id, endpoint_id, lease, outcome, wait, started_at, duration_ms,
                                  response_status, error_code, error, response_body, revision, detail, trace, position)
                              order by organization_id, event_id, endpoint_id),
                            held as materialized (
                              select o.*, d.tid, d.number, d.remaining, d.origin,
                                case when o.outcome = 'f' and exists (select from endpoints p
                                  where p.id = o.endpoint_id and p.deleted_at is not null) then 'r' else o.outcome end as verdict
                              from o cross join lateral (
                                select d.ctid as tid, d.attempts + 1 as number, d.remaining, d.trace as origin from event_deliveries d
                                where d.organization_id = o.organization_id and d.event_id = o.event_id
                                  and d.endpoint_id = o.endpoint_id and d.due_at = o.lease for update) d),
                            again as (
                              update event_deliveries d set due_at = now() + h.wait * interval '1 millisecond',
                                attempts = h.number, remaining = h.remaining - 1, leased = null,
                                -- Behind the request stands the latest attempt, and behind that what others tell of the trace
                                trace = case when octet_length(h.trace) > 25
                                  then substring(d.trace for 25) || substring(h.trace from 26) || substring(d.trace from 34)
                                  else d.trace end
                              from held h where h.verdict = 'r' and d.ctid = h.tid),
                            gone as (
                              delete from event_deliveries where ctid = any (array(select tid from held where verdict <> 'r'))),
                            dead as (
                              insert into dead_letters (organization_id, event_id, endpoint_id, attempts, failed_at)
                              select organization_id, event_id, endpoint_id, number, now() from held where verdict = 'f'
                              on conflict (organization_id, event_id, endpoint_id) do update
                                set attempts = excluded.attempts, failed_at = excluded.failed_at),
                            log as (
                              insert into delivery_attempts (organization_id, event_id, endpoint_id, number, started_at,
                                duration_ms, outcome, response_status, error_code, error, response_body, revision, detail, sender, trace)
                              select organization_id, event_id, endpoint_id, number, started_at, duration_ms, verdict::"char",
                                response_status, error_code, error, response_body, revision, detail, ?::smallint,
                                substring(trace for 25) || case when octet_length(origin) > 33
                                  then '\\x0000000000000000'::bytea || substring(origin from 34) else '' end
                              from held)
                            select position::int - 1, verdict = 'f' from held
                            """)) {
                bind(connection, statement, outcomes);
                statement.setInt(16, senderId);
                try (ResultSet rows = statement.executeQuery()) {
                    Recorded recorded = new Recorded(new HashSet<>(), new HashSet<>());
                    while (rows.next()) {
                        recorded.counted.add(rows.getInt(1));
                        if (rows.getBoolean(2)) {
                            recorded.dead.add(rows.getInt(1));
                        }
                    }
                    return recorded;
                }
            }
        });
    }

    private static void bind(Connection connection, PreparedStatement statement, List<AttemptOutcome> outcomes)
            throws SQLException {
        statement.setArray(1,
                BinaryArray.uuids(connection, outcomes, (outcome) -> outcome.delivery().organizationId()));
        statement.setArray(2, BinaryArray.uuids(connection, outcomes, (outcome) -> outcome.delivery().eventId()));
        statement.setArray(3, BinaryArray.uuids(connection, outcomes, (outcome) -> outcome.delivery().endpointId()));
        set(connection, statement, 4, "timestamptz", outcomes, (outcome) -> outcome.delivery().lease().toString());
        statement.setArray(5, BinaryArray.texts(connection, outcomes, AttemptOutcome::verdictCode));
        set(connection, statement, 6, "bigint", outcomes, AttemptOutcome::waitMillis);
        set(connection, statement, 7, "timestamptz", outcomes, (outcome) -> outcome.startedAt().toString());
        set(connection, statement, 8, "int", outcomes, (outcome) -> (int) outcome.duration().toMillis());
        set(connection, statement, 9, "int", outcomes, (outcome) -> outcome.result().status());
        statement.setArray(10, BinaryArray.texts(connection, outcomes, AttemptOutcome::errorCode));
        statement.setArray(11, BinaryArray.texts(connection, outcomes, AttemptOutcome::error));
        set(connection, statement, 12, "bytea", outcomes, (outcome) -> outcome.result().body().bytesOrNull());
        set(connection, statement, 13, "int", outcomes, AttemptOutcome::revision);
        set(connection, statement, 14, "bytea", outcomes, AttemptOutcome::detail);
        if (outcomes.stream().allMatch((outcome) -> outcome.trace() == null)) {
            statement.setArray(15, null);
        }
        else {
            set(connection, statement, 15, "bytea", outcomes, AttemptOutcome::traceBytes);
        }
    }

    private static void set(Connection connection, PreparedStatement statement, int index, String type,
            List<AttemptOutcome> outcomes, Function<AttemptOutcome, @Nullable Object> column) throws SQLException {
        @Nullable Object[] values = type.equals("bytea") ? new byte[outcomes.size()][] : new Object[outcomes.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(outcomes.get(i));
        }
        statement.setArray(index, connection.createArrayOf(type, values));
    }

    /**
     * What became of outcomes, as positions in the list that was to be recorded.
     *
     * @param counted those that were still awaited
     * @param dead those of them that ended their delivery as failed
     */
    record Recorded(Set<Integer> counted, Set<Integer> dead) {

    }

}
