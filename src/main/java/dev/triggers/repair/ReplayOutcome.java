package dev.triggers.repair;

import java.util.Locale;

import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * What had become of the deliveries that are replayed.
 */
enum ReplayOutcome {

    /** The last attempt was the last of all. */
    FAILED,

    /** The last attempt succeeded. */
    DELIVERED,

    ANY;

    static ReplayOutcome parse(@Nullable String text) {
        return switch (text) {
            case null -> FAILED;
            case "failed" -> FAILED;
            case "delivered" -> DELIVERED;
            case "any" -> ANY;
            default -> throw ProblemException.invalid("filter.outcome", "must be failed, delivered or any");
        };
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

}
