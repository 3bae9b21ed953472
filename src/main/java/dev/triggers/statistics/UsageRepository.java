package dev.triggers.statistics;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What organizations used, from what was counted.
 */
@Repository
class UsageRepository {

    private final JdbcClient jdbc;

    UsageRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The steps in which an organization used anything, the earliest first.
     */
    List<UsageTotals.Step> steps(UUID organizationId, UsageStep.Range range) {
        return range(this.jdbc.sql("""
                select date_trunc(:unit, start, 'UTC') as step, sum(accepted)::bigint as accepted,
                  sum(duplicates)::bigint as duplicates, sum(rejected)::bigint as rejected, sum(bytes)::bigint as bytes,
                  sum(delivered)::bigint as delivered, sum(failed)::bigint as failed,
                  sum(exhausted)::bigint as exhausted, sum(reads)::bigint as reads
                from organization_statistics
                where organization_id = :organization and span = any (:spans::smallint[]) and start >= :from
                  and start < :to
                group by 1 order by 1
                """), range).param("organization", organizationId)
            .param("unit", range.step().unit())
            .query((row, number) -> new UsageTotals.Step(row.getObject("step", OffsetDateTime.class).toInstant(),
                    totals(row)))
            .list();
    }

    /**
     * What some organizations used in all.
     */
    Map<UUID, UsageTotals> totals(Collection<UUID> organizationIds, UsageStep.Range range) {
        Map<UUID, UsageTotals> totals = new HashMap<>();
        range(this.jdbc.sql("""
                select organization_id, sum(accepted)::bigint as accepted, sum(duplicates)::bigint as duplicates,
                  sum(rejected)::bigint as rejected, sum(bytes)::bigint as bytes, sum(delivered)::bigint as delivered,
                  sum(failed)::bigint as failed, sum(exhausted)::bigint as exhausted, sum(reads)::bigint as reads
                from organization_statistics
                where organization_id = any (:organizations) and span = any (:spans::smallint[]) and start >= :from
                  and start < :to
                group by 1
                """), range).param("organizations", organizationIds.toArray(UUID[]::new)).query((row) -> {
            totals.put(row.getObject("organization_id", UUID.class), totals(row));
        });
        return totals;
    }

    private static JdbcClient.StatementSpec range(JdbcClient.StatementSpec statement, UsageStep.Range range) {
        // What has yet to be folded is in minutes
        return statement.param("spans", new String[] { "1", String.valueOf(range.step().span()) })
            .param("from", range.from().atOffset(ZoneOffset.UTC))
            .param("to", range.to().atOffset(ZoneOffset.UTC));
    }

    private static UsageTotals totals(ResultSet row) throws SQLException {
        long delivered = row.getLong("delivered");
        return new UsageTotals(row.getLong("accepted"), row.getLong("duplicates"), row.getLong("rejected"),
                row.getLong("bytes"), delivered + row.getLong("failed"), delivered, row.getLong("exhausted"),
                row.getLong("reads"));
    }

    /**
     * Organizations by their ids, the newest first.
     * @param only the one; null: every one
     * @param before the one to begin behind; null: with the newest
     */
    List<UUID> organizations(@Nullable UUID only, @Nullable UUID before, int limit) {
        return this.jdbc.sql("""
                select id from organizations
                where elsewhere is null and (cast(:only as uuid) is null or id = cast(:only as uuid))
                  and (cast(:before as uuid) is null or id < cast(:before as uuid))
                order by id desc limit :limit
                """)
            .param("only", only)
            .param("before", before)
            .param("limit", limit)
            .query((row, number) -> row.getObject("id", UUID.class))
            .list();
    }

}
