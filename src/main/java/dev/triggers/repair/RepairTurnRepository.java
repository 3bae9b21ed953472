package dev.triggers.repair;

import java.util.UUID;

import dev.triggers.database.FenceRepository;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Lets those who open deliveries of an organization again go one after the other. Who
 * opens one numbers its attempts on from what a statement saw as it began: if another had
 * opened the same one meanwhile, and it had ended, two attempts would have one number,
 * and the second could never be stored.
 */
@Repository
class RepairTurnRepository {

    private final JdbcClient jdbc;

    private final FenceRepository fences;

    RepairTurnRepository(JdbcClient jdbc, FenceRepository fences) {
        this.jdbc = jdbc;
        this.fences = fences;
    }

    /**
     * Waits for the turn, which ends with the transaction.
     */
    void take(UUID organizationId) {
        this.jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:organization, 0))")
            .param("organization", "repair " + organizationId)
            .query((row) -> {
            });
        this.fences.pass(organizationId);
    }

}
