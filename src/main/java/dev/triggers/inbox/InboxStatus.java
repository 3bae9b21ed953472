package dev.triggers.inbox;

import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Which events a listing shows.
 */
enum InboxStatus {

    /** Pending or failed: what nobody has received yet. */
    UNDELIVERED,

    PENDING,

    /** Pending, and tried before. */
    RETRYING,

    FAILED,

    DELIVERED,

    ALL;

    static InboxStatus parse(@Nullable String text) {
        return switch (text) {
            case null -> UNDELIVERED;
            case "pending" -> PENDING;
            case "retrying" -> RETRYING;
            case "failed", "dead_letter" -> FAILED;
            case "delivered", "acknowledged" -> DELIVERED;
            case "all" -> ALL;
            default -> throw ProblemException.invalid("status",
                    "must be one of pending, retrying, delivered, " + "acknowledged, failed, dead_letter, all");
        };
    }

}
