package dev.triggers.inbox;

import java.util.UUID;

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
