package dev.triggers.cell;

import java.util.List;
import javax.crypto.spec.SecretKeySpec;

import dev.triggers.database.ServiceSecrets;
import org.springframework.stereotype.Component;

/**
 * Speaks of the service's secrets to other cells without telling them.
 */
@Component
final class SharedSecrets {

    private static final String SALT = "triggers-api cell salt";

    private static final String SECRET = "triggers-api cell webhook secret";

    private final Cells cells;

    private final ServiceSecrets secrets;

    SharedSecrets(Cells cells, ServiceSecrets secrets) {
        this.cells = cells;
        this.secrets = secrets;
    }

    /**
     * What is said to one question.
     * @param key the secret of cells that it was asked with
     * @param nonce the question's own
     */
    Fingerprints fingerprints(SecretKeySpec key, String nonce) {
        return new Fingerprints(this.cells.here(), codes(key, SALT, nonce, this.secrets.apiKeySalts()),
                codes(key, SECRET, nonce, this.secrets.webhookSecrets()));
    }

    private static List<String> codes(SecretKeySpec key, String purpose, String nonce, List<String> values) {
        return values.stream().map((value) -> CellSecret.code(key, purpose, nonce, value)).toList();
    }

}
