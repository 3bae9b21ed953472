package dev.triggers.playground;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.triggers.sending.HeaderLine;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Playgrounds and what they took, where every instance finds it.
 */
@Repository
class PlaygroundRepository {

    private static final TypeReference<List<HeaderLine>> LINES = new TypeReference<>() {
    };

    private static final JsonMapper json = new JsonMapper();

    private final JdbcClient jdbc;

    PlaygroundRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Makes a playground.
     * @param most how many an organization may have
     * @return when it ends; empty: there are as many
     */
    @Transactional
    public Optional<OffsetDateTime> insert(UUID id, UUID organizationId, String token, Duration lifetime, int most) {
        // Counted by one at a time
        this.jdbc.sql("select id from organizations where id = :organization for update")
            .param("organization", organizationId)
            .query(UUID.class)
            .single();
        return this.jdbc.sql("""
                insert into playgrounds (id, organization_id, token, created_at, expires_at, minute)
                select :id, :organization, :token, now(), now() + make_interval(secs => :seconds), now()
                where (select count(*) from playgrounds where organization_id = :organization and expires_at > now())
                    < :most
                returning expires_at
                """)
            .param("id", id)
            .param("organization", organizationId)
            .param("token", token)
            .param("seconds", lifetime.toSeconds())
            .param("most", most)
            .query(OffsetDateTime.class)
            .optional();
    }

    /**
     * Those of an organization that have not ended, the newest first.
     */
    List<Playground> list(UUID organizationId) {
        return this.jdbc.sql("""
                select * from playgrounds where organization_id = :organization and expires_at > now()
                order by id desc
                """).param("organization", organizationId).query(PlaygroundRepository::playground).list();
    }

    Optional<Playground> find(UUID organizationId, String token) {
        return this.jdbc.sql("""
                select * from playgrounds
                where token = :token and organization_id = :organization and expires_at > now()
                """)
            .param("token", token)
            .param("organization", organizationId)
            .query(PlaygroundRepository::playground)
            .optional();
    }

    private static Playground playground(ResultSet row, int number) throws SQLException {
        return new Playground(row.getObject("id", UUID.class), row.getString("token"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(), row.getLong("received"),
                new Answer(row.getInt("status"), row.getInt("delay_ms"), row.getInt("failure_percent"),
                        row.getObject("retry_after", Integer.class), row.getBoolean("hang")));
    }

    boolean setAnswer(UUID organizationId, String token, Answer answer) {
        return this.jdbc.sql("""
                update playgrounds set status = :status, delay_ms = :delay, failure_percent = :failures,
                    retry_after = cast(:retryAfter as int), hang = :hang
                where token = :token and organization_id = :organization and expires_at > now()
                """)
            .param("status", answer.status())
            .param("delay", answer.delayMs())
            .param("failures", answer.failurePercent())
            .param("retryAfter", answer.retryAfter())
            .param("hang", answer.hang())
            .param("token", token)
            .param("organization", organizationId)
            .update() == 1;
    }

    boolean delete(UUID organizationId, String token) {
        return this.jdbc.sql("delete from playgrounds where token = :token and organization_id = :organization")
            .param("token", token)
            .param("organization", organizationId)
            .update() == 1;
    }

    /**
     * Keeps a request and says how it is to be answered, in one statement: requests to
     * one playground come one after the other.
     * @param most requests of its kind within a minute
     * @param room what a playground keeps
     * @param chance a random number below 100, by which some are answered as failures
     */
    Verdict take(String token, Arrival arrival, int most, long room, int chance) {
        return this.jdbc
            .sql("""
                    with held as (
                        select id, case when same then minute else now() end as minute,
                            case when same then knocks else 0 end as knocks, case when same then handed else 0 end as handed
                        from playgrounds cross join lateral (select minute > now() - interval '1 minute' as same) w
                        where token = :token and expires_at > now() for update of playgrounds),
                    counted as (
                        select *, case when :handed then handed else knocks end >= :most as refused from held),
                    playground as (
                        update playgrounds p set minute = c.minute,
                            knocks = c.knocks + case when :handed then 0 else 1 end,
                            handed = c.handed + case when :handed then 1 else 0 end,
                            received = received + case when refused then 0 else 1 end,
                            weight = weight + case when refused then 0 else :weight end
                        from counted c where p.id = c.id
                        returning p.id, weight, delay_ms, retry_after, refused,
                            case when hang then null when :chance < failure_percent then :failure else status end as answered,
                            extract(epoch from p.minute + interval '1 minute' - now())::int as seconds),
                    kept as (
                        insert into playground_requests (playground_id, position, at, handed, method, target, headers,
                            body, body_bytes, status)
                        select id, weight, now(), :handed, :method, :target, :headers, :body, :bytes, answered
                        from playground where not refused),
                    dropped as (
                        delete from playground_requests r using playground p
                        where r.playground_id = p.id and r.position <= p.weight - :room)
                    select * from playground
                    """)
            .param("handed", arrival.handed())
            .param("most", most)
            .param("weight", arrival.weight())
            .param("token", token)
            .param("chance", chance)
            .param("failure", Answer.FAILURE)
            .param("method", arrival.method())
            .param("target", arrival.target())
            .param("headers", json.writeValueAsString(arrival.headers()))
            .param("body", arrival.body())
            .param("bytes", arrival.bodyBytes())
            .param("room", room)
            .query(PlaygroundRepository::verdict)
            .optional()
            .orElseGet(Verdict.Over::new);
    }

    private static Verdict verdict(ResultSet row, int number) throws SQLException {
        if (row.getBoolean("refused")) {
            return new Verdict.TooMany(Duration.ofSeconds(Math.max(1, row.getInt("seconds"))));
        }
        Integer retryAfter = row.getObject("retry_after", Integer.class);
        return new Verdict.Kept(row.getObject("id", UUID.class), row.getLong("weight"),
                row.getObject("answered", Integer.class), Duration.ofMillis(row.getInt("delay_ms")),
                (retryAfter != null) ? Duration.ofSeconds(retryAfter) : null);
    }

    /**
     * Notes that a request was answered otherwise than it was to be.
     */
    void answered(Verdict.Kept kept, int status) {
        this.jdbc
            .sql("update playground_requests set status = :status where playground_id = :id and position = :position")
            .param("status", status)
            .param("id", kept.playgroundId())
            .param("position", kept.position())
            .update();
    }

    /**
     * What a playground took, the latest first.
     * @param before the one to begin behind; null: with the latest
     */
    List<KeptRequest> requests(UUID playgroundId, @Nullable Long before, int limit) {
        return this.jdbc.sql("""
                select * from playground_requests
                where playground_id = :id and position < coalesce(cast(:before as bigint), 9223372036854775807)
                order by position desc limit :limit
                """)
            .param("id", playgroundId)
            .param("before", before)
            .param("limit", limit)
            .query((row, number) -> KeptRequest.of(row.getLong("position"),
                    row.getObject("at", OffsetDateTime.class).toInstant(), row.getBoolean("handed"),
                    row.getString("method"), row.getString("target"), json.readValue(row.getString("headers"), LINES),
                    row.getBytes("body"), row.getLong("body_bytes"), row.getObject("status", Integer.class)))
            .list();
    }

    /**
     * Removes one that has ended, with what it took: at most 4,096 requests.
     * @return whether there was one
     */
    boolean deleteEnded() {
        return this.jdbc.sql("""
                delete from playgrounds where id = (
                    select id from playgrounds where expires_at <= now() order by expires_at limit 1
                    for update skip locked)
                """).update() == 1;
    }

}
