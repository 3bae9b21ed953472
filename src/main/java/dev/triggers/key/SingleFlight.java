package dev.triggers.key;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * Asks a question once, however many ask it at the same time: the first one finds the
 * answer, the others wait for it, and share its failure too.
 *
 * @param <Q> what is asked
 * @param <A> the answer
 */
final class SingleFlight<Q, A> {

    private final ConcurrentMap<Q, CompletableFuture<A>> underWay = new ConcurrentHashMap<>();

    A ask(Q question, Supplier<A> answer) {
        CompletableFuture<A> mine = new CompletableFuture<>();
        CompletableFuture<A> others = this.underWay.putIfAbsent(question, mine);
        if (others != null) {
            return join(others);
        }
        try {
            mine.complete(answer.get());
        }
        catch (Throwable ex) {
            mine.completeExceptionally(ex);
            throw ex;
        }
        finally {
            this.underWay.remove(question);
        }
        return join(mine);
    }

    private static <A> A join(CompletableFuture<A> result) {
        try {
            return result.join();
        }
        catch (CompletionException ex) {
            throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
        }
    }

}
