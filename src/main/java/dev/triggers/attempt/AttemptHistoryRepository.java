package dev.triggers.attempt;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

import dev.triggers.inbox.TypeFilter;
import dev.triggers.key.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The history of attempts. There is no index for those of an endpoint, or of any other
 * kind, which every attempt would have to pay for: an organization's history is walked, a
 * bounded number of rows a page.
 */
@Repository
class AttemptHistoryRepository {

    /** Rows that a page looks at. */
    static final int LOOK = 10_000;

    private final JdbcClient jdbc;

    AttemptHistoryRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Attempts that the filter lets through, those of the latest event first. Rows are
     * looked at without what they hold of answers, which is read for the page alone.
     * @param caller whose attempts, as far as its key may see them
     * @param before the position behind which to go on
     */
    Page page(Caller caller, AttemptFilter filter, AttemptPosition before, int limit) {
        TypeFilter type = filter.type();
        UUID high = before.isBefore(filter.high()) ? before.eventId() : filter.high();
        List<Row> rows = this.jdbc
            .sql("""
                    with looked as materialized (
                      select a.event_id, a.endpoint_id, a.number, a.outcome, a.response_status, a.error_code, a.started_at
                      from delivery_attempts a
                      where a.organization_id = :organization and a.event_id between :low and :high
                        and (a.event_id, a.endpoint_id, a.number) < (:event, :before_endpoint, :number)
                      order by a.event_id desc, a.endpoint_id desc, a.number desc limit :look),
                    found as materialized (
                      select l.event_id, l.endpoint_id, l.number from looked l
                      where l.outcome::text = any (:outcomes)
                        and (cast(:endpoint as uuid) is null or l.endpoint_id = :endpoint)
                        and (cast(:lowest as int) is null or l.response_status between :lowest and :highest)
                        and (cast(:code as text) is null or l.error_code = :code)
                        and (cast(:own as uuid[]) is null or l.endpoint_id = any (cast(:own as uuid[])))
                        and l.started_at >= :since and l.started_at < :until
                        and (cast(:low_type as text) is null and cast(:patterns as text[]) is null or (
                          select (cast(:low_type as text) is null
                              or (e.type collate "C" >= :low_type and e.type collate "C" < :high_type))
                            and (cast(:patterns as text[]) is null or e.type like any (cast(:patterns as text[])))
                          from events e where e.organization_id = :organization and e.id = l.event_id limit 1))
                      order by l.event_id desc, l.endpoint_id desc, l.number desc limit :limit)
                    (select a.*, e.type, false as last from found f
                      cross join lateral (
                        select a.event_id, a.endpoint_id, a.number, a.outcome, a.response_status, a.error_code, a.started_at,
                          a.duration_ms, a.error, a.response_body
                        from delivery_attempts a where a.organization_id = :organization and a.event_id = f.event_id
                          and a.endpoint_id = f.endpoint_id and a.number = f.number limit 1) a
                      left join lateral (
                        select e.type from events e where e.organization_id = :organization and e.id = f.event_id limit 1) e on true
                      order by f.event_id desc, f.endpoint_id desc, f.number desc)
                    union all
                    (select l.*, 0, null, null, null, true from looked l order by l.event_id, l.endpoint_id, l.number
                      limit case when (select count(*) from looked) = :look then 1 else 0 end)
                    """)
            .param("organization", caller.organizationId())
            .param("own", caller.endpoints().ids())
            .param("patterns", caller.types().patterns())
            .param("low", filter.low())
            .param("high", high)
            .param("event", before.eventId())
            .param("before_endpoint", before.endpointId())
            .param("number", before.number())
            .param("look", LOOK)
            .param("endpoint", filter.endpointId())
            .param("outcomes", filter.outcomes().toArray(String[]::new))
            .param("lowest", filter.lowestStatus())
            .param("highest", filter.highestStatus())
            .param("code", filter.errorCode())
            .param("since", filter.since().atOffset(ZoneOffset.UTC))
            .param("until", filter.until().atOffset(ZoneOffset.UTC))
            .param("low_type", (type != null) ? type.low() : null)
            .param("high_type", (type != null) ? type.high() : null)
            .param("limit", limit)
            .query(AttemptHistoryRepository::row)
            .list();
        List<Attempt> attempts = rows.stream().filter((row) -> !row.last()).map(Row::attempt).toList();
        if (attempts.size() == limit) {
            return new Page(attempts, attempts.getLast().position());
        }
        return new Page(attempts,
                rows.stream().filter(Row::last).map((row) -> row.attempt().position()).findFirst().orElse(null));
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        byte[] body = row.getBytes("response_body");
        return new Row(
                new Attempt(row.getObject("event_id", UUID.class), row.getObject("endpoint_id", UUID.class),
                        row.getInt("number"), row.getString("type"), row.getString("outcome"),
                        row.getObject("started_at", OffsetDateTime.class).toInstant(), row.getInt("duration_ms"),
                        row.getObject("response_status", Integer.class), row.getString("error_code"),
                        row.getString("error"), (body != null) ? new String(body, StandardCharsets.UTF_8) : null),
                row.getBoolean("last"));
    }

    private record Row(Attempt attempt, boolean last) {

    }

    /**
     * A page of attempts.
     *
     * @param attempts what was found
     * @param next where to go on; null at the end
     */
    record Page(List<Attempt> attempts, @Nullable AttemptPosition next) {

    }

    /**
     * One attempt.
     *
     * @param eventId the event
     * @param endpointId the endpoint
     * @param number counts the delivery's attempts
     * @param type the event's type
     * @param outcome how it ended, by the letter that is stored
     * @param startedAt when it began
     * @param durationMs how long it took
     * @param responseStatus the status of the answer, if there was one
     * @param errorCode why it failed, a stable code
     * @param error the same in words
     * @param responseBody the first KiB of the answer
     */
    record Attempt(UUID eventId, UUID endpointId, int number, @Nullable String type, String outcome, Instant startedAt,
            int durationMs, @Nullable Integer responseStatus, @Nullable String errorCode, @Nullable String error,
            @Nullable String responseBody) {

        AttemptPosition position() {
            return new AttemptPosition(this.eventId, this.endpointId, this.number);
        }

    }

}
