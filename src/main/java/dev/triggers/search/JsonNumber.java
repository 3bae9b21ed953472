package dev.triggers.search;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A number of JSON as its digits, however it is spelt: no two numbers that differ are
 * equal, and a number of any length costs no more than reading it.
 *
 * @param negative whether it is less than zero
 * @param digits without zeros at either end; empty: zero
 * @param exponent the power of ten of the last digit
 */
record JsonNumber(boolean negative, String digits, long exponent) {

    private static final Pattern NUMBER = Pattern
        .compile("(-?)(0|[1-9][0-9]*+)(?:\\.([0-9]++))?(?:[eE]([+-]?)([0-9]++))?");

    /** Beyond any exponent that the digits of a payload could shift. */
    private static final int LONGEST_EXPONENT = 17;

    /**
     * Reads a number; null if the text is none.
     */
    static @Nullable JsonNumber of(String text) {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        String fraction = (matcher.group(3) != null) ? matcher.group(3) : "";
        String digits = matcher.group(2) + fraction;
        int first = 0;
        while (first < digits.length() && digits.charAt(first) == '0') {
            first++;
        }
        int end = digits.length();
        while (end > first && digits.charAt(end - 1) == '0') {
            end--;
        }
        if (first == end) {
            return new JsonNumber(false, "", 0);
        }
        String exponent = (matcher.group(5) != null) ? withoutLeadingZeros(matcher.group(5)) : "";
        if (exponent.length() > LONGEST_EXPONENT) {
            // So spelt, it equals only what is spelt the same
            return new JsonNumber(!matcher.group(1).isEmpty(), text, Long.MAX_VALUE);
        }
        long power = exponent.isEmpty() ? 0 : Long.parseLong(matcher.group(4) + exponent);
        return new JsonNumber(!matcher.group(1).isEmpty(), digits.substring(first, end),
                power - fraction.length() + (digits.length() - end));
    }

    private static String withoutLeadingZeros(String digits) {
        int first = 0;
        while (first < digits.length() && digits.charAt(first) == '0') {
            first++;
        }
        return digits.substring(first);
    }

}
