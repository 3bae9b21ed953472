package dev.triggers.catalogue;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import dev.triggers.catalogue.EventType.Day;
import dev.triggers.key.EventTypes;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The types that were seen.
 */
@Repository
class TypeRepository {

    /** Types of an organization that are counted, give or take those of one batch. */
    static final int MOST_OF_ONE = 1_000;

    private static final int STEP = 5_000;

    private static final Comparator<TypeCount> ORDER = Comparator.comparing(TypeCount::organizationId)
        .thenComparing(TypeCount::type)
        .thenComparing(TypeCount::day);

    private final JdbcClient jdbc;

    TypeRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Adds to the counts, in an order that two instances can't be at odds over.
     */
    void add(List<TypeCount> counts) {
        List<TypeCount> ordered = counts.stream().sorted(ORDER).toList();
        this.jdbc
            .sql("""
                    insert into event_types as t (organization_id, type, day, events, first_at, last_at)
                    select i.* from unnest(:organizations::uuid[], :types::text[], :days::date[], :events::bigint[],
                      :firsts::timestamptz[], :lasts::timestamptz[]) i (organization_id, type, day, events, first_at, last_at)
                    where exists (select from organizations o where o.id = i.organization_id)
                      and (exists (select from event_types s where s.organization_id = i.organization_id and s.type = i.type)
                        or (select count(distinct s.type) from event_types s
                            where s.organization_id = i.organization_id) < :most)
                    on conflict (organization_id, type, day) do update set events = t.events + excluded.events,
                      first_at = least(t.first_at, excluded.first_at), last_at = greatest(t.last_at, excluded.last_at)
                    """)
            .param("organizations", texts(ordered, TypeCount::organizationId))
            .param("types", texts(ordered, TypeCount::type))
            .param("days", texts(ordered, TypeCount::day))
            .param("events", texts(ordered, TypeCount::events))
            .param("firsts", texts(ordered, TypeCount::firstAt))
            .param("lasts", texts(ordered, TypeCount::lastAt))
            .param("most", MOST_OF_ONE)
            .update();
    }

    private static String[] texts(List<TypeCount> counts, Function<TypeCount, Object> value) {
        return counts.stream().map((count) -> value.apply(count).toString()).toArray(String[]::new);
    }

    /**
     * The organization's types in alphabetical order.
     * @param allowed those that may be shown
     * @param after the type behind which to begin
     */
    List<EventType> page(UUID organizationId, EventTypes allowed, String after, int limit) {
        Map<String, List<Row>> rows = new LinkedHashMap<>();
        this.jdbc.sql("""
                select t.type, t.day, t.events, t.first_at, t.last_at
                from (select distinct type from event_types
                      where organization_id = :organization and type > :after
                        and (:patterns::text[] is null or type like any (:patterns))
                      order by type limit :limit) seen
                cross join lateral (
                  select * from event_types t where t.organization_id = :organization and t.type = seen.type) t
                order by t.type, t.day desc
                """)
            .param("organization", organizationId)
            .param("after", after)
            .param("patterns", allowed.patterns())
            .param("limit", limit)
            .query((row) -> {
                rows.computeIfAbsent(row.getString("type"), (type) -> new ArrayList<>())
                    .add(new Row(new Day(row.getObject("day", LocalDate.class), row.getLong("events")),
                            row.getObject("first_at", OffsetDateTime.class),
                            row.getObject("last_at", OffsetDateTime.class)));
            });
        return rows.entrySet().stream().map((entry) -> type(entry.getKey(), entry.getValue())).toList();
    }

    private static EventType type(String type, List<Row> days) {
        return new EventType(type, days.getLast().firstAt().toInstant(), days.getFirst().lastAt().toInstant(),
                days.stream().mapToLong((row) -> row.day().events()).sum(), days.stream().map(Row::day).toList());
    }

    /**
     * Removes the counts of days that are kept no more.
     */
    void removeOld() {
        int removed;
        do {
            removed = this.jdbc.sql("""
                    delete from event_types where ctid = any (array(select ctid from event_types
                      where day < (select first_day from log_state where one) limit :step))
                    """).param("step", STEP).update();
        }
        while (removed == STEP);
    }

    private record Row(Day day, OffsetDateTime firstAt, OffsetDateTime lastAt) {

    }

}
