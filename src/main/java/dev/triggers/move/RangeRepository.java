package dev.triggers.move;

import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

import dev.triggers.database.MaintenanceDataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Of what changes and goes: which events were sent, in ranges of them, and in which
 * ranges something changed since. That is told by counting: a row that was changed is a
 * younger one, and one that is gone is missing.
 */
@Repository
class RangeRepository {

    private static final UUID FIRST = new UUID(0, 0);

    private static final String UNTIL = "coalesce(cast(%s as uuid), 'ffffffff-ffff-ffff-ffff-ffffffffffff')";

    private final JdbcClient jdbc;

    /**
     * Without a time limit but that of each statement, and in the transaction of who
     * packs.
     */
    private final JdbcClient patient;

    RangeRepository(JdbcClient jdbc, @MaintenanceDataSource DataSource dataSource) {
        this.jdbc = jdbc;
        this.patient = JdbcClient.create(dataSource);
    }

    /**
     * The ranges in which something may have changed since they were sent, in their
     * order. In the beginning that is one of all events.
     */
    List<EventRange> changed(Departure move, UUID worker, MovedTable table) {
        mark(move, worker, table, List.of(FIRST), "do nothing");
        return this.patient.sql(changed(table) + "select first_event, until_event from changed order by first_event")
            .param("move", move.id())
            .param("table", table.toString())
            .param("organization", move.organizationId())
            .param("oldest", move.oldest())
            .query((row, number) -> new EventRange(row.getObject("first_event", UUID.class),
                    row.getObject("until_event", UUID.class)))
            .list();
    }

    private static String changed(MovedTable table) {
        return """
                with changed as materialized (
                    select r.first_event, r.until_event
                    from (select first_event, lead(first_event) over (order by first_event) as until_event, rows,
                            age(horizon::xid) as age
                        from move_ranges where move_id = :move and table_name = :table) r
                    cross join lateral (
                        select count(*) as rows, count(*) filter (where not (age(t.xmin) between 0 and r.age)) as settled
                        from %1$s t where %2$s and t.event_id >= r.first_event and t.event_id < %3$s) l
                    where r.rows is null or l.rows <> r.rows or l.settled <> r.rows)
                """
            .formatted(table.sql(), RowStatements.rows(table, null, null), UNTIL.formatted("r.until_event"));
    }

    /**
     * What there is of the first events of a range.
     * @param most about so many rows: an event's are not parted
     */
    RangePage page(Departure move, MovedTable table, List<String> columns, EventRange range, int most) {
        String rows = RowStatements.rows(table, null, null);
        return this.patient
            .sql("""
                    with next as materialized (
                        select (select t.event_id from %1$s t
                            where %2$s and t.event_id > last.event_id and t.event_id < %4$s
                            order by t.event_id limit 1) as event_id
                        from (select t.event_id from %1$s t where %2$s and t.event_id >= :first and t.event_id < %4$s
                            order by t.event_id offset :most - 1 limit 1) last)
                    select count(t.event_id)::int as rows,
                        (count(*) filter (where not (age(t.xmin) between 0 and age(h.horizon::xid))))::int as settled,
                        coalesce('[' || string_agg(%3$s, ',') filter (where t.event_id is not null) || ']', '[]') as content,
                        h.horizon::text as horizon, (select event_id from next) as next
                    from (select pg_snapshot_xmin(pg_current_snapshot()) as horizon) h left join %1$s t
                        on %2$s and t.event_id >= :first and t.event_id < coalesce((select event_id from next), %4$s)
                    group by h.horizon
                    """
                .formatted(table.sql(), rows, RowStatements.line(table, columns), UNTIL.formatted(":until")))
            .param("organization", move.organizationId())
            .param("oldest", move.oldest())
            .param("first", range.first())
            .param("until", range.until())
            .param("most", most)
            .query((row, number) -> new RangePage(row.getInt("rows"), row.getString("content"), row.getInt("settled"),
                    row.getString("horizon"), row.getObject("next", UUID.class)))
            .single();
    }

    /**
     * Notes that the first events of a range are about to be sent: until that is known to
     * have come, they count as changed, and so do the others.
     * @param next the first of the others; null: there is none
     */
    void begin(Departure move, UUID worker, MovedTable table, UUID first, @Nullable UUID next) {
        int begun = mark(move, worker, table, (next != null) ? List.of(first, next) : List.of(first),
                "(move_id, table_name, first_event) do update set rows = null, horizon = null");
        if (begun == 0) {
            throw new MoveTakenException();
        }
    }

    private int mark(Departure move, UUID worker, MovedTable table, List<UUID> firsts, String otherwise) {
        return this.jdbc.sql("""
                insert into move_ranges (move_id, table_name, first_event)
                select m.id, :table, first from moves m cross join unnest(cast(:firsts as uuid[])) first
                where m.id = :move and m.worker = :worker and m.state = 'copying'
                on conflict %s
                """.formatted(otherwise))
            .param("move", move.id())
            .param("worker", worker)
            .param("table", table.toString())
            .param("firsts", firsts.toArray(UUID[]::new))
            .update();
    }

    /** Notes that the target has what there was of the first events of a range. */
    void end(Departure move, UUID worker, MovedTable table, UUID first, RangePage page) {
        int ended = this.jdbc.sql("""
                update move_ranges r set rows = :rows, horizon = cast(:horizon as xid8) from moves m
                where r.move_id = :move and r.table_name = :table and r.first_event = :first
                    and m.id = r.move_id and m.worker = :worker and m.state = 'copying'
                """)
            .param("move", move.id())
            .param("worker", worker)
            .param("table", table.toString())
            .param("first", first)
            .param("rows", page.settled())
            .param("horizon", page.horizon())
            .update();
        if (ended == 0) {
            throw new MoveTakenException();
        }
    }

    /**
     * Packs the ranges in which something changed, in the transaction of who packs the
     * rest. Should the fence be taken down again, they have to be sent anew.
     * @param next the number of the first parcel
     * @return how many parcels there are
     */
    int pack(Departure move, MovedTable table, List<String> columns, int next) {
        int parcels = this.patient.sql(changed(table) + """
                insert into move_parcels (move_id, number, table_name, rows, content, first_event, until_event)
                select :move, :next + (row_number() over (order by c.first_event))::int - 1, :table, l.rows, l.content,
                    c.first_event, c.until_event
                from changed c cross join lateral (
                    select count(*)::int as rows, coalesce('[' || string_agg(%3$s, ',') || ']', '[]') as content
                    from %1$s t where %2$s and t.event_id >= c.first_event and t.event_id < %4$s) l
                """.formatted(table.sql(), RowStatements.rows(table, null, null), RowStatements.line(table, columns),
                UNTIL.formatted("c.until_event")))
            .param("move", move.id())
            .param("table", table.toString())
            .param("organization", move.organizationId())
            .param("oldest", move.oldest())
            .param("next", next)
            .update();
        this.patient.sql("""
                update move_ranges r set rows = null, horizon = null from move_parcels p
                where r.move_id = :move and r.table_name = :table and p.move_id = r.move_id
                    and p.table_name = r.table_name and p.first_event = r.first_event
                """).param("move", move.id()).param("table", table.toString()).update();
        return parcels;
    }

}
