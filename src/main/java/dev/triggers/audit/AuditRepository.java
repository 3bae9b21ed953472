package dev.triggers.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was done, as it is stored: by the month.
 */
@Repository
class AuditRepository {

    private static final int SHORTENED_AT_ONCE = 1_000;

    private static final int LOOKED_AT = 10_000;

    private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {
    };

    private final JdbcClient jdbc;

    private final JsonMapper json;

    AuditRepository(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void insert(UUID id, UUID organizationId, Actor actor, String action, @Nullable String target,
            @Nullable Map<String, ?> before, @Nullable Map<String, ?> after) {
        this.jdbc
            .sql("""
                    insert into audit (id, organization_id, actor, key_id, key_name, action, target, address, request_id,
                        before, after)
                    values (:id, :organizationId, :actor, :keyId, (select name from api_keys where key_id = :keyId), :action,
                        :target, cast(:address as inet), :requestId, cast(:before as jsonb), cast(:after as jsonb))
                    """)
            .param("id", id)
            .param("organizationId", organizationId)
            .param("actor", actor.kind())
            .param("keyId", actor.keyId())
            .param("action", action)
            .param("target", target)
            .param("address", actor.address())
            .param("requestId", actor.requestId())
            .param("before", text(before))
            .param("after", text(after))
            .update();
    }

    private @Nullable String text(@Nullable Map<String, ?> members) {
        return (members != null) ? this.json.writeValueAsString(members) : null;
    }

    /**
     * Entries, the latest first. It looks at a bounded number of them.
     */
    AuditEntry.Page list(AuditFilter filter) {
        List<Looked> looked = this.jdbc.sql("""
                with looked as (
                    select * from audit
                    where (cast(:organization as uuid) is null or organization_id = cast(:organization as uuid))
                        and (cast(:before as uuid) is null or id < cast(:before as uuid))
                        and at >= coalesce(cast(:since as timestamptz), '-infinity')
                        and at <= coalesce(cast(:until as timestamptz), 'infinity')
                    order by id desc limit :most)
                (select l.*, false as last from looked l
                    where (cast(:action as text) is null or l.action = cast(:action as text))
                        and (cast(:target as text) is null or l.target = cast(:target as text))
                    order by l.id desc limit :limit)
                union all
                (select l.*, true from looked l order by l.id offset 0 limit
                    (select case when count(*) = :most then 1 else 0 end from looked))
                """)
            .param("organization", filter.organizationId())
            .param("before", filter.before())
            .param("since", time(filter.since()))
            .param("until", time(filter.until()))
            .param("action", filter.action())
            .param("target", filter.target())
            .param("most", LOOKED_AT)
            .param("limit", filter.limit() + 1)
            .query((row, number) -> new Looked(entry(row), row.getBoolean("last")))
            .list();
        return page(looked, filter.limit());
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return (instant != null) ? instant.atOffset(ZoneOffset.UTC) : null;
    }

    private static AuditEntry.Page page(List<Looked> looked, int limit) {
        List<AuditEntry> found = looked.stream().filter((row) -> !row.last()).map(Looked::entry).toList();
        if (found.size() > limit) {
            List<AuditEntry> shown = found.subList(0, limit);
            return new AuditEntry.Page(shown, shown.getLast().id().toString(), true);
        }
        String next = looked.stream()
            .filter(Looked::last)
            .map((row) -> row.entry().id().toString())
            .findFirst()
            .orElse(null);
        return new AuditEntry.Page(found, next, next != null);
    }

    private AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(row.getObject("id", UUID.class), row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getObject("organization_id", UUID.class), row.getString("actor"), row.getString("key_id"),
                row.getString("key_name"), row.getString("action"), row.getString("target"), row.getString("address"),
                row.getString("request_id"), members(row.getString("before")), members(row.getString("after")));
    }

    private @Nullable Map<String, Object> members(@Nullable String text) {
        return (text != null) ? this.json.readValue(text, MEMBERS) : null;
    }

    void createMonth(LocalDate month) {
        this.jdbc.sql("select create_audit_month(:month)").param("month", month).query((ResultSet row) -> {
        });
    }

    /**
     * Drops the months that were over before the day.
     */
    void dropBefore(LocalDate day) {
        List<String> months = this.jdbc.sql("""
                select relname from pg_class where relkind = 'r' and relnamespace = current_schema()::regnamespace
                    and relname ~ '^audit_[0-9]{6}$' and relname < 'audit_' || to_char(cast(:day as date), 'YYYYMM')
                """).param("day", day).query((row, number) -> row.getString("relname")).list();
        months.forEach((month) -> this.jdbc.sql("drop table if exists \"" + month + "\"").update());
    }

    /**
     * Cuts addresses of entries before the time to their networks.
     */
    void shortenBefore(Instant time) {
        int shortened;
        do {
            shortened = this.jdbc.sql("""
                    update audit a set address = network(set_masklen(a.address, x.bits)) from (
                        select id, at, case family(address) when 4 then 24 else 48 end as bits from audit
                        where at < :before and masklen(address) > case family(address) when 4 then 24 else 48 end
                        limit :most) x
                    where a.id = x.id and a.at = x.at
                    """).param("before", time.atOffset(ZoneOffset.UTC)).param("most", SHORTENED_AT_ONCE).update();
        }
        while (shortened == SHORTENED_AT_ONCE);
    }

    /**
     * A row of a page.
     *
     * @param entry the entry
     * @param last whether it is only there to say how far was looked
     */
    private record Looked(AuditEntry entry, boolean last) {

    }

}
