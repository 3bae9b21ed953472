package dev.triggers.statistics;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntSupplier;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Adds to the statistics, folds them and removes what is old. Rows are met in the order
 * of their keys, so that two instances can't be at odds over them.
 */
@Repository
class StatisticsRepository {

    private static final int FOLDED_AT_ONCE = 1_000;

    private static final int REMOVED_AT_ONCE = 5_000;

    private static final Comparator<AttemptCount> ATTEMPTS = Comparator.comparing(AttemptCount::endpointId)
        .thenComparing(AttemptCount::start)
        .thenComparing(AttemptCount::outcome);

    private static final Comparator<OrganizationCount> ORGANIZATIONS = Comparator
        .comparing(OrganizationCount::organizationId)
        .thenComparing(OrganizationCount::start);

    private final JdbcClient jdbc;

    StatisticsRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Adds to the counts of minutes; those of endpoints that are gone are left out.
     */
    void addAttempts(List<AttemptCount> counts) {
        List<AttemptCount> ordered = counts.stream().sorted(ATTEMPTS).toList();
        this.jdbc
            .sql("""
                    insert into endpoint_statistics as s (endpoint_id, span, start, outcome, attempts, exhausted, last_at,
                      last_event_id, last_number, durations)
                    select i.endpoint_id, 1, i.start, i.outcome, i.attempts, i.exhausted, i.last_at, i.last_event_id,
                      i.last_number, i.durations::int[]
                    from unnest(:endpoints::uuid[], :starts::timestamptz[], :outcomes::text[], :attempts::bigint[],
                        :exhausted::bigint[], :last_ats::timestamptz[], :last_events::uuid[], :last_numbers::int[],
                        :durations::text[])
                      i (endpoint_id, start, outcome, attempts, exhausted, last_at, last_event_id, last_number, durations)
                    where exists (select from endpoints p where p.id = i.endpoint_id and p.deleted_at is null)
                    order by i.endpoint_id, i.start, i.outcome collate "C"
                    on conflict (endpoint_id, span, start, outcome) do update set attempts = s.attempts + excluded.attempts,
                      exhausted = s.exhausted + excluded.exhausted, durations = add_bins(s.durations, excluded.durations),
                      last_event_id = case when excluded.last_at < s.last_at then s.last_event_id else excluded.last_event_id end,
                      last_number = case when excluded.last_at < s.last_at then s.last_number else excluded.last_number end,
                      last_at = greatest(s.last_at, excluded.last_at)
                    """)
            .param("endpoints", texts(ordered, AttemptCount::endpointId))
            .param("starts", texts(ordered, AttemptCount::start))
            .param("outcomes", texts(ordered, AttemptCount::outcome))
            .param("attempts", texts(ordered, AttemptCount::attempts))
            .param("exhausted", texts(ordered, AttemptCount::exhausted))
            .param("last_ats", texts(ordered, (count) -> count.last().at()))
            .param("last_events", texts(ordered, (count) -> count.last().eventId()))
            .param("last_numbers", texts(ordered, (count) -> count.last().number()))
            .param("durations", texts(ordered, (count) -> count.durations().text()))
            .update();
    }

