package dev.triggers.organization;

import java.util.UUID;

import dev.triggers.web.PathId;
import dev.triggers.web.ProblemException;
import dev.triggers.web.QueryParameters;
import org.jspecify.annotations.Nullable;

/**
 * Which organizations to list.
 *
 * @param words what the name, the external id or the metadata holds, in any case
 * @param externalId the external id, exactly
 * @param tier the tier
 * @param state the state
 * @param before the organization to begin behind; null: the newest is first
 * @param limit how many at most
 */
record OrganizationFilter(@Nullable String words, @Nullable String externalId, @Nullable String tier,
        @Nullable OrganizationState state, @Nullable UUID before, int limit) {

    private static final int LONGEST = 255;

    static OrganizationFilter read(QueryParameters query) {
        String words = query.text("q");
        if (words != null && words.length() > LONGEST) {
            throw ProblemException.invalid("q", "must have at most " + LONGEST + " characters");
        }
        String state = query.text("state");
        String cursor = query.text("cursor");
        return new OrganizationFilter(storable("q", words), storable("external_id", query.text("external_id")),
                storable("tier", query.text("tier")), (state != null) ? OrganizationState.parse(state) : null,
                (cursor != null) ? cursor(cursor) : null, query.clamped("limit", 100, 1, 1000));
    }

    /** The database knows no such character. */
    private static @Nullable String storable(String field, @Nullable String text) {
        if (text != null && text.indexOf('\0') >= 0) {
            throw ProblemException.invalid(field, "must not contain control characters");
        }
        return text;
    }

    private static UUID cursor(String text) {
        UUID id = PathId.parse(text);
        if (id == null) {
            throw ProblemException.invalid("cursor", "must be the next_cursor of an earlier answer");
        }
        return id;
    }

    /** What the words are for LIKE. */
    @Nullable String pattern() {
        return (this.words != null)
                ? "%" + this.words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%" : null;
    }

}
