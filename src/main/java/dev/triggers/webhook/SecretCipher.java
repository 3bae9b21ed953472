package dev.triggers.webhook;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
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

    private static final byte VERSION = 1;

    private final SecureRandom random = new SecureRandom();

    private final SecretKey key;

    SecretCipher(ServiceSecrets secrets) {
        this.key = deriveKey(secrets.webhookSecret());
    }

    byte[] encrypt(UUID endpointId, Purpose purpose, String text) {
        byte[] nonce = new byte[NONCE_BYTES];
        this.random.nextBytes(nonce);
        try {
            Cipher cipher = Cipher.getInstance(AES);
            cipher.init(Cipher.ENCRYPT_MODE, this.key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(associatedData(endpointId, purpose));
            byte[] sealed = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length).put(VERSION).put(nonce).put(sealed).array();
        }
        catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex);
        }
    }

    String decrypt(UUID endpointId, Purpose purpose, byte[] stored) {
        if (stored.length < 1 + NONCE_BYTES + TAG_BITS / Byte.SIZE || stored[0] != VERSION) {
            throw new UnreadableSecretException(endpointId, null);
        }
        try {
            Cipher cipher = Cipher.getInstance(AES);
            cipher.init(Cipher.DECRYPT_MODE, this.key, new GCMParameterSpec(TAG_BITS, stored, 1, NONCE_BYTES));
            cipher.updateAAD(associatedData(endpointId, purpose));
            int start = 1 + NONCE_BYTES;
            return new String(cipher.doFinal(stored, start, stored.length - start), StandardCharsets.UTF_8);
        }
        catch (GeneralSecurityException ex) {
            throw new UnreadableSecretException(endpointId, ex);
        }
    }

    private static byte[] associatedData(UUID endpointId, Purpose purpose) {
        return ByteBuffer.allocate(Long.BYTES * 2 + 1)
            .putLong(endpointId.getMostSignificantBits())
            .putLong(endpointId.getLeastSignificantBits())
            .put(purpose.code)
            .array();
    }

    private static SecretKey deriveKey(String webhookSecret) {
        try {
            HKDFParameterSpec parameters = HKDFParameterSpec.ofExtract()
                .addIKM(webhookSecret.getBytes(StandardCharsets.UTF_8))
                .thenExpand("triggers-api endpoint secrets".getBytes(StandardCharsets.UTF_8), 32);
            return KDF.getInstance("HKDF-SHA256").deriveKey("AES", parameters);
        }
        catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex);
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
