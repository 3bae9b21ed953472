package dev.triggers.move;

import java.util.List;
import java.util.Random;
import java.util.UUID;

import dev.triggers.support.Instance;
import dev.triggers.support.Rows;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Parked deliveries of an organization that is on its way, which change while they are
 * copied: whatever the service does to such rows, by chance.
 */
class RangesUnderChange {

    private static final MovedTable TABLE = MovedTable.PARKED_DELIVERIES;

    private final UUID organization;

    private final UUID move = UUID.randomUUID();

    private final UUID worker = UUID.randomUUID();

    private final JdbcClient source;

    private final JdbcClient target;

    private final MoveRepository moves;

    private final DepartureRepository departures;

    private final RangeRepository ranges;

    private final OrganizationArrivals arrivals;

    private final List<String> columns;

    private final Random random;

    private int fence;

    RangesUnderChange(Instance source, Instance target, int seed) {
        this.source = source.bean(JdbcClient.class);
        this.target = target.bean(JdbcClient.class);
        this.moves = source.bean(MoveRepository.class);
        this.departures = source.bean(DepartureRepository.class);
        this.ranges = source.bean(RangeRepository.class);
        this.arrivals = target.bean(OrganizationArrivals.class);
        this.columns = this.departures.columns(TABLE);
        this.random = new Random(seed);
        this.organization = new Rows(this.source).organization();
        this.source
            .sql("insert into moves (id, organization_id, target, worker) values (:id, :organization, '08', :worker)")
            .param("id", this.move)
            .param("organization", this.organization)
            .param("worker", this.worker)
            .update();
        hold();
        this.arrivals.begin(this.move, this.organization, "07", this.departures.horizon().generation());
    }

    /** Nobody else goes on with it. */
    private void hold() {
        this.source.sql("update moves set worker_until = now() + interval '1 hour' where id = :id")
            .param("id", this.move)
            .update();
    }

    void fill(int rows) {
        for (int n = 0; n < rows; n++) {
            insert(Rows.newId());
        }
    }

    private void insert(UUID event) {
        this.source.sql("""
                insert into event_deliveries (organization_id, event_id, endpoint_id, due_at, remaining)
                values (:organization, :event, :nobody, 'infinity', 5) on conflict do nothing
                """)
            .param("organization", this.organization)
            .param("event", event)
            .param("nobody", Rows.NO_ENDPOINT)
            .update();
    }

    /** Some rows come, go, become due, or wait for another endpoint. */
    void change() {
        for (int n = this.random.nextInt(30); n > 0; n--) {
            List<UUID> events = this.source
                .sql("select event_id from event_deliveries where organization_id = :organization order by 1")
                .param("organization", this.organization)
                .query(UUID.class)
                .list();
            UUID event = events.get(this.random.nextInt(events.size()));
            switch (this.random.nextInt(6)) {
                case 0 -> insert(Rows.newId());
                // One that went may come again
                case 1 -> {
                    update("delete from event_deliveries", event);
                    insert(event);
                }
                case 2 -> update("update event_deliveries set due_at = now()", event);
                case 3 -> update("update event_deliveries set due_at = 'infinity', remaining = remaining - 1", event);
                default -> update("delete from event_deliveries", event);
            }
        }
    }

    private void update(String statement, UUID event) {
        this.source.sql(statement + " where organization_id = :organization and event_id = :event")
            .param("organization", this.organization)
            .param("event", event)
            .update();
    }

    void copyOrGiveUpAFence() {
        if (this.random.nextBoolean()) {
            copy();
        }
        else {
            pack();
            this.departures.unfence(this.move, this.worker, this.organization);
        }
    }

    /** As {@link RangeSender} does it, which may end behind any page, its answer lost. */
    private void copy() {
        Departure departure = departure();
        for (EventRange range : this.ranges.changed(departure, this.worker, TABLE)) {
            UUID first = range.first();
            while (first != null) {
                RangePage page = this.ranges.page(departure, TABLE, this.columns, new EventRange(first, range.until()),
                        100);
                this.ranges.begin(departure, this.worker, TABLE, first, page.next());
                this.arrivals.replace(this.move, this.organization, 1, TABLE, this.columns,
                        new EventRange(first, (page.next() != null) ? page.next() : range.until()), page.content());
                if (this.random.nextInt(20) == 0) {
                    return;
                }
                this.ranges.end(departure, this.worker, TABLE, first, page);
                first = page.next();
            }
        }
    }

    /**
     * Puts up a fence and sends what is packed behind it.
     * @return how many rows that were
     */
    int pack() {
        this.departures.fence(this.move, this.worker, this.organization);
        this.fence++;
        Departure departure = departure();
        int parcels = this.departures.pack(departure, this.worker, List.of(TABLE));
        this.arrivals.beginFence(this.move, this.organization, this.fence, departure.generation());
        int rows = 0;
        for (int number = 0; number < parcels; number++) {
            Parcel parcel = this.departures.parcel(this.move, number).orElseThrow();
            rows += parcel.rows();
            this.arrivals.store(this.move, this.organization, this.fence, number, TABLE, this.columns, parcel.range(),
                    parcel.content());
        }
        return rows;
    }

    private Departure departure() {
        Departure departure = this.moves.keep(this.move, this.worker);
        hold();
        return departure;
    }

    List<String> here() {
        return rows(this.source);
    }

    List<String> there() {
        return rows(this.target);
    }

    private List<String> rows(JdbcClient jdbc) {
        return jdbc.sql("""
                select concat_ws(' ', event_id, endpoint_id, attempts, remaining) from event_deliveries
                where organization_id = :organization and due_at = 'infinity' order by 1
                """).param("organization", this.organization).query(String.class).list();
    }

}
