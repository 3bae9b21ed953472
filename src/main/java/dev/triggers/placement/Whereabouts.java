package dev.triggers.placement;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

import dev.triggers.cell.CellMessages;
import dev.triggers.cell.Cells;
import dev.triggers.cell.OtherCell;
import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Which cell has what the operator names by its id, which does not tell.
 */
@Component
class Whereabouts {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Executor THREADS = (task) -> Thread.ofVirtual().name("cell-question").start(task);

    private final Cells cells;

    private final CellMessages messages;

    private final PlaceRepository rows;

    Whereabouts(Cells cells, CellMessages messages, PlaceRepository rows) {
        this.cells = cells;
        this.messages = messages;
        this.rows = rows;
    }

    boolean isHere(UUID id) {
        return this.rows.has(id);
    }

    /**
     * The other cell that has an organization, or an erasure; null if this one has it, or
     * none does.
     * @throws ProblemException 503 if one that cannot be asked may have it
     */
    @Nullable OtherCell find(UUID id) {
        if (this.cells.others().isEmpty() || isHere(id)) {
            return null;
        }
        Map<OtherCell, CompletableFuture<Boolean>> answers = new LinkedHashMap<>();
        this.cells.others()
            .forEach((cell) -> answers.put(cell, CompletableFuture.supplyAsync(() -> has(cell, id), THREADS)));
        ProblemException silent = null;
        for (Map.Entry<OtherCell, CompletableFuture<Boolean>> answer : answers.entrySet()) {
            try {
                if (answer.getValue().join()) {
                    return answer.getKey();
                }
            }
            catch (CompletionException ex) {
                if (!(ex.getCause() instanceof ProblemException problem)) {
                    throw ex;
                }
                silent = problem;
            }
        }
        if (silent != null) {
            throw silent;
        }
        return null;
    }

    private boolean has(OtherCell cell, UUID id) {
        return Boolean.TRUE
            .equals(this.messages.ask(cell, PlacementController.HAS, new PlacementController.Named(id), PATIENCE)
                .flag("known"));
    }

}
