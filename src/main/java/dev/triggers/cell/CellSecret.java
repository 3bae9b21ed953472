package dev.triggers.cell;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What cells know each other by. It never leaves an instance: what one says to another is
 * proved by a code that nobody makes without it, and that is good for these words alone.
 */
@Component
final class CellSecret {

    private static final String ALGORITHM = "HmacSHA256";

    /** The newest first. */
    private final List<SecretKeySpec> keys;

    CellSecret(CellsProperties properties) {
        this.keys = properties.secrets()
            .stream()
            .map((secret) -> new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM))
            .toList();
    }

    boolean isSet() {
        return !this.keys.isEmpty();
    }

    /** What new codes are made with. */
    SecretKeySpec newest() {
        return this.keys.getFirst();
    }

    /**
     * With which of the secrets a code was made of the words; null if with none. All are
     * compared, in a time that tells nothing.
     */
    @Nullable SecretKeySpec maker(String code, String... words) {
        byte[] presented = code.getBytes(StandardCharsets.UTF_8);
        SecretKeySpec maker = null;
        for (SecretKeySpec key : this.keys) {
            if (MessageDigest.isEqual(code(key, words).getBytes(StandardCharsets.UTF_8), presented)) {
                maker = key;
            }
        }
        return maker;
    }

    /**
     * A code of words, the first of which says what for.
     */
    static String code(SecretKeySpec key, String... words) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (String word : words) {
                byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
                // So that words run into each other in one way only
                mac.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                mac.update(bytes);
            }
            return HexFormat.of().formatHex(mac.doFinal());
        }
        catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Override
    public String toString() {
        return "CellSecret[****]";
    }

}
