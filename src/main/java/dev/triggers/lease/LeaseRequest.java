package dev.triggers.lease;

import java.time.Duration;
import java.util.UUID;

import dev.triggers.inbox.TypeFilter;
import dev.triggers.key.Caller;
import dev.triggers.web.JsonFields;
import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer asks for.
 *
 * @param filter which events
 * @param limit how many at the most
 * @param time for how long they are its own
 * @param patience how long to wait for the first
 * @param consumer who it is, in its own words
 */
record LeaseRequest(LeaseFilter filter, int limit, Duration time, Duration patience, @Nullable String consumer) {

    static final int LONGEST_LEASE = 43_200;

    private static final int DEFAULT_LIMIT = 100;

    private static final int LARGEST_LIMIT = 1_000;

    private static final int DEFAULT_LEASE = 30;

    private static final int LONGEST_WAIT = 30;

    private static final int LONGEST_CONSUMER = 255;

    static LeaseRequest parse(Caller caller, JsonFields fields) {
        int limit = orElse(fields.integer("limit", 1, LARGEST_LIMIT), DEFAULT_LIMIT);
        int seconds = orElse(fields.integer("lease_seconds", 1, LONGEST_LEASE), DEFAULT_LEASE);
        int wait = orElse(fields.integer("wait", 0, LONGEST_WAIT), 0);
        int maxReceives = orElse(fields.integer("max_receives", 1, Integer.MAX_VALUE), Integer.MAX_VALUE);
        TypeFilter type = TypeFilter.parse(fields.text("type"), caller.types());
        return new LeaseRequest(new LeaseFilter(caller.organizationId(), type, maxReceives), limit,
                Duration.ofSeconds(seconds), Duration.ofSeconds(wait), consumer(fields.text("consumer")));
    }

    private static int orElse(@Nullable Integer given, int otherwise) {
        return (given != null) ? given : otherwise;
    }

    private static @Nullable String consumer(@Nullable String text) {
        if (text != null && (text.isEmpty() || text.codePointCount(0, text.length()) > LONGEST_CONSUMER
                || text.codePoints().anyMatch(Character::isISOControl))) {
            throw ProblemException.invalid("consumer",
                    "must be 1 to " + LONGEST_CONSUMER + " characters, none of them a control character");
        }
        return text;
    }

    UUID organizationId() {
        return this.filter.organizationId();
    }

}
