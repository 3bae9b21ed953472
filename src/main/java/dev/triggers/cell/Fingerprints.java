package dev.triggers.cell;

import java.util.List;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * What a cell says of the secrets that it encrypts and hashes with: codes of them, made
 * with the secret that cells share, for one question alone.
 *
 * @param cell its digits
 * @param apiKeySalts of each value of {@code API_KEY_SALT}, the newest first
 * @param webhookSecrets of each value of {@code WEBHOOK_SECRET}, the newest first
 */
@Schema(hidden = true)
record Fingerprints(String cell, List<String> apiKeySalts, List<String> webhookSecrets) {

    /**
     * Which setting keeps one cell from reading what the other writes; empty if none
     * does. A list may be longer than the other's while it is changed.
     */
    String disagreement(Fingerprints other) {
        if (!agree(this.apiKeySalts, other.apiKeySalts)) {
            return "API_KEY_SALT";
        }
        return agree(this.webhookSecrets, other.webhookSecrets) ? "" : "WEBHOOK_SECRET";
    }

    private static boolean agree(List<String> ours, List<String> theirs) {
        return !ours.isEmpty() && !theirs.isEmpty() && theirs.contains(ours.getFirst())
                && ours.contains(theirs.getFirst());
    }

}
