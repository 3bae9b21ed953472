package dev.triggers.cell;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;

import dev.triggers.web.ProblemException;
import dev.triggers.web.RequestPlaces;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Asks several cells at the same time. A request that waits for them leaves its place to
 * others.
 */
@Component
public final class CellSurvey {

    private static final Executor THREADS = (task) -> Thread.ofVirtual().name("cell-question").start(task);

    private final RequestPlaces places;

    CellSurvey(RequestPlaces places) {
        this.places = places;
    }

    /**
     * What cells answer.
     * @param question asks one
     * @param silent hears of each that does not answer
     */
    public <T> Map<OtherCell, T> all(Collection<OtherCell> cells, Function<OtherCell, T> question,
            BiConsumer<OtherCell, ProblemException> silent) {
        Map<OtherCell, CompletableFuture<T>> asked = new LinkedHashMap<>();
        cells.forEach((cell) -> asked.put(cell, CompletableFuture.supplyAsync(() -> question.apply(cell), THREADS)));
        Map<OtherCell, T> answers = new LinkedHashMap<>();
        RequestPlaces.Absence absence = this.places.leaveFor();
        try {
            asked.forEach((cell, answer) -> {
                try {
                    answers.put(cell, answer.join());
                }
                catch (CompletionException ex) {
                    silent.accept(cell, problem(ex));
                }
            });
        }
        finally {
            absence.close();
        }
        return answers;
    }

    /**
     * The first cell that says yes; null if all say no.
     * @param question asks one
     * @throws ProblemException of one that does not answer, if none says yes
     */
    public @Nullable OtherCell first(Collection<OtherCell> cells, Predicate<OtherCell> question) {
        CompletableFuture<@Nullable OtherCell> found = new CompletableFuture<>();
        CompletableFuture<?>[] asked = cells.stream().map((cell) -> CompletableFuture.runAsync(() -> {
            if (question.test(cell)) {
                found.complete(cell);
            }
        }, THREADS)).toArray(CompletableFuture<?>[]::new);
        RequestPlaces.Absence absence = this.places.leaveFor();
        try {
            CompletableFuture.anyOf(found, CompletableFuture.allOf(asked)).join();
            return found.getNow(null);
        }
        catch (CompletionException ex) {
            if (found.isDone()) {
                return found.join();
            }
            throw problem(ex);
        }
        finally {
            absence.close();
        }
    }

    private static ProblemException problem(CompletionException ex) {
        if (ex.getCause() instanceof ProblemException problem) {
            return problem;
        }
        throw ex;
    }

}
