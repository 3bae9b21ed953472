package dev.triggers.client;

/** Something is no delivery. */
public final class WebhookException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String part;

    WebhookException(String part, String detail) {
        super(part + ": " + detail);
        this.part = part;
    }

    /** What is wrong: key, the name of a header, too-old, too-new, no-version, signature or body. */
    public String part() {
        return this.part;
    }

}
