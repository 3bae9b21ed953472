package dev.triggers.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import de.mkammerer.argon2.Argon2Advanced;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import de.mkammerer.argon2.Argon2Version;
import dev.triggers.key.Peppers.Pepper;
import dev.triggers.web.ProblemException;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Hashes keys with Argon2id: 19 MiB and some 20 ms each. A native call holds on to the
 * thread that carries a virtual one, so hashes run on platform threads: one for keys that
 * are presented, one for keys that are made, so that neither can starve the other. Each
 * has a bounded queue.
 */
@Component
final class KeyHasher {

    private static final int MEMORY_KIB = 19 * 1024;

    private static final int ITERATIONS = 2;

    private static final int PARALLELISM = 1;

    private static final int HASH_LENGTH = 32;

    private static final int SALT_LENGTH = 16;

    private static final int LONGEST_QUEUE = 100;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Binds the hashes to their purpose. */
    private static final byte[] PURPOSE = "triggers-api key".getBytes(StandardCharsets.US_ASCII);

    private final Argon2Advanced argon2 = Argon2Factory.createAdvanced(Argon2Types.ARGON2id);

    private final SecureRandom random = new SecureRandom();

    private final ThreadPoolExecutor verifying = thread("key-verifier");

    private final ThreadPoolExecutor making = thread("key-maker");

    private final Peppers peppers;

    private final KeyMetrics metrics;

    KeyHasher(Peppers peppers, KeyMetrics metrics) {
        this.peppers = peppers;
        this.metrics = metrics;
        metrics.watchQueue(this.verifying.getQueue());
    }

    private static ThreadPoolExecutor thread(String name) {
        return new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(LONGEST_QUEUE),
                Thread.ofPlatform().daemon().name(name).factory());
    }

    /** The first hash loads the native library, which takes half a second. */
    @PostConstruct
    void warmUp() {
        this.making
            .execute(() -> hash(PURPOSE, new byte[SALT_LENGTH], MEMORY_KIB, 1, PARALLELISM, this.peppers.newest()));
    }

    KeyHash hash(ApiKey key) {
        byte[] salt = new byte[SALT_LENGTH];
        this.random.nextBytes(salt);
        Pepper pepper = this.peppers.newest();
        byte[] hash = on(this.making, HashPurpose.GENERATE,
                () -> hash(key.bytes(), salt, MEMORY_KIB, ITERATIONS, PARALLELISM, pepper));
        return new KeyHash(salt, hash, MEMORY_KIB, ITERATIONS, PARALLELISM, pepper.name());
    }

    /**
     * With which pepper the hash was made of the key; null if it was not. It costs one
     * hash, but for keys that were made when there was one pepper, have not been
     * presented since, and meet several.
     * @throws ProblemException 503 if too many keys wait for the same answer
     */
    @Nullable Pepper match(ApiKey key, KeyHash stored) {
        for (Pepper pepper : this.peppers.candidates(stored.pepper())) {
            byte[] hash = on(this.verifying, HashPurpose.VERIFY, () -> hash(key.bytes(), stored.salt(),
                    stored.memoryKib(), stored.iterations(), stored.parallelism(), pepper));
            if (MessageDigest.isEqual(hash, stored.hash())) {
                return pepper;
            }
        }
        return null;
    }

    private byte[] hash(byte[] key, byte[] salt, int memoryKib, int iterations, int parallelism, Pepper pepper) {
        return this.argon2.rawHashAdvanced(iterations, memoryKib, parallelism, key, salt, pepper.bytes(), PURPOSE,
                HASH_LENGTH, Argon2Version.V13);
    }

    private byte[] on(ThreadPoolExecutor thread, HashPurpose purpose, Callable<byte[]> hash) {
        try {
            Future<byte[]> result = thread.submit(this.metrics.hashes(purpose).wrap(hash));
            try {
                return result.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
            finally {
                // Nobody would hear a late answer
                result.cancel(false);
            }
        }
        catch (RejectedExecutionException | TimeoutException ex) {
            this.metrics.hashRefused(purpose);
            throw busy();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw busy();
        }
        catch (ExecutionException ex) {
            throw new IllegalStateException(ex.getCause());
        }
    }

    static ProblemException busy() {
        return ProblemException.unavailable("Too many keys are being verified; try again", PATIENCE);
    }

    @PreDestroy
    void stop() {
        this.verifying.shutdown();
        this.making.shutdown();
    }

}
