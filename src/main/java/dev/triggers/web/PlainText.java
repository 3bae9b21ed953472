package dev.triggers.web;

/**
 * A name or an identifier given by a client: one line of text that the database and every
 * log can hold.
 */
public final class PlainText {

    private static final int LONGEST = 255;

    private PlainText() {
    }

    /**
     * The text, if it has 1 to 255 characters (code points) and none of them is a control
     * character or half a character.
     * @throws ProblemException 400 that names the field
     */
    public static String require(String field, String text) {
        int characters = 0;
        for (int i = 0; i < text.length(); characters++) {
            int character = text.codePointAt(i);
            if (Character.isISOControl(character)) {
                throw ProblemException.invalid(field, "must not contain control characters");
            }
            if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
                throw ProblemException.invalid(field, "must not contain unpaired surrogates");
            }
            i += Character.charCount(character);
        }
        if (characters == 0 || characters > LONGEST) {
            throw ProblemException.invalid(field, "must have 1 to " + LONGEST + " characters");
        }
        return text;
    }

}
