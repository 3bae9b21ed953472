package dev.triggers.webhook;

/**
 * How deliveries to an endpoint are signed; both schemes are those of Standard Webhooks.
 */
public enum SignatureScheme {

    /** A secret shared with the receiver: {@code v1}. */
    HMAC_SHA256("hmac-sha256"),

    /** A key pair, of which the receiver needs only the public half: {@code v1a}. */
    ED25519("ed25519");

    private final String text;

    SignatureScheme(String text) {
        this.text = text;
    }

    static SignatureScheme of(String text) {
        for (SignatureScheme scheme : values()) {
            if (scheme.text.equals(text)) {
                return scheme;
            }
        }
        throw new IllegalArgumentException("Not a signature scheme: " + text);
    }

    @Override
    public String toString() {
        return this.text;
    }

}
