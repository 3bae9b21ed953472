package dev.triggers.inbox;

import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The range of event types that a listing shows, in the order of code points.
 *
 * @param low the first type of the range
 * @param high what follows its last type
 */
public record TypeFilter(String low, String high) {

    private static final int LONGEST = 255;

    /**
     * Reads a type, or the prefix form {@code user.*}.
     * @return null if every type matches
     */
    public static @Nullable TypeFilter parse(@Nullable String text) {
        if (text == null || text.equals("*")) {
            return null;
        }
        if (text.isEmpty() || text.codePointCount(0, text.length()) > LONGEST
                || text.codePoints().anyMatch(Character::isISOControl)) {
            throw ProblemException.invalid("type",
                    "must be 1 to " + LONGEST + " characters, none of them a control character");
        }
        if (text.endsWith(".*")) {
            String prefix = text.substring(0, text.length() - 2);
            // '/' is what follows '.'
            return new TypeFilter(prefix + ".", prefix + "/");
        }
        // No type has a control character: only the type itself lies between.
        return new TypeFilter(text, text + "\u0001");
    }

}
