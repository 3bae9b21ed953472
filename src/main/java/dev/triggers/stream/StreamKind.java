package dev.triggers.stream;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * What a stream tells of.
 */
enum StreamKind {

    /** An event was stored: read from the log, in its order. */
    EVENT_ACCEPTED("event.accepted"),

    EVENT_ACKNOWLEDGED("event.acknowledged"),

    /** An attempt has ended and is recorded. */
    ATTEMPT_FINISHED("attempt.finished"),

    /** A delivery failed for good. */
    DELIVERY_DEAD("delivery.dead"),

    /** An endpoint was made, changed, disabled or deleted, or its health has changed. */
    ENDPOINT_CHANGED("endpoint.changed");

    private final String text;

    StreamKind(String text) {
        this.text = text;
    }

    /**
     * Reads a list of kinds, separated by commas; none is all.
     */
    static Set<StreamKind> parse(@Nullable String list) {
        if (list == null) {
            return EnumSet.allOf(StreamKind.class);
        }
        Set<StreamKind> kinds = EnumSet.noneOf(StreamKind.class);
        for (String name : list.split(",", -1)) {
            kinds.add(named(name.strip()));
        }
        return kinds;
    }

    private static StreamKind named(String name) {
        return Arrays.stream(values())
            .filter((kind) -> kind.text.equals(name))
            .findFirst()
            .orElseThrow(() -> ProblemException.invalid("kinds", "must be one or more of "
                    + Arrays.stream(values()).map(StreamKind::toString).collect(Collectors.joining(", "))));
    }

    @Override
    public String toString() {
        return this.text;
    }

}
