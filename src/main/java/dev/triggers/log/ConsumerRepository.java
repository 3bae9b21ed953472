package dev.triggers.log;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.triggers.database.FenceRepository;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Positions in the log that are kept for consumers.
 */
@Repository
class ConsumerRepository {

    private final JdbcClient jdbc;

    private final FenceRepository fences;

    ConsumerRepository(JdbcClient jdbc, FenceRepository fences) {
        this.jdbc = jdbc;
        this.fences = fences;
    }

    List<Consumer> list(UUID organizationId) {
        return this.jdbc.sql("""
                select name, cursor, updated_at from log_consumers where organization_id = :organization order by name
                """).param("organization", organizationId).query(ConsumerRepository::consumer).list();
    }

    Optional<Consumer> find(UUID organizationId, String name) {
        return this.jdbc.sql("""
                select name, cursor, updated_at from log_consumers
                where organization_id = :organization and name = :name
                """)
            .param("organization", organizationId)
            .param("name", name)
            .query(ConsumerRepository::consumer)
            .optional();
    }

    /**
     * Sets a position, whatever it was.
     * @param most consumers that the organization may have
     * @return false if it has as many, and not this one
     */
    @Transactional
    public boolean set(UUID organizationId, String name, String cursor, int most) {
        return update(organizationId, name, cursor) || insert(organizationId, name, cursor, most);
    }

    /**
     * Sets a position if it is the expected one.
     */
    boolean replace(UUID organizationId, String name, String cursor, String expected) {
        return passed(organizationId,
                this.jdbc.sql("""
                        update log_consumers c set cursor = :cursor, updated_at = now()
                        where organization_id = :organization and name = :name and cursor = :expected
                          and not exists (select from fences f where f.organization_id = c.organization_id)
                        """)
                    .param("organization", organizationId)
                    .param("name", name)
                    .param("cursor", cursor)
                    .param("expected", expected)
                    .update());
    }

    /**
     * Sets a position if there is none.
     * @return false if there is, or the organization has as many as it may have
     */
    @Transactional
    public boolean insert(UUID organizationId, String name, String cursor, int most) {
        // Counted by one at a time
        this.jdbc.sql("select id from organizations where id = :organization for update")
            .param("organization", organizationId)
            .query(UUID.class)
            .single();
        this.fences.pass(organizationId);
        return this.jdbc.sql("""
                insert into log_consumers (organization_id, name, cursor, updated_at)
                select :organization, :name, :cursor, now()
                where (select count(*) from log_consumers where organization_id = :organization) < :most
                on conflict do nothing
                """)
            .param("organization", organizationId)
            .param("name", name)
            .param("cursor", cursor)
            .param("most", most)
            .update() == 1;
    }

    private boolean update(UUID organizationId, String name, String cursor) {
        return passed(organizationId, this.jdbc.sql("""
                update log_consumers c set cursor = :cursor, updated_at = now()
                where organization_id = :organization and name = :name
                  and not exists (select from fences f where f.organization_id = c.organization_id)
                """).param("organization", organizationId).param("name", name).param("cursor", cursor).update());
    }

    /** What changed nothing may have met a fence. */
    private boolean passed(UUID organizationId, int rows) {
        if (rows == 0) {
            this.fences.pass(organizationId);
        }
        return rows == 1;
    }

    boolean delete(UUID organizationId, String name) {
        return passed(organizationId, this.jdbc.sql("""
                delete from log_consumers c where organization_id = :organization and name = :name
                  and not exists (select from fences f where f.organization_id = c.organization_id)
                """).param("organization", organizationId).param("name", name).update());
    }

    private static Consumer consumer(ResultSet row, int number) throws SQLException {
        return new Consumer(row.getString("name"), row.getString("cursor"),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

}
