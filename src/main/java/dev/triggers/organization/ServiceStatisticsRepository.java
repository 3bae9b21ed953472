package dev.triggers.organization;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;

import dev.triggers.organization.ServiceStatistics.Backlog;
import dev.triggers.organization.ServiceStatistics.Day;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What the database knows of the whole service without counting.
 */
@Repository
class ServiceStatisticsRepository {

    private final JdbcClient jdbc;

    ServiceStatisticsRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    ServiceStatistics read() {
        List<String> versions = versions();
        List<Day> days = days();
        List<Backlog> backlog = backlog();
        return this.jdbc
            .sql("""
                    with recursive due as (
                      (select endpoint_id, due_at, 1 i from event_deliveries where due_at < 'infinity'
                        order by endpoint_id, due_at limit 1)
                      union all
                      select x.endpoint_id, x.due_at, due.i + 1 from due cross join lateral (
                        select endpoint_id, due_at from event_deliveries
                        where endpoint_id > due.endpoint_id and due_at < 'infinity'
                        order by endpoint_id, due_at limit 1) x
                      where due.i < 1000)
                    select
                      (select n_live_tup from pg_stat_user_tables
                        where relid = to_regclass('organizations')) as organizations,
                      (select n_live_tup from pg_stat_user_tables
                        where relid = to_regclass('event_deliveries')) as open,
                      (select min(d.due_at) from due d join endpoints p on p.id = d.endpoint_id
                        where d.due_at <= now() and p.enabled and not p.resting and p.deleted_at is null) as oldest,
                      (select count(*) from (select from endpoint_health where circuit_openings > 0 limit 10000) c) as circuits,
                      (select count(*) from instances where ended_at is null) as instances
                    """)
            .query((row, number) -> new ServiceStatistics(row.getLong("organizations"), row.getLong("open"),
                    instant(row.getObject("oldest", OffsetDateTime.class)), row.getInt("circuits"),
                    row.getInt("instances"), versions, days, backlog))
            .single();
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return (time != null) ? time.toInstant() : null;
    }

    private List<String> versions() {
        return this.jdbc.sql("select user_agent from senders order by id desc limit 10")
            .query((row, number) -> row.getString("user_agent"))
            .list();
    }

    private List<Day> days() {
        return this.jdbc.sql("""
                select right(c.relname, 8) as day, sum(pg_total_relation_size(c.oid))::bigint as bytes,
                  (sum(greatest(s.n_live_tup, 0)) filter (where c.relname like 'events\\_%'))::bigint as events
                from pg_class c left join pg_stat_user_tables s on s.relid = c.oid
                where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
                  and c.relname ~ '^(events|delivery_attempts|event_acks)_[0-9]{8}$'
                group by 1 order by 1 desc
                """)
            .query((row, number) -> new Day(LocalDate.parse(row.getString("day"), DateTimeFormatter.BASIC_ISO_DATE),
                    row.getLong("events"), row.getLong("bytes")))
            .list();
    }

    private List<Backlog> backlog() {
        return this.jdbc.sql("""
                select o.id, o.name, greatest(1, round(m.share * c.n_live_tup))::bigint as open
                from pg_stats s
                cross join lateral unnest(s.most_common_vals::text::uuid[], s.most_common_freqs) m (id, share)
                join pg_stat_user_tables c on c.relid = to_regclass('event_deliveries')
                join organizations o on o.id = m.id
                where s.schemaname = current_schema() and s.tablename = 'event_deliveries'
                  and s.attname = 'organization_id' and c.n_live_tup > 0
                order by m.share desc limit 10
                """)
            .query((row, number) -> new Backlog(row.getObject("id", UUID.class), row.getString("name"),
                    row.getLong("open")))
            .list();
    }

}
