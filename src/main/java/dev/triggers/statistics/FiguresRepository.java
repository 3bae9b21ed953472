package dev.triggers.statistics;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.triggers.key.Caller;
import dev.triggers.statistics.OrganizationStatistics.FailingEndpoint;
import dev.triggers.statistics.OrganizationStatistics.OldestDue;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads statistics, and how endpoints are now. What is read is bounded by what is kept of
 * a range, however much was counted: rows are compared as wholes, which the primary key
 * alone can serve, and never the index by time that upkeep has, over everybody's counts.
 */
@Repository
class FiguresRepository {

    private static final int MOST_FAILING = 100;

    private final JdbcClient jdbc;

    FiguresRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What was counted of the endpoint's attempts: of steps of the range, and of minutes
     * that have yet to be folded into them.
     */
    List<AttemptCount> attempts(UUID endpointId, StatisticsRange range, Instant now) {
        return this.jdbc.sql("""
                select s.* from unnest(:spans::smallint[]) k (span)
                cross join lateral (
                  select * from endpoint_statistics
                  where (endpoint_id, span, start) >= (:endpoint, k.span, :since)
                    and (endpoint_id, span, start) <= (:endpoint, k.span, 'infinity'::timestamptz)) s
                """)
            .param("endpoint", endpointId)
            .param("spans", spans(range))
            .param("since", at(range.since(now)))
            .query(FiguresRepository::attempts)
            .list();
    }

    /**
     * The same of an organization.
     */
    List<OrganizationCount> organization(UUID organizationId, StatisticsRange range, Instant now) {
        return this.jdbc.sql("""
                select s.* from unnest(:spans::smallint[]) k (span)
                cross join lateral (
                  select * from organization_statistics
                  where (organization_id, span, start) >= (:organization, k.span, :since)
                    and (organization_id, span, start) <= (:organization, k.span, 'infinity'::timestamptz)) s
                """)
            .param("organization", organizationId)
            .param("spans", spans(range))
            .param("since", at(range.since(now)))
            .query((row, number) -> new OrganizationCount(organizationId, instant(row, "start"),
                    row.getLong("accepted"), row.getLong("delivered"), row.getLong("failed"), row.getLong("exhausted"),
                    Posted.NOTHING))
            .list();
    }

    /**
     * The same of some of its endpoints, which accept no events.
     */
    List<OrganizationCount> endpoints(List<UUID> endpointIds, StatisticsRange range, Instant now) {
        return this.jdbc.sql("""
                select start, sum(case when outcome = 'delivered' then attempts else 0 end) delivered,
                  sum(case when outcome = 'delivered' then 0 else attempts end) failed, sum(exhausted) exhausted
                from unnest(:endpoints::uuid[]) i (id) cross join unnest(:spans::smallint[]) k (span)
                cross join lateral (
                  select * from endpoint_statistics
                  where (endpoint_id, span, start) >= (i.id, k.span, :since)
                    and (endpoint_id, span, start) <= (i.id, k.span, 'infinity'::timestamptz)) s
                group by start
                """)
            .param("endpoints", endpointIds.toArray(UUID[]::new))
            .param("spans", spans(range))
            .param("since", at(range.since(now)))
            .query((row, number) -> OrganizationCount.attempts(instant(row, "start"), row.getLong("delivered"),
                    row.getLong("failed"), row.getLong("exhausted")))
            .list();
    }

    /**
     * Why an attempt failed, in words; null if it is kept no more, or not for the
     * caller's eyes.
     */
    @Nullable String error(Caller caller, UUID endpointId, LastAttempt attempt) {
        return this.jdbc.sql("""
                select coalesce(a.error, '') from delivery_attempts a
                where a.organization_id = :organization and a.event_id = :event and a.endpoint_id = :endpoint
                  and a.number = :number and (cast(:patterns as text[]) is null or (
                    select e.type like any (cast(:patterns as text[])) from events e
                    where e.organization_id = :organization and e.id = :event limit 1))
                limit 1
                """)
            .param("organization", caller.organizationId())
            .param("patterns", caller.types().patterns())
            .param("event", attempt.eventId())
            .param("endpoint", endpointId)
            .param("number", attempt.number())
            .query(String.class)
            .optional()
            .orElse(null);
    }

    /**
     * Endpoints whose latest attempt failed, or that the service disabled, the one that
     * fails for longest first.
     */
    List<FailingEndpoint> failing(List<UUID> endpointIds) {
        return this.jdbc
            .sql("""
                    select p.id, p.enabled, p.disabled_reason, h.failing_since, coalesce(h.consecutive_failures, 0) failures,
                      case when coalesce(h.circuit_openings, 0) = 0 then 'closed'
                        when h.circuit_open_until > now() then 'open' else 'half_open' end circuit
                    from unnest(:endpoints::uuid[]) i (id)
                    cross join lateral (select * from endpoints p where p.id = i.id limit 1) p
                    left join lateral (select * from endpoint_health h where h.endpoint_id = i.id limit 1) h on true
                    where h.consecutive_failures > 0 or (not p.enabled and p.disabled_reason is not null)
                    order by h.failing_since nulls last, p.id limit :limit
                    """)
            .param("endpoints", endpointIds.toArray(UUID[]::new))
            .param("limit", MOST_FAILING)
            .query((row, number) -> new FailingEndpoint(row.getObject("id", UUID.class),
                    optional(row.getObject("failing_since", OffsetDateTime.class)), row.getInt("failures"),
                    row.getString("circuit"), row.getBoolean("enabled"), row.getString("disabled_reason")))
            .list();
    }

    /**
     * The delivery that has been due for longest, held back or not; null without any.
     */
    @Nullable OldestDue oldestDue(List<UUID> endpointIds) {
        return this.jdbc.sql("""
                select d.endpoint_id, d.due_at from unnest(:endpoints::uuid[]) i (id)
                cross join lateral (
                  select d.endpoint_id, d.due_at from event_deliveries d
                  where d.endpoint_id = i.id and d.due_at <= now() and d.due_at < 'infinity'
                  order by d.due_at limit 1) d
                order by d.due_at limit 1
                """)
            .param("endpoints", endpointIds.toArray(UUID[]::new))
            .query((row, number) -> new OldestDue(row.getObject("endpoint_id", UUID.class), instant(row, "due_at")))
            .optional()
            .orElse(null);
    }

    private static String[] spans(StatisticsRange range) {
        return IntStream.of(StatisticsRange.HOUR.span(), range.span())
            .distinct()
            .mapToObj(String::valueOf)
            .toArray(String[]::new);
    }

    private static AttemptCount attempts(ResultSet row, int number) throws SQLException {
        return new AttemptCount(
                row.getObject("endpoint_id", UUID.class), instant(row, "start"), row.getString("outcome"),
                row.getLong("attempts"), row.getLong("exhausted"), new LastAttempt(instant(row, "last_at"),
                        row.getObject("last_event_id", UUID.class), row.getInt("last_number")),
                durations(row.getArray("durations")));
    }

    private static Durations durations(Array stored) throws SQLException {
        return Durations.of(Arrays.stream((Integer[]) stored.getArray()).mapToInt(Integer::intValue).toArray());
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant optional(@Nullable OffsetDateTime value) {
        return (value != null) ? value.toInstant() : null;
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

}
