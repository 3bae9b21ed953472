package dev.triggers.key;

import org.jspecify.annotations.Nullable;

/**
 * What a key may do. A controller's method declares what it takes by {@link Requires}.
 */
public enum Scope {

    /** See events, their attempts and figures of both. */
    EVENTS_READ("events:read", 1),

    /** Post events. */
    EVENTS_WRITE("events:write", 2),

    /** Consume: acknowledge, lease, move a consumer's position. */
    INBOX_WRITE("inbox:write", 4),

    /** See endpoints, replays and recoveries. */
    WEBHOOKS_READ("webhooks:read", 8),

    /**
     * Change endpoints, deliver again. Whoever has it can come to receive every event.
     */
    WEBHOOKS_WRITE("webhooks:write", 16),

    /** See the secrets that sign. */
    SECRETS_READ("secrets:read", 32),

    /** Make, change and end keys and sessions; see the audit. */
    KEYS_WRITE("keys:write", 64);

    private final String text;

    private final int bit;

    Scope(String text, int bit) {
        this.text = text;
        this.bit = bit;
    }

    int bit() {
        return this.bit;
    }

    /**
     * The scope of that name; null if there is none.
     */
    static @Nullable Scope find(String text) {
        for (Scope scope : values()) {
            if (scope.text.equals(text)) {
                return scope;
            }
        }
        return null;
    }

    /** The name that clients know it by. */
    @Override
    public String toString() {
        return this.text;
    }

}
