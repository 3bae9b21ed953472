package dev.triggers.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What the operator is known by.
 */
@Component
final class AdminToken {

    private final byte[] expected;

    private final KeyMetrics metrics;

    AdminToken(KeyProperties properties, KeyMetrics metrics) {
        this.expected = properties.adminToken().getBytes(StandardCharsets.UTF_8);
        this.metrics = metrics;
    }

    boolean isConfigured() {
        return this.expected.length > 0;
    }

    /**
     * Passes who presents it; where none is configured, nobody.
     * @throws ProblemException 401
     */
    void require(@Nullable String presented) {
        byte[] given = (presented != null) ? presented.getBytes(StandardCharsets.UTF_8) : new byte[0];
        if (!isConfigured() || !MessageDigest.isEqual(this.expected, given)) {
            this.metrics.refused(Refusal.ADMIN_TOKEN);
            throw ProblemException.of(ProblemKind.UNAUTHORIZED,
                    "Generating a key needs the operator's token, in the header X-Admin-Token");
        }
    }

}
