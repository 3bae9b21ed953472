package dev.triggers.search;

import java.util.List;
import java.util.UUID;

import dev.triggers.key.Caller;
import dev.triggers.key.EventTypes;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Recent events that filters let through.
 */
@Repository
class FilterRepository {

    /** Events looked at. */
    static final int LOOK = 10_000;

    private final JdbcClient jdbc;

    FilterRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The latest events of these types; an endpoint's filters are judged by the same
     * patterns when an event is stored.
     */
    Taken taken(Caller caller, EventTypes types, int limit) {
        List<Row> rows = this.jdbc.sql("""
                with looked as materialized (
                  select id, type from events where organization_id = :organization order by id desc limit :look)
                (select id, type from looked
                  where (cast(:patterns as text[]) is null or type like any (cast(:patterns as text[])))
                    and (cast(:own as text[]) is null or type like any (cast(:own as text[])))
                  order by id desc limit :limit)
                union all
                (select id, null from looked order by id
                  limit case when (select count(*) from looked) = :look then 1 else 0 end)
                """)
            .param("organization", caller.organizationId())
            .param("patterns", types.patterns())
            .param("own", caller.types().patterns())
            .param("look", LOOK)
            .param("limit", limit)
            .query((row, number) -> new Row(row.getObject("id", UUID.class), row.getString("type")))
            .list();
        List<Row> found = rows.stream().filter((row) -> row.type() != null).toList();
        UUID edge = rows.stream().filter((row) -> row.type() == null).map(Row::id).findFirst().orElse(null);
        return new Taken(found, (found.size() == limit) ? found.getLast().id() : edge);
    }

    /**
     * An event.
     *
     * @param id its id
     * @param type its type
     */
    record Row(UUID id, @Nullable String type) {

    }

    /**
     * What the filters let through.
     *
     * @param events the events, latest first
     * @param edge the last one looked at; null: all were
     */
    record Taken(List<Row> events, @Nullable UUID edge) {

    }

}
