package dev.triggers.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What the operator is known by.
 */
@Component
final class AdminToken {

    /** What each token hashes to, so that no comparison tells even a length. */
    private final List<byte[]> expected;

    private final KeyMetrics metrics;

    AdminToken(KeyProperties properties, KeyMetrics metrics) {
        this.expected = properties.adminTokens().stream().map(AdminToken::digest).toList();
        this.metrics = metrics;
    }

    boolean isConfigured() {
        return !this.expected.isEmpty();
    }

    /**
     * Passes who presents it; where none is configured, nobody.
     * @throws ProblemException 401
     */
    void require(@Nullable String presented) {
        if (!isOne((presented != null) ? presented : "")) {
            this.metrics.refused(Refusal.ADMIN_TOKEN);
            throw ProblemException.of(ProblemKind.UNAUTHORIZED,
                    "This needs the operator's token, in the header X-Admin-Token");
        }
    }

    /** Whichever it is, each is compared. */
    private boolean isOne(String presented) {
        byte[] given = digest(presented);
        boolean one = false;
        for (byte[] token : this.expected) {
            one |= MessageDigest.isEqual(token, given);
        }
        return one;
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex);
        }
    }

}
