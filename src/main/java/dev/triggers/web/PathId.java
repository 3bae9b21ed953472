package dev.triggers.web;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * An identifier given by a client: a UUID in its canonical form of 36 characters, of
 * either case.
 */
public final class PathId {

    private static final int LENGTH = 36;

    private PathId() {
    }

    /**
     * Reads an identifier.
     * @throws ProblemException 400 that names the field
     */
    public static UUID parse(String field, String text) {
        UUID id = parse(text);
        if (id == null) {
            throw ProblemException.invalid(field, "must be a UUID");
        }
        return id;
    }

    /**
     * Reads an identifier; null if it is none.
     */
    public static @Nullable UUID parse(String text) {
        if (text.length() != LENGTH) {
            // UUID.fromString takes shorter forms too
            return null;
        }
        for (int i = 0; i < LENGTH; i++) {
            boolean dash = (i == 8 || i == 13 || i == 18 || i == 23);
            char c = text.charAt(i);
            if (dash ? c != '-' : Character.digit(c, 16) < 0 || c > 'f') {
                return null;
            }
        }
        return UUID.fromString(text);
    }

}
