package dev.triggers.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.UnaryOperator;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * What signs the deliveries to an endpoint, in the notation of Standard Webhooks:
 * {@code whsec_} for a shared secret, {@code whsk_} for a private key, each followed by
 * the bytes in Base64.
 */
public final class SigningSecret {

    private static final String SHARED = "whsec_";

    private static final String PRIVATE = "whsk_";

    private static final String PUBLIC = "whpk_";

    private static final int SHARED_BYTES = 32;

    private static final SecureRandom random = new SecureRandom();

    private final String text;

    private final SignatureScheme scheme;

    private final @Nullable String publicKey;

    private final UnaryOperator<byte[]> signer;

    private SigningSecret(String text, SignatureScheme scheme, @Nullable String publicKey,
            UnaryOperator<byte[]> signer) {
        this.text = text;
        this.scheme = scheme;
        this.publicKey = publicKey;
        this.signer = signer;
    }

    static SigningSecret generate(SignatureScheme scheme) {
        return switch (scheme) {
            case HMAC_SHA256 -> {
                byte[] bytes = new byte[SHARED_BYTES];
                random.nextBytes(bytes);
                yield shared(bytes);
            }
            case ED25519 -> keyPair(Ed25519.generate());
        };
    }

    static SigningSecret parse(String text) {
        if (text.startsWith(PRIVATE)) {
            return keyPair(Base64.getDecoder().decode(text.substring(PRIVATE.length())));
        }
        if (text.startsWith(SHARED)) {
            return shared(Base64.getDecoder().decode(text.substring(SHARED.length())));
        }
        throw new IllegalArgumentException("Not a signing secret");
    }

    private static SigningSecret shared(byte[] bytes) {
        Mac mac = hmac(bytes);
        // The block that the key makes is digested once, not for each signature
        mac.update(new byte[0]);
        return new SigningSecret(SHARED + base64(bytes), SignatureScheme.HMAC_SHA256, null,
                (content) -> copy(mac, bytes).doFinal(content));
    }

    private static SigningSecret keyPair(byte[] bytes) {
        if (bytes.length != Ed25519.KEY_BYTES) {
            throw new IllegalArgumentException("Not an Ed25519 key");
        }
        PrivateKey key = Ed25519.privateKey(bytes);
        return new SigningSecret(PRIVATE + base64(bytes), SignatureScheme.ED25519,
                PUBLIC + base64(Ed25519.publicKey(bytes)), (content) -> Ed25519.sign(key, content));
    }

    /**
     * Signs {@code <id>.<timestamp>.<body>}.
     * @return one entry of the {@code webhook-signature} header
     */
    public String signature(byte[] signedContent) {
        String version = (this.scheme == SignatureScheme.ED25519) ? "v1a," : "v1,";
        return version + base64(this.signer.apply(signedContent));
    }

    /** What names the secret without telling it. */
    public String id() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                .digest(("id of " + this.text).getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest, 0, 8);
        }
        catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex);
        }
    }

    SignatureScheme scheme() {
        return this.scheme;
    }

    /** The half that receivers verify with; null for a shared secret. */
    @Nullable String publicKey() {
        return this.publicKey;
    }

    /** The secret itself, to be shown to its owner or encrypted. */
    String reveal() {
        return this.text;
    }

    @Override
    public String toString() {
        return this.text.substring(0, this.text.indexOf('_') + 1) + "****";
    }

    private static Mac hmac(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        }
        catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Signs on any thread, without looking for a provider each time. */
    private static Mac copy(Mac mac, byte[] key) {
        try {
            return (Mac) mac.clone();
        }
        catch (CloneNotSupportedException ex) {
            // That of a hardware module, for example
            return hmac(key);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

}
