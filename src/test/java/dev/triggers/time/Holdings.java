package dev.triggers.time;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.sun.management.UnixOperatingSystemMXBean;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a service and its database hold at a time.
 *
 * @param at the time
 * @param rows rows by table; those of partitions count for their table
 * @param bytes of tables and their indexes together, the same way; and of PostgreSQL's
 * own
 * @param days of the history that there are
 * @param usage the oldest day of which it is known what was used
 * @param oldestFreeze transaction ids since the oldest table was frozen
 * @param heapBytes of the process, after a collection
 * @param descriptors that it has open
 */
record Holdings(Instant at, Map<String, Long> rows, Map<String, Long> bytes, List<LocalDate> days, LocalDate usage,
        long oldestFreeze, long heapBytes, long descriptors) {

    private static final String CATALOGUE = "the catalogue";

    private static final String TABLES = """
            select coalesce(i.inhparent, c.oid)::regclass::text as name, c.oid::regclass::text as part,
              pg_total_relation_size(c.oid) as bytes
            from pg_class c left join pg_inherits i on i.inhrelid = c.oid
            where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
            """;

    static Holdings of(JdbcClient jdbc, Instant now) {
        Map<String, Long> rows = new TreeMap<>();
        Map<String, Long> bytes = new TreeMap<>();
        jdbc.sql(TABLES).query((row) -> {
            String table = row.getString("name");
            bytes.merge(table, row.getLong("bytes"), Long::sum);
            rows.merge(table, jdbc.sql("select count(*) from " + row.getString("part")).query(Long.class).single(),
                    Long::sum);
        });
        bytes.put(CATALOGUE, jdbc.sql("""
                select sum(pg_total_relation_size(oid)) from pg_class
                where relkind = 'r' and relnamespace = 'pg_catalog'::regnamespace""").query(Long.class).single());
        LocalDate usage = jdbc.sql("select (min(start) at time zone 'UTC')::date from organization_statistics")
            .query(LocalDate.class)
            .single();
        long frozen = jdbc.sql(
                "select max(age(relfrozenxid)) from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace")
            .query(Long.class)
            .single();
        System.gc();
        return new Holdings(now, rows, bytes, days(jdbc), usage, frozen,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), descriptorsOpen());
    }

    static List<LocalDate> days(JdbcClient jdbc) {
        return jdbc.sql("""
                select to_date(right(relname, 8), 'YYYYMMDD') from pg_class
                where relkind = 'r' and relname ~ '^events_[0-9]{8}$' order by 1""").query(LocalDate.class).list();
    }

    private static long descriptorsOpen() {
        return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class).getOpenFileDescriptorCount();
    }

    long allBytes() {
        return this.bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    long allRows() {
        return this.rows.values().stream().mapToLong(Long::longValue).sum();
    }

    LocalDate day() {
        return LocalDate.ofInstant(this.at, ZoneOffset.UTC);
    }

    /** A line of a table. */
    String line() {
        return "| %s | %d | %s | %,d | %,.1f | %,.1f | %,d | %,.1f | %d |".formatted(day(), this.days.size(),
                this.days.getFirst(), allRows(), allBytes() / 1e6, this.bytes.get(CATALOGUE) / 1e6, this.oldestFreeze,
                this.heapBytes / 1e6, this.descriptors);
    }

}
