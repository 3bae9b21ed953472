package dev.triggers.placement;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Where the organizations of external ids are, as far as that is known here.
 */
@Repository
class PlaceRepository {

    private final JdbcClient jdbc;

    PlaceRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    int organizations() {
        return this.jdbc.sql("select count(*)::int from organizations where elsewhere is null")
            .query(Integer.class)
            .single();
    }

    /** Whether there is such an organization, erasure or move. */
    boolean has(UUID id) {
        return this.jdbc.sql("""
                select exists (select from organizations where id = :id and elsewhere is null)
                    or exists (select from erasures where id = :id and not moved)
                    or exists (select from moves where id = :id)
                """).param("id", id).query(Boolean.class).single();
    }

    boolean livesHere(String externalId) {
        return this.jdbc.sql("select exists (select from organizations where external_id = :id and elsewhere is null)")
            .param("id", externalId)
            .query(Boolean.class)
            .single();
    }

    /** The cell that is known to have it. */
    Optional<Noted> find(String externalId) {
        return this.jdbc
            .sql("select cell, gone_at is not null as gone from organization_places where external_id = :id")
            .param("id", externalId)
            .query((row, number) -> new Noted(row.getString("cell"), row.getBoolean("gone")))
            .optional();
    }

    /** Notes what a cell says that it has. What another was noted to have stays. */
    void note(Collection<String> externalIds, String cell) {
        this.jdbc.sql("""
                insert into organization_places (external_id, cell)
                select id, :cell from unnest(cast(:ids as text[])) id
                on conflict (external_id) do update set cell = excluded.cell, gone_at = null
                where organization_places.gone_at is not null
                """).param("ids", externalIds.toArray(String[]::new)).param("cell", cell).update();
    }

    /** Notes where one has gone; what is here need not be noted. */
    void replace(String externalId, String cell, String here) {
        this.jdbc.sql("""
                with gone as (delete from organization_places where external_id = :id and :cell = :here)
                insert into organization_places (external_id, cell) select :id, :cell where :cell <> :here
                on conflict (external_id) do update set cell = excluded.cell, gone_at = null
                """).param("id", externalId).param("cell", cell).param("here", here).update();
    }

    /** What is noted of a cell, in order, behind an external id. */
    List<String> noted(String cell, String after, int most) {
        return this.jdbc.sql("""
                select external_id from organization_places where cell = :cell and external_id > :after
                order by external_id limit :most
                """)
            .param("cell", cell)
            .param("after", after)
            .param("most", most)
            .query((row, number) -> row.getString(1))
            .list();
    }

    /** Notes what a cell has no more, and forgets what it has not had for long. */
    void forget(Collection<String> externalIds, String cell) {
        this.jdbc.sql("""
                with gone as (
                    delete from organization_places
                    where cell = :cell and external_id = any (:ids) and gone_at < now() - interval '1 hour')
                update organization_places set gone_at = now()
                where cell = :cell and external_id = any (:ids) and gone_at is null
                """).param("cell", cell).param("ids", externalIds.toArray(String[]::new)).update();
    }

    /** Those of which there is no organization here. */
    List<String> missing(Collection<String> externalIds) {
        return this.jdbc.sql("""
                select a.id from unnest(cast(:ids as text[])) as a (id)
                where not exists (select from organizations o where o.external_id = a.id and o.elsewhere is null)
                """).param("ids", externalIds.toArray(String[]::new)).query((row, number) -> row.getString(1)).list();
    }

    /**
     * How far a cell has told what it has.
     * @param cells all that there are; what was told when there were others does not
     * count
     */
    Optional<Told> told(String cell, String cells) {
        return this.jdbc.sql("select until, complete from told_places where cell = :cell and cells = :cells")
            .param("cell", cell)
            .param("cells", cells)
            .query((row, number) -> new Told(row.getObject("until", UUID.class), row.getBoolean("complete")))
            .optional();
    }

    /** Once all was told, it stays so. */
    void setTold(String cell, String cells, Told told) {
        this.jdbc.sql("""
                insert into told_places as t (cell, cells, until, complete)
                values (:cell, :cells, :until, :complete)
                on conflict (cell) do update
                set cells = excluded.cells,
                    until = case when t.cells = excluded.cells then greatest(t.until, excluded.until)
                        else excluded.until end,
                    complete = excluded.complete or (t.complete and t.cells = excluded.cells)
                """)
            .param("cell", cell)
            .param("cells", cells)
            .param("until", told.until())
            .param("complete", told.complete())
            .update();
    }

    /**
     * The next organizations that have external ids, in the order in which they were
     * made.
     */
    List<Known> after(UUID id, int most) {
        return this.jdbc.sql("""
                select id, external_id from organizations
                where external_id is not null and elsewhere is null and id > :after
                order by id limit :most
                """)
            .param("after", id)
            .param("most", most)
            .query((row, number) -> new Known(row.getObject("id", UUID.class), row.getString("external_id")))
            .list();
    }

    /**
     * How far a cell has told what it has.
     *
     * @param until the last of its organizations that was looked at
     * @param complete whether that was the last that it had
     */
    record Told(UUID until, boolean complete) {

        static final Told NOTHING = new Told(new UUID(0, 0), false);

    }

    /**
     * Where an organization is noted to be.
     *
     * @param cell the digits of the cell
     * @param gone whether that has said since that it has it no more
     */
    record Noted(String cell, boolean gone) {
    }

    /**
     * An organization of this cell.
     *
     * @param id the organization
     * @param externalId what its operator knows it by
     */
    record Known(UUID id, String externalId) {
    }

}
