package dev.triggers.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What the operator may ask of whoever wants a key.
 */
@Component
final class AdminToken {

    private final byte[] expected;

    private final KeyMetrics metrics;

    AdminToken(KeyProperties properties, KeyMetrics metrics) {
        this.expected = properties.adminToken().getBytes(StandardCharsets.UTF_8);
        this.metrics = metrics;
    }

    /**
     * Passes anyone if no token was configured, else only who presents it.
     * @throws ProblemException 401
     */
    void require(@Nullable String presented) {
        if (this.expected.length == 0) {
            return;
        }
        byte[] given = (presented != null) ? presented.getBytes(StandardCharsets.UTF_8) : new byte[0];
        if (!MessageDigest.isEqual(this.expected, given)) {
            this.metrics.refused(Refusal.ADMIN_TOKEN);
            throw ProblemException.of(ProblemKind.UNAUTHORIZED,
                    "Generating a key needs the operator's token, in the header X-Admin-Token");
        }
    }

}
