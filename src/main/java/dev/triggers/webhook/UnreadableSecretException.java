package dev.triggers.webhook;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A stored secret that cannot be decrypted: it was altered, or {@code WEBHOOK_SECRET} is
 * not the one it was encrypted with.
 */
public final class UnreadableSecretException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableSecretException(UUID endpointId, @Nullable Throwable cause) {
        super("The secret of endpoint " + endpointId + " cannot be decrypted: WEBHOOK_SECRET is not the one "
                + "that it was encrypted with, or the row was altered", cause);
    }

}
