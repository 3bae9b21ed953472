package dev.triggers.database;

import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Fences around organizations that move to another cell. What is stored of one behind its
 * fence would be left behind, so whatever a client is told to be stored is kept out in
 * one of two ways: by a statement that reads {@code fences} itself, and is waited for
 * while it holds its locks; or by a transaction that first locks what whoever puts up the
 * fence waits for (the organization, one of its turns, a table), and then asks here.
 */
@Repository
public class FenceRepository {

    private final JdbcClient jdbc;

    public FenceRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Lets a transaction go on that has locked what it needs.
     * @throws FencedException if the organization moves
     */
    public void pass(UUID organizationId) {
        if (isUp(organizationId)) {
            throw new FencedException(organizationId);
        }
    }

    private boolean isUp(UUID organizationId) {
        return this.jdbc.sql("select exists (select from fences where organization_id = :organization)")
            .param("organization", organizationId)
            .query(Boolean.class)
            .single();
    }

}
