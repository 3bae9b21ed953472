package dev.triggers.database;

/**
 * The two secrets of an installation. They live and die with its database: without them
 * no stored key can be verified and no endpoint's secret be read.
 *
 * @param apiKeySalt pepper of the API keys' hashes
 * @param webhookSecret what the endpoints' secrets are encrypted with
 */
public record ServiceSecrets(String apiKeySalt, String webhookSecret) {

    @Override
    public String toString() {
        return "ServiceSecrets[****]";
    }

}
