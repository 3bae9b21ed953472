package dev.triggers.stream;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The texts of events that streams show, of many organizations at once.
 */
@Repository
class StreamTextRepository {

    private final JdbcClient jdbc;

    StreamTextRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Reads events until what was read is as large as it may be. Those whose day was
     * dropped are left out.
     * @param wanted one or more
     * @param most how many bytes may be read, the last event not counted
     */
    Texts read(List<Wanted> wanted, long most) {
        List<Text> texts = new ArrayList<>();
        this.jdbc.sql("""
                with sized as materialized (
                  select w.*, e.size, coalesce(sum(e.size) over (order by w.position
                    rows between unbounded preceding and 1 preceding), 0) as before
                  from unnest(:organizations::uuid[], :ids::uuid[], :payloads::bool[]) with ordinality
                    w (organization_id, id, payload, position)
                  cross join lateral (
                    select 512 + 4 * octet_length(type) + 2 * coalesce(octet_length(dedup_id), 0)
                      + case when w.payload then octet_length(payload) else 0 end as size
                    from events where organization_id = w.organization_id and id = w.id
                      and id between :first and :last limit 1) e)
                select s.position, s.size, e.dedup_id, e.payload from sized s
                cross join lateral (
                  select dedup_id, case when s.payload then payload end as payload
                  from events where organization_id = s.organization_id and id = s.id
                    and id between :first and :last limit 1) e
                where s.before < :most
                """)
            .param("organizations",
                    wanted.stream().map((event) -> event.organizationId().toString()).toArray(String[]::new))
            .param("ids", wanted.stream().map((event) -> event.id().toString()).toArray(String[]::new))
            .param("payloads", wanted.stream().map(Wanted::payload).toArray(Boolean[]::new))
            .param("first", wanted.stream().map(Wanted::id).min(Comparator.naturalOrder()).orElseThrow())
            .param("last", wanted.stream().map(Wanted::id).max(Comparator.naturalOrder()).orElseThrow())
            .param("most", most)
            .query((row) -> {
                texts.add(new Text(row.getInt("position") - 1, row.getInt("size"), row.getString("dedup_id"),
                        row.getString("payload")));
            });
        texts.sort(Comparator.comparingInt(Text::index));
        long bytes = texts.stream().mapToLong(Text::size).sum();
        int end = (bytes >= most && !texts.isEmpty()) ? texts.getLast().index() + 1 : wanted.size();
        return new Texts(texts, end);
    }

    /**
     * An event to read.
     *
     * @param organizationId whose it is
     * @param id the event
     * @param payload whether its payload is wanted
     */
    record Wanted(UUID organizationId, UUID id, boolean payload) {

    }

    /**
     * What an event was posted with.
     *
     * @param index which of those wanted it is
     * @param size what it counts for, in bytes
     * @param dedupId its deduplication id
     * @param payload its payload, if that was wanted
     */
    record Text(int index, int size, @Nullable String dedupId, @Nullable String payload) {

    }

    /**
     * What was read.
     *
     * @param texts in the order of those wanted
     * @param end how many of those wanted were looked at
     */
    record Texts(List<Text> texts, int end) {

    }

}
