package dev.triggers.database;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The two secrets of an installation, as they are set. They live and die with its
 * database: without them no stored key can be verified and no endpoint's secret be read.
 * Each may be a list, the newest first: what is new is written with the first, what there
 * is is read with whichever it was written with.
 *
 * @param apiKeySalt pepper of the API keys' hashes
 * @param webhookSecret what the endpoints' secrets are encrypted with
 */
public record ServiceSecrets(String apiKeySalt, String webhookSecret) {

    static final int SHORTEST = 16;

    /** The peppers, the newest first. */
    public List<String> apiKeySalts() {
        return list(this.apiKeySalt);
    }

    /** The secrets, the newest first. */
    public List<String> webhookSecrets() {
        return list(this.webhookSecret);
    }

    /**
     * A value may have had a comma when there were no lists. So it counts as a whole,
     * too, as the last of them, and alone where one of its parts is too short.
     */
    private static List<String> list(String value) {
        List<String> parts = Stream.of(value.split(",", -1)).map(String::strip).toList();
        if (parts.size() == 1 || parts.stream().anyMatch((part) -> part.length() < SHORTEST)) {
            return List.of(value);
        }
        List<String> all = new ArrayList<>(parts);
        all.add(value);
        return all.stream().distinct().toList();
    }

    @Override
    public String toString() {
        return "ServiceSecrets[****]";
    }

}
