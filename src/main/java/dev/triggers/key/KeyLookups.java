package dev.triggers.key;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.springframework.stereotype.Component;

/**
 * Looks keys and sessions up, over a part of the connections only. Keys that are asked
 * for at the same time share a statement: right after a start every key is asked for, and
 * one by one they would keep each other waiting.
 */
@Component
final class KeyLookups {

    private static final int STATEMENTS = 3;

    private static final int MOST_KEYS = 100;

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final KeyRepository keys;

    private final SessionRepository sessions;

    private final KeyMetrics metrics;

    private final Semaphore turns = new Semaphore(STATEMENTS, true);

    private final Queue<Asked> waiting = new ConcurrentLinkedQueue<>();

    KeyLookups(KeyRepository keys, SessionRepository sessions, KeyMetrics metrics) {
        this.keys = keys;
        this.sessions = sessions;
        this.metrics = metrics;
    }

    /**
     * Finds a key that is live by its public id.
     */
    Optional<StoredKey> key(String keyId) {
        long began = System.nanoTime();
        Asked asked = new Asked(keyId, new CompletableFuture<>());
        this.waiting.add(asked);
        try {
            inTurn(this::answerWaiting);
        }
        finally {
            this.waiting.remove(asked);
        }
        try {
            Optional<StoredKey> answer = asked.answer.join();
            this.metrics.lookups().record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
            return answer;
        }
        catch (CompletionException ex) {
            throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
        }
    }

    /**
     * Finds a session that is live by the digest of its token.
     */
    Optional<Verified> session(byte[] digest) {
        return inTurn(() -> this.sessions.find(digest));
    }

    /**
     * Finds a session that is live by its id.
     */
    Optional<Verified> sessionOf(String keyId) {
        return inTurn(() -> this.sessions.check(keyId));
    }

    /** Nobody may be left: another turn may have taken them already. */
    private boolean answerWaiting() {
        List<Asked> some = new ArrayList<>();
        for (Asked next = this.waiting.poll(); next != null; next = this.waiting.poll()) {
            some.add(next);
            if (some.size() == MOST_KEYS) {
                break;
            }
        }
        if (!some.isEmpty()) {
            answer(some);
        }
        return true;
    }

    private void answer(List<Asked> some) {
        try {
            Map<String, StoredKey> found = this.keys.find(some.stream().map(Asked::keyId).distinct().toList());
            some.forEach((asked) -> asked.answer.complete(Optional.ofNullable(found.get(asked.keyId))));
        }
        catch (Throwable ex) {
            some.forEach((asked) -> asked.answer.completeExceptionally(ex));
            throw ex;
        }
    }

    private <T> T inTurn(Supplier<T> statement) {
        try {
            if (!this.turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                this.metrics.lookupRefused();
                throw KeyHasher.busy();
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw KeyHasher.busy();
        }
        try {
            return statement.get();
        }
        finally {
            this.turns.release();
        }
    }

    private record Asked(String keyId, CompletableFuture<Optional<StoredKey>> answer) {
    }

}
