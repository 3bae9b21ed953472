package dev.triggers.webhook;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

import dev.triggers.database.ServiceSecrets;
import org.springframework.stereotype.Component;

/**
 * Keeps endpoints' secrets unreadable to whoever has only the database: AES-256-GCM under
 * a key derived from {@code WEBHOOK_SECRET}. The endpoint's id and the purpose are
 * authenticated with the text, so that a stored value is of no use in another's place.
 */
@Component
class SecretCipher {

    private static final String AES = "AES/GCM/NoPadding";

    private static final int NONCE_BYTES = 12;

    private static final int TAG_BITS = 128;

    /** Which key it has, is found out by trying. */
    private static final byte NAMELESS = 1;

    /** The name of its key is in front. */
    private static final byte NAMED = 2;

    private static final int NAME_BYTES = 4;

    private final SecureRandom random = new SecureRandom();

    /** The newest first. */
    private final List<NamedKey> keys;

    SecretCipher(ServiceSecrets secrets) {
        this.keys = secrets.webhookSecrets().stream().map(NamedKey::of).toList();
    }

    byte[] encrypt(UUID endpointId, Purpose purpose, String text) {
        byte[] nonce = new byte[NONCE_BYTES];
        this.random.nextBytes(nonce);
        byte[] head = head();
        try {
            Cipher cipher = Cipher.getInstance(AES);
            cipher.init(Cipher.ENCRYPT_MODE, this.keys.getFirst().key(), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(associatedData(endpointId, purpose));
            byte[] sealed = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(head.length + NONCE_BYTES + sealed.length)
                .put(head)
                .put(nonce)
                .put(sealed)
                .array();
        }
        catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /**
     * What new values begin with. While there is one secret they name no key, as versions
     * before expect it that had but one.
     */
    byte[] head() {
        return (this.keys.size() == 1) ? new byte[] { NAMELESS } : this.keys.getFirst().head();
    }

    /** The name of what new values are encrypted with. */
    String newest() {
        return HexFormat.of().formatHex(this.keys.getFirst().head(), 1, 1 + NAME_BYTES);
    }

    /** How many secrets there are. */
    int secrets() {
        return this.keys.size();
    }

    String decrypt(UUID endpointId, Purpose purpose, byte[] stored) {
        boolean named = stored.length > 0 && stored[0] == NAMED;
        int start = named ? 1 + NAME_BYTES : 1;
        if (stored.length < start + NONCE_BYTES + TAG_BITS / Byte.SIZE || (!named && stored[0] != NAMELESS)) {
            throw new UnreadableSecretException(endpointId, null);
        }
        GeneralSecurityException failure = null;
        for (NamedKey key : this.keys) {
            if (!named || Arrays.equals(key.head(), 0, start, stored, 0, start)) {
                try {
                    return decrypt(key.key(), associatedData(endpointId, purpose), stored, start);
                }
                catch (GeneralSecurityException ex) {
                    failure = ex;
                }
            }
        }
        throw new UnreadableSecretException(endpointId, failure);
    }

    private static String decrypt(SecretKey key, byte[] associated, byte[] stored, int nonce)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(AES);
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, stored, nonce, NONCE_BYTES));
        cipher.updateAAD(associated);
        int start = nonce + NONCE_BYTES;
        return new String(cipher.doFinal(stored, start, stored.length - start), StandardCharsets.UTF_8);
    }

    private static byte[] associatedData(UUID endpointId, Purpose purpose) {
        return ByteBuffer.allocate(Long.BYTES * 2 + 1)
            .putLong(endpointId.getMostSignificantBits())
            .putLong(endpointId.getLeastSignificantBits())
            .put(purpose.code)
            .array();
    }

    /**
     * A key, and what values begin with that name it.
     *
     * @param key the key
     * @param head the name in front
     */
    // Never compared
    @SuppressWarnings("ArrayRecordComponent")
    private record NamedKey(SecretKey key, byte[] head) {

        static NamedKey of(String webhookSecret) {
            byte[] name = derive(webhookSecret, "triggers-api endpoint secrets name", 32).getEncoded();
            return new NamedKey(derive(webhookSecret, "triggers-api endpoint secrets", 32),
                    ByteBuffer.allocate(1 + NAME_BYTES).put(NAMED).put(name, 0, NAME_BYTES).array());
        }

        private static SecretKey derive(String webhookSecret, String purpose, int length) {
            try {
                HKDFParameterSpec parameters = HKDFParameterSpec.ofExtract()
                    .addIKM(webhookSecret.getBytes(StandardCharsets.UTF_8))
                    .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), length);
                return KDF.getInstance("HKDF-SHA256").deriveKey("AES", parameters);
            }
            catch (GeneralSecurityException ex) {
                throw new IllegalStateException(ex);
            }
        }

    }

    /**
     * What an encrypted text is for.
     */
    enum Purpose {

        SECRET((byte) 1), HEADERS((byte) 2);

        private final byte code;

        Purpose(byte code) {
            this.code = code;
        }

    }

}
