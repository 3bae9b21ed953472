package dev.triggers.attempt;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

import dev.triggers.time.UuidV7;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The attempts of an endpoint. There is no index for them, which every attempt would have
 * to pay for: an organization's history is walked, a bounded number of rows a page.
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
     * Attempts of the endpoint, those of the latest event first.
     * @param before the position behind which to go on
     * @param from the lowest identifier of an event
     * @param outcomes codes of the outcomes to show
     */
    Page page(UUID organizationId, UUID endpointId, Position before, UUID from, List<String> outcomes, int limit) {
        List<Row> rows = this.jdbc.sql("""
                with looked as materialized (
                  select * from delivery_attempts a
                  where a.organization_id = :organization and a.event_id >= :from
                    and (a.event_id, a.endpoint_id, a.number) < (:event, :before_endpoint, :number)
                  order by a.event_id desc, a.endpoint_id desc, a.number desc limit :look)
                (select l.*, false as last from looked l
                  where l.endpoint_id = :endpoint and l.outcome::text = any (:outcomes)
                  order by l.event_id desc, l.number desc limit :limit)
                union all
                (select l.*, true from looked l order by l.event_id, l.endpoint_id, l.number
                  limit case when (select count(*) from looked) = :look then 1 else 0 end)
                """)
            .param("organization", organizationId)
            .param("from", from)
            .param("event", before.eventId())
            .param("before_endpoint", before.endpointId())
            .param("number", before.number())
            .param("look", LOOK)
            .param("endpoint", endpointId)
            .param("outcomes", outcomes.toArray(String[]::new))
            .param("limit", limit)
            .query(AttemptHistoryRepository::row)
            .list();
        List<Attempt> attempts = rows.stream().filter((row) -> !row.last()).map(Row::attempt).toList();
        if (attempts.size() == limit) {
            Attempt last = attempts.getLast();
            return new Page(attempts, new Position(last.eventId(), endpointId, last.number()));
        }
        Position next = rows.stream().filter(Row::last).map(Row::position).findFirst().orElse(null);
        return new Page(attempts, next);
    }

    /**
     * Figures of the endpoint's latest attempts.
     */
    Statistics statistics(UUID organizationId, UUID endpointId, Instant since) {
        return this.jdbc.sql("""
                with looked as materialized (
                  select * from delivery_attempts a
                  where a.organization_id = :organization and a.event_id >= :from
                  order by a.event_id desc, a.endpoint_id desc, a.number desc limit :look),
                own as (select * from looked where endpoint_id = :endpoint and outcome in ('d', 'r', 'f')),
                failure as (select * from own where outcome <> 'd' order by started_at desc limit 1)
                select count(*) as attempts, count(*) filter (where outcome = 'd') as successes,
                  count(*) filter (where outcome = 'f') as exhausted,
                  percentile_disc(0.5) within group (order by duration_ms) as p50,
                  percentile_disc(0.95) within group (order by duration_ms) as p95,
                  (select started_at from failure) as failed_at, (select error_code from failure) as error_code,
                  (select error from failure) as error
                from own
                """)
            .param("organization", organizationId)
            .param("from", UuidV7.floor(since))
            .param("endpoint", endpointId)
            .param("look", LOOK)
            .query(AttemptHistoryRepository::statistics)
            .single();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        byte[] body = row.getBytes("response_body");
        Attempt attempt = new Attempt(row.getObject("event_id", UUID.class), row.getInt("number"),
                outcome(row.getString("outcome")), row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getInt("duration_ms"), row.getObject("response_status", Integer.class), row.getString("error_code"),
                row.getString("error"), (body != null) ? new String(body, StandardCharsets.UTF_8) : null);
        return new Row(attempt,
                new Position(attempt.eventId(), row.getObject("endpoint_id", UUID.class), attempt.number()),
                row.getBoolean("last"));
    }

    private static String outcome(String code) {
        return switch (code) {
            case "d" -> "delivered";
            case "r" -> "retried";
            default -> "failed";
        };
    }

    private static Statistics statistics(ResultSet row, int number) throws SQLException {
        long attempts = row.getLong("attempts");
        long successes = row.getLong("successes");
        OffsetDateTime failedAt = row.getObject("failed_at", OffsetDateTime.class);
        return new Statistics(attempts, successes, attempts - successes, row.getLong("exhausted"),
                (attempts > 0) ? (double) successes / attempts : null, row.getObject("p50", Integer.class),
                row.getObject("p95", Integer.class),
                (failedAt != null)
                        ? new LastFailure(failedAt.toInstant(), row.getString("error_code"), row.getString("error"))
                        : null);
    }

    private record Row(Attempt attempt, Position position, boolean last) {

    }

    /**
     * Where in the history a page ends.
     */
    record Position(UUID eventId, UUID endpointId, int number) {

        static final Position START = new Position(new UUID(-1, -1), new UUID(-1, -1), Integer.MAX_VALUE);

    }

    /**
     * A page of attempts.
     *
     * @param attempts what was found
     * @param next where to go on; null at the end
     */
    record Page(List<Attempt> attempts, @Nullable Position next) {

    }

    /**
     * One attempt.
     *
     * @param eventId the event
     * @param number counts the delivery's attempts
     * @param outcome {@code delivered}, {@code retried} or {@code failed} (the last one)
     * @param startedAt when it began
     * @param durationMs how long it took
     * @param responseStatus the status of the answer, if there was one
     * @param errorCode why it failed, a stable code
     * @param error the same in words for the endpoint's owner
     * @param responseBody the first KiB of the answer
     */
    @Schema(name = "EndpointAttempt")
    record Attempt(UUID eventId, int number, String outcome, Instant startedAt, int durationMs,
            @Nullable Integer responseStatus, @Nullable String errorCode, @Nullable String error,
            @Nullable String responseBody) {

    }

    /**
     * Figures of attempts.
     *
     * @param attempts how many
     * @param successes those answered with 2xx
     * @param failures the others
     * @param exhausted failures after which nothing was left to try
     * @param successRate successes among them, from 0 to 1; null without any
     * @param durationP50Ms median of their durations
     * @param durationP95Ms 95th percentile of their durations
     * @param lastFailure the latest failure
     */
    record Statistics(long attempts, long successes, long failures, long exhausted, @Nullable Double successRate,
            @Nullable Integer durationP50Ms, @Nullable Integer durationP95Ms, @Nullable LastFailure lastFailure) {

        static final Duration WINDOW = Duration.ofHours(24);

    }

    /**
     * A failure.
     *
     * @param at when the attempt began
     * @param errorCode why it failed
     * @param error the same in words
     */
    record LastFailure(Instant at, @Nullable String errorCode, @Nullable String error) {

    }

}
