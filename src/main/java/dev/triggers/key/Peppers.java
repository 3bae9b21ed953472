package dev.triggers.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.triggers.database.ServiceSecrets;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The peppers of the keys' hashes. New hashes take the newest; a key's row says which one
 * it has.
 */
@Component
final class Peppers {

    private static final String ALGORITHM = "HmacSHA256";

    /** Binds the names to their purpose: they tell nothing of the peppers. */
    private static final byte[] NAME = "triggers-api pepper name".getBytes(StandardCharsets.US_ASCII);

    /** Binds the fingerprints to their purpose. */
    private static final byte[] FINGERPRINT = "triggers-api key fingerprint".getBytes(StandardCharsets.US_ASCII);

    private static final int NAME_BYTES = 4;

    private final List<Pepper> all;

    Peppers(ServiceSecrets secrets) {
        this.all = secrets.apiKeySalts().stream().map(Peppers::pepper).toList();
    }

    private static Pepper pepper(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        SecretKeySpec key = new SecretKeySpec(bytes, ALGORITHM);
        String name = HexFormat.of().formatHex(mac(key, NAME), 0, NAME_BYTES);
        return new Pepper(name, bytes, new SecretKeySpec(mac(key, FINGERPRINT), ALGORITHM));
    }

    static byte[] mac(SecretKeySpec secret, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac.doFinal(message);
        }
        catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** What new hashes take. */
    Pepper newest() {
        return this.all.getFirst();
    }

    /** How many there are. */
    int count() {
        return this.all.size();
    }

    /**
     * Those that a key's row can have been made with, the newest first: none, if the one
     * that it names is not among them.
     * @param name what the row says; null: it is from when there was one pepper
     */
    List<Pepper> candidates(@Nullable String name) {
        return (name != null) ? this.all.stream().filter((pepper) -> Objects.equals(pepper.name(), name)).toList()
                : this.all;
    }

    /**
     * A pepper.
     *
     * @param name what rows say of it
     * @param bytes the pepper
     * @param fingerprints the key of the fingerprints
     */
    // Never compared
    @SuppressWarnings("ArrayRecordComponent")
    record Pepper(String name, byte[] bytes, SecretKeySpec fingerprints) {

        @Override
        public String toString() {
            return "Pepper[" + this.name + "]";
        }

    }

}
