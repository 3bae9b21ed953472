package dev.triggers.key;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Where organizations of this installation live: the two decimal digits that the random
 * part of every token begins with which is made here, so that whoever holds a token knows
 * where to ask.
 */
@Component
public final class Cell {

    /** Where none is set. */
    public static final String NONE = "00";

    static final int LENGTH = 2;

    /** What tokens begin with: as long in all of them. */
    private static final int PREFIX_LENGTH = "zap_live_".length();

    private final String digits;

    Cell(CellProperties properties) {
        this.digits = properties.number().isEmpty() ? NONE : properties.number();
    }

    /** The digits of tokens that are made here. */
    public String digits() {
        return this.digits;
    }

    /**
     * The digits of a token, wherever it was made; null if it has none.
     */
    public static @Nullable String of(String token) {
        if (token.length() < PREFIX_LENGTH + LENGTH || !isDigit(token.charAt(PREFIX_LENGTH))
                || !isDigit(token.charAt(PREFIX_LENGTH + 1))) {
            return null;
        }
        return token.substring(PREFIX_LENGTH, PREFIX_LENGTH + LENGTH);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    @Override
    public String toString() {
        return this.digits;
    }

}
