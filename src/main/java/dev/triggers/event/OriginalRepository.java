package dev.triggers.event;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

import dev.triggers.event.IngestResult.Duplicate;
import dev.triggers.key.Caller;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Keeps from a key that is held to types which event of another type its duplicate
 * repeats: that it is one, is all that it may know.
 */
@Repository
class OriginalRepository {

    private final JdbcClient jdbc;

    OriginalRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Of the results, with what the caller may not know left out. */
    IngestResult[] shown(Caller caller, IngestResult... results) {
        String[] visible = caller.types().patterns();
        if (visible == null) {
            return results;
        }
        Set<UUID> known = known(caller.organizationId(), results, visible);
        return Arrays.stream(results)
            .map((result) -> (result instanceof Duplicate duplicate && !known.contains(duplicate.originalId()))
                    ? Duplicate.OF_ANOTHER_TYPE : result)
            .toArray(IngestResult[]::new);
    }

    /** What was stored with the duplicates stays stored, so the answer must not fail. */
    private Set<UUID> known(UUID organizationId, IngestResult[] results, String[] visible) {
        UUID[] originals = Arrays.stream(results)
            .filter(Duplicate.class::isInstance)
            .map((result) -> ((Duplicate) result).originalId())
            .toArray(UUID[]::new);
        if (originals.length == 0) {
            return Set.of();
        }
        try {
            return new HashSet<>(this.jdbc.sql("""
                    select id from events
                    where organization_id = :organization and id = any (:originals) and type like any (:visible)
                    """)
                .param("organization", organizationId)
                .param("originals", originals)
                .param("visible", visible)
                .query((row, number) -> row.getObject("id", UUID.class))
                .list());
        }
        catch (DataAccessException ex) {
            return Set.of();
        }
    }

}
