package dev.triggers.key;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.triggers.web.JsonFields;
import dev.triggers.web.PathId;
import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * What access a client wants to give.
 *
 * @param scopes the scopes; null: not said
 * @param types the event types; null: not said
 * @param endpoints the endpoints; null: not said
 */
record AccessRequest(@Nullable Scopes scopes, @Nullable EventTypes types, @Nullable List<UUID> endpoints) {

    private static final int MOST_ENDPOINTS = 100;

    private static final int LONGEST_EXPIRY = 315_360_000;

    static AccessRequest read(JsonFields fields) {
        return new AccessRequest(scopes(fields), types(fields), endpoints(fields));
    }

    static @Nullable Scopes scopes(JsonFields fields) {
        List<String> names = fields.texts("scopes");
        return (names != null) ? Scopes.parse("scopes", names) : null;
    }

    private static @Nullable EventTypes types(JsonFields fields) {
        List<String> filters = fields.texts("types");
        if (filters == null) {
            return null;
        }
        if (filters.isEmpty()) {
            throw ProblemException.invalid("types", "must name at least one type");
        }
        return EventTypes.of(EventTypes.check("types", filters));
    }

    private static @Nullable List<UUID> endpoints(JsonFields fields) {
        List<String> texts = fields.texts("endpoint_ids");
        if (texts == null) {
            return null;
        }
        if (texts.isEmpty() || texts.size() > MOST_ENDPOINTS) {
            throw ProblemException.invalid("endpoint_ids", "must hold 1 to " + MOST_ENDPOINTS + " ids");
        }
        List<UUID> ids = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            ids.add(PathId.parse("endpoint_ids[" + i + "]", texts.get(i)));
        }
        return ids;
    }

    /**
     * When what is asked for is to end: {@code expires_in}, seconds, or
     * {@code expires_at}, a time.
     * @return null: not said
     */
    static @Nullable Instant expiry(JsonFields fields, Clock clock) {
        Integer seconds = fields.integer("expires_in", 1, LONGEST_EXPIRY);
        String time = fields.text("expires_at");
        if (seconds != null && time != null) {
            throw ProblemException.invalid("expires_at", "has no meaning beside expires_in");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (seconds != null) {
            return now.plusSeconds(seconds);
        }
        return (time != null) ? time(time, now) : null;
    }

    private static Instant time(String text, Instant now) {
        Instant time;
        try {
            time = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
        }
        catch (DateTimeException ex) {
            throw ProblemException.invalid("expires_at", "must be a time as in RFC 3339, like 2027-01-31T12:00:00Z");
        }
        if (!time.isAfter(now) || time.isAfter(now.plus(Duration.ofSeconds(LONGEST_EXPIRY)))) {
            throw ProblemException.invalid("expires_at", "must be in the future, and no more than ten years from now");
        }
        return time;
    }

    /**
     * What the giver gives: what is not said is as its own access has it.
     * @throws ProblemException 403 that names what it asks for beyond that
     */
    Access from(Access giver, Scopes scopesByDefault) {
        Access given = new Access((this.scopes != null) ? this.scopes : scopesByDefault,
                (this.types != null) ? this.types : giver.types(),
                (this.endpoints != null) ? OwnEndpoints.of(this.endpoints) : giver.endpoints());
        Scopes missing = giver.scopes().missing(given.scopes());
        if (!missing.isEmpty()) {
            throw ScopeCheck.missing(missing);
        }
        if (!giver.types().cover(given.types())) {
            throw ScopeCheck.missing("types");
        }
        if (!giver.endpoints().cover(given.endpoints())) {
            throw ScopeCheck.missing("endpoint_ids");
        }
        return given;
    }

}
