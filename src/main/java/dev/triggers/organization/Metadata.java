package dev.triggers.organization;

import java.util.Map;
import java.util.TreeMap;

import dev.triggers.web.JsonFields;
import dev.triggers.web.PlainText;
import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * What an operator notes of an organization: a few names, each with a text.
 */
final class Metadata {

    private static final int MOST = 32;

    private Metadata() {
    }

    /**
     * Reads the member {@code metadata}.
     * @return null: it is absent
     * @throws ProblemException 400 that names what is wrong
     */
    static @Nullable Map<String, String> read(JsonFields fields) {
        Map<String, String> pairs = fields.textMap("metadata");
        if (pairs == null) {
            return null;
        }
        if (pairs.size() > MOST) {
            throw ProblemException.invalid("metadata", "must have at most " + MOST + " members");
        }
        pairs.forEach((name, text) -> {
            PlainText.require("metadata", name);
            if (!text.isEmpty()) {
                PlainText.require("metadata." + name, text);
            }
        });
        return new TreeMap<>(pairs);
    }

}