    /**
     * Adds to the counts of minutes; those of organizations that are gone are left out.
     */
    void addOrganizations(List<OrganizationCount> counts) {
        List<OrganizationCount> ordered = counts.stream().sorted(ORGANIZATIONS).toList();
        this.jdbc
            .sql("""
                    insert into organization_statistics as s (organization_id, span, start, accepted, delivered, failed, exhausted,
                      duplicates, rejected, bytes, reads)
                    select i.organization_id, 1, i.start, i.accepted, i.delivered, i.failed, i.exhausted, i.duplicates,
                      i.rejected, i.bytes, i.reads
                    from unnest(:organizations::uuid[], :starts::timestamptz[], :accepted::bigint[], :delivered::bigint[],
                        :failed::bigint[], :exhausted::bigint[], :duplicates::bigint[], :rejected::bigint[], :bytes::bigint[],
                        :reads::bigint[])
                      i (organization_id, start, accepted, delivered, failed, exhausted, duplicates, rejected, bytes, reads)
                    where exists (select from organizations o where o.id = i.organization_id)
                    order by i.organization_id, i.start
                    on conflict (organization_id, span, start) do update set accepted = s.accepted + excluded.accepted,
                      delivered = s.delivered + excluded.delivered, failed = s.failed + excluded.failed,
                      exhausted = s.exhausted + excluded.exhausted, duplicates = s.duplicates + excluded.duplicates,
                      rejected = s.rejected + excluded.rejected, bytes = s.bytes + excluded.bytes,
                      reads = s.reads + excluded.reads
                    """)
            .param("organizations", texts(ordered, OrganizationCount::organizationId))
            .param("starts", texts(ordered, OrganizationCount::start))
            .param("accepted", texts(ordered, OrganizationCount::accepted))
            .param("delivered", texts(ordered, OrganizationCount::delivered))
            .param("failed", texts(ordered, OrganizationCount::failed))
            .param("exhausted", texts(ordered, OrganizationCount::exhausted))
            .param("duplicates", texts(ordered, (count) -> count.posted().duplicates()))
            .param("rejected", texts(ordered, (count) -> count.posted().rejected()))
            .param("bytes", texts(ordered, (count) -> count.posted().bytes()))
            .param("reads", texts(ordered, (count) -> count.posted().reads()))
            .update();
    }

    private static <C> String[] texts(List<C> counts, Function<C, Object> value) {
        return counts.stream().map((count) -> value.apply(count).toString()).toArray(String[]::new);
    }

    /**
     * Moves what was counted in minutes before the time to its hours and days. A count is
     * in its minute, or in both of these, at any time; one that comes late follows.
     */
    void foldAttempts(Instant before) {
        repeat(FOLDED_AT_ONCE, () -> this.jdbc.sql("""
                with taken as (
                  delete from endpoint_statistics where ctid = any (array(
                    select ctid from endpoint_statistics where span = 1 and start < :before
                    order by start limit :step for update skip locked))
                  returning *),
                folded as (
                  insert into endpoint_statistics as s (endpoint_id, span, start, outcome, attempts, exhausted, last_at,
                    last_event_id, last_number, durations)
                  select t.endpoint_id, k.span, date_trunc(k.unit, t.start, 'UTC'), t.outcome, sum(t.attempts),
                    sum(t.exhausted), max(t.last_at), (array_agg(t.last_event_id order by t.last_at desc))[1],
                    (array_agg(t.last_number order by t.last_at desc))[1], sum_bins(t.durations)
                  from taken t cross join (values (60::smallint, 'hour'), (1440::smallint, 'day')) k (span, unit)
                  where exists (select from endpoints p where p.id = t.endpoint_id and p.deleted_at is null)
                  group by 1, 2, 3, 4 order by 1, 2, 3, 4
                  on conflict (endpoint_id, span, start, outcome) do update set
                    attempts = s.attempts + excluded.attempts, exhausted = s.exhausted + excluded.exhausted,
                    durations = add_bins(s.durations, excluded.durations),
                    last_event_id = case when excluded.last_at < s.last_at then s.last_event_id
                      else excluded.last_event_id end,
                    last_number = case when excluded.last_at < s.last_at then s.last_number
                      else excluded.last_number end,
                    last_at = greatest(s.last_at, excluded.last_at))
                select count(*) from taken
                """)
            .param("before", before.atOffset(ZoneOffset.UTC))
            .param("step", FOLDED_AT_ONCE)
            .query(Integer.class)
            .single());
    }

