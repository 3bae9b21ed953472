package dev.triggers.key;

import java.util.Locale;

/**
 * Why somebody is not let in.
 */
enum Refusal implements Authentication, Verification {

    /** No key was presented. */
    MISSING,

    /** What was presented has not the form of a key. */
    MALFORMED,

    /** There is no live key of that public id; perhaps there was one. */
    UNKNOWN,

    /** There is a key of that public id, with another secret. */
    WRONG,

    /** The key was known here, and has ended since. */
    ENDED,

    /** The operator's token, for generating a key, is missing or wrong. */
    ADMIN_TOKEN;

    String reason() {
        return name().toLowerCase(Locale.ROOT);
    }

}
