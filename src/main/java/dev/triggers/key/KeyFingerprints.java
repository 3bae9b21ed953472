package dev.triggers.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.triggers.database.ServiceSecrets;
import org.springframework.stereotype.Component;

/**
 * By what an instance knows a key again that was verified once, by any instance: after a
 * restart nobody has to wait for a hash. It is keyed with the pepper, which is not in the
 * database: a stolen table tells nothing by it, and with another pepper it matches no
 * key. A key has too many random bits to be guessed, so nothing slow is needed here.
 */
@Component
final class KeyFingerprints {

    private static final String ALGORITHM = "HmacSHA256";

    /** Binds the fingerprints to their purpose. */
    private static final byte[] PURPOSE = "triggers-api key fingerprint".getBytes(StandardCharsets.US_ASCII);

    private final SecretKeySpec secret;

    KeyFingerprints(ServiceSecrets secrets) {
        byte[] pepper = secrets.apiKeySalt().getBytes(StandardCharsets.UTF_8);
        this.secret = new SecretKeySpec(mac(new SecretKeySpec(pepper, ALGORITHM), PURPOSE), ALGORITHM);
    }

    byte[] of(ApiKey key) {
        return mac(this.secret, key.bytes());
    }

    private static byte[] mac(SecretKeySpec secret, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac.doFinal(message);
        }
        catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex);
        }
    }

}
