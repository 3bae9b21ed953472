package dev.triggers.inbox;

import java.util.UUID;

import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The order of a listing, by event id and so by time.
 */
enum Direction {

    DESC("desc", "<", new UUID(-1, -1)),

    ASC("asc", ">", new UUID(0, 0));

    private final String keyword;

    private final String comparison;

    private final UUID start;

    Direction(String keyword, String comparison, UUID start) {
        this.keyword = keyword;
        this.comparison = comparison;
        this.start = start;
    }

    /** Null if none is asked for. */
    static @Nullable Direction parse(@Nullable String text) {
        return switch (text) {
            case null -> null;
            case "desc" -> DESC;
            case "asc" -> ASC;
            default -> throw ProblemException.invalid("order", "must be asc or desc");
        };
    }

    String keyword() {
        return this.keyword;
    }

    /** How what follows in this order compares with what it follows. */
    String comparison() {
        return this.comparison;
    }

    /** What every event follows in this order. */
    UUID start() {
        return this.start;
    }

}