    /** The same for organizations. */
    void foldOrganizations(Instant before) {
        repeat(FOLDED_AT_ONCE, () -> this.jdbc.sql("""
                with taken as (
                  delete from organization_statistics where ctid = any (array(
                    select ctid from organization_statistics where span = 1 and start < :before
                    order by start limit :step for update skip locked))
                  returning *),
                folded as (
                  insert into organization_statistics as s (organization_id, span, start, accepted, delivered, failed,
                    exhausted, duplicates, rejected, bytes, reads)
                  select t.organization_id, k.span, date_trunc(k.unit, t.start, 'UTC'), sum(t.accepted),
                    sum(t.delivered), sum(t.failed), sum(t.exhausted), sum(t.duplicates), sum(t.rejected), sum(t.bytes),
                    sum(t.reads)
                  from taken t cross join (values (60::smallint, 'hour'), (1440::smallint, 'day')) k (span, unit)
                  where exists (select from organizations o where o.id = t.organization_id)
                  group by 1, 2, 3 order by 1, 2, 3
                  on conflict (organization_id, span, start) do update set
                    accepted = s.accepted + excluded.accepted, delivered = s.delivered + excluded.delivered,
                    failed = s.failed + excluded.failed, exhausted = s.exhausted + excluded.exhausted,
                    duplicates = s.duplicates + excluded.duplicates, rejected = s.rejected + excluded.rejected,
                    bytes = s.bytes + excluded.bytes, reads = s.reads + excluded.reads)
                select count(*) from taken
                """)
            .param("before", before.atOffset(ZoneOffset.UTC))
            .param("step", FOLDED_AT_ONCE)
            .query(Integer.class)
            .single());
    }

    /**
     * Removes an endpoint's counts of hours, or of days, that began before the time.
     */
    void removeAttempts(int span, Instant before) {
        remove("""
                delete from endpoint_statistics where ctid = any (array(select ctid from endpoint_statistics
                  where span = :span and start < :before limit :step for update skip locked))
                """, span, before);
    }

    /** The same for organizations. */
    void removeOrganizations(int span, Instant before) {
        remove("""
                delete from organization_statistics where ctid = any (array(select ctid from organization_statistics
                  where span = :span and start < :before limit :step for update skip locked))
                """, span, before);
    }

    private void remove(String sql, int span, Instant before) {
        repeat(REMOVED_AT_ONCE,
                () -> this.jdbc.sql(sql)
                    .param("span", (short) span)
                    .param("before", before.atOffset(ZoneOffset.UTC))
                    .param("step", REMOVED_AT_ONCE)
                    .update());
    }

    /**
     * Removes the counts of endpoints and organizations that are gone. Each that has any
     * is looked up once, whatever it has.
     */
    void removeGone() {
        List<UUID> endpoints = this.jdbc.sql("""
                with recursive counted as (
                  (select endpoint_id id from endpoint_statistics order by 1 limit 1)
                  union all
                  select (select endpoint_id from endpoint_statistics where endpoint_id > c.id order by 1 limit 1)
                  from counted c where c.id is not null)
                select c.id from counted c where c.id is not null
                  and not exists (select from endpoints p where p.id = c.id and p.deleted_at is null)
                """).query((row, number) -> row.getObject("id", UUID.class)).list();
        removeAll("delete from endpoint_statistics where endpoint_id = :id", endpoints);
        List<UUID> organizations = this.jdbc.sql("""
                with recursive counted as (
                  (select organization_id id from organization_statistics order by 1 limit 1)
                  union all
                  select (select organization_id from organization_statistics where organization_id > c.id
                    order by 1 limit 1)
                  from counted c where c.id is not null)
                select c.id from counted c where c.id is not null
                  and not exists (select from organizations o where o.id = c.id)
                """).query((row, number) -> row.getObject("id", UUID.class)).list();
        removeAll("delete from organization_statistics where organization_id = :id", organizations);
    }

    private void removeAll(String sql, List<UUID> ids) {
        ids.forEach((id) -> this.jdbc.sql(sql).param("id", id).update());
    }

    private static void repeat(int step, IntSupplier statement) {
        int changed;
        do {
            changed = statement.getAsInt();
        }
        while (changed == step);
    }

}
