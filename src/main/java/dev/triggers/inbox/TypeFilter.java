package dev.triggers.inbox;

import dev.triggers.key.EventTypes;
import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The event types that a listing shows: a range in the order of code points, and of that
 * what its reader may see.
 *
 * @param low the first type of the range
 * @param high what follows its last type
 * @param visible what the reader may see
 */
public record TypeFilter(String low, String high, EventTypes visible) {

    /** What no type is above. */
    private static final String HIGHEST = Character.toString(Character.MAX_CODE_POINT);

    private static final int LONGEST = 255;

    /**
     * Reads a type, or the prefix form {@code user.*}, for a reader who may see every
     * type.
     * @return null if every type matches
     */
    public static @Nullable TypeFilter parse(@Nullable String text) {
        return parse(text, EventTypes.EVERY);
    }

    /**
     * Reads a type, or the prefix form {@code user.*}.
     * @param visible what the reader may see
     * @return null if every type matches
     */
    public static @Nullable TypeFilter parse(@Nullable String text, EventTypes visible) {
        if (text == null || text.equals("*")) {
            return visible.isEvery() ? null : new TypeFilter("", HIGHEST, visible);
        }
        if (text.isEmpty() || text.codePointCount(0, text.length()) > LONGEST
                || text.codePoints().anyMatch(Character::isISOControl)) {
            throw ProblemException.invalid("type",
                    "must be 1 to " + LONGEST + " characters, none of them a control character");
        }
        if (text.endsWith(".*")) {
            String prefix = text.substring(0, text.length() - 2);
            // '/' is what follows '.'
            return new TypeFilter(prefix + ".", prefix + "/", visible);
        }
        // No type has a control character: only the type itself lies between.
        return new TypeFilter(text, text + "\u0001", visible);
    }

    /**
     * Whether the type lies in the range.
     */
    public boolean matches(String type) {
        boolean single = this.high.equals(this.low + "\u0001");
        return single ? type.equals(this.low) : type.startsWith(this.low);
    }

}
