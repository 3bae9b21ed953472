package dev.triggers.audit;

import java.time.Instant;
import java.util.UUID;

import dev.triggers.web.PathId;
import dev.triggers.web.PointInTime;
import dev.triggers.web.ProblemException;
import dev.triggers.web.QueryParameters;
import org.jspecify.annotations.Nullable;

/**
 * Which entries to show.
 *
 * @param organizationId whose; null: everybody's
 * @param action what was done; null: anything
 * @param target to what; null: anything
 * @param since not before; null: from the first
 * @param until not after; null: to the last
 * @param before the entry to begin behind; null: the latest is first
 * @param limit how many at most
 */
public record AuditFilter(@Nullable UUID organizationId, @Nullable String action, @Nullable String target,
        @Nullable Instant since, @Nullable Instant until, @Nullable UUID before, int limit) {

    /**
     * Reads what a request asks for.
     * @throws ProblemException 400
     */
    public static AuditFilter read(QueryParameters query, @Nullable UUID organizationId) {
        String since = query.text("since");
        String until = query.text("until");
        String cursor = query.text("cursor");
        UUID before = (cursor != null) ? PathId.parse("cursor", cursor) : null;
        return new AuditFilter(organizationId, text(query, "action"), text(query, "target"),
                (since != null) ? PointInTime.parse("since", since) : null,
                (until != null) ? PointInTime.parse("until", until) : null, before,
                query.clamped("limit", 100, 1, 1000));
    }

    private static @Nullable String text(QueryParameters query, String name) {
        String text = query.text(name);
        if (text != null && text.indexOf('\0') >= 0) {
            throw ProblemException.invalid(name, "must not contain control characters");
        }
        return text;
    }

}
