package dev.triggers.cell;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Where organizations have gone whose tokens were known here. A token stays as it is when
 * its organization moves, so whoever asks by its digits still comes here. Tokens that are
 * nobody's are asked for too, over a part of the connections only.
 */
@Component
final class MovedTokens {

    private static final String SESSION = "zap_sess_";

    private static final int PREFIX = SESSION.length();

    private static final int ID = 16;

    private static final int STATEMENTS = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Cells cells;

    private final MovedTokenRepository rows;

    private final Semaphore turns = new Semaphore(STATEMENTS, true);

    private final Cache<String, String> known = Caffeine.newBuilder()
        .maximumSize(10_000)
        .expireAfterWrite(Duration.ofSeconds(10))
        .executor(Runnable::run)
        .build();

    MovedTokens(Cells cells, MovedTokenRepository rows) {
        this.cells = cells;
        this.rows = rows;
    }

    /**
     * The cell that a token is known in now, if that is none that its digits tell.
     * @throws ProblemException 503 if that cannot be told now
     */
    @Nullable OtherCell of(String token) {
        if (this.cells.others().isEmpty() || token.length() < PREFIX + ID) {
            return null;
        }
        String digest = digest(token);
        String cell = this.known.getIfPresent(digest);
        if (cell == null) {
            cell = find(token, digest);
        }
        return (cell != null) ? this.cells.other(cell) : null;
    }

    private @Nullable String find(String token, String digest) {
        try {
            if (!this.turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw busy();
        }
        try {
            String cell = this.rows.find(List.of(publicId(token), digest)).orElse(null);
            if (cell != null) {
                this.known.put(digest, cell);
            }
            return cell;
        }
        finally {
            this.turns.release();
        }
    }

    private static ProblemException busy() {
        return ProblemException.unavailable("Too many tokens are being looked for", PATIENCE);
    }

    /** As keys and sessions are stored under. */
    private static String publicId(String token) {
        String id = token.substring(PREFIX, PREFIX + ID);
        return token.startsWith(SESSION) ? SESSION + id : id;
    }

    private static String digest(String token) {
        try {
            return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex);
        }
    }

}
