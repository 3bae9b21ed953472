package dev.triggers.web;

import java.math.BigInteger;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request. A wrong value is a 400 that names its parameter; parameters
 * nobody asks for are ignored.
 */
public final class QueryParameters {

    private final Map<String, String> values;

    private QueryParameters(Map<String, String> values) {
        this.values = values;
    }

    public static QueryParameters of(HttpServletRequest request) {
        return parse(request.getQueryString());
    }

    static QueryParameters parse(@Nullable String query) {
        Map<String, String> values = new HashMap<>();
        if (query != null) {
            for (int from = 0; from <= query.length();) {
                int to = query.indexOf('&', from);
                to = (to < 0) ? query.length() : to;
                put(values, query.substring(from, to));
                from = to + 1;
            }
        }
        return new QueryParameters(values);
    }

    private static void put(Map<String, String> values, String pair) {
        int equals = pair.indexOf('=');
        String name = decode(pair, (equals < 0) ? pair : pair.substring(0, equals));
        String value = (equals < 0) ? "" : decode(name, pair.substring(equals + 1));
        if (!name.isEmpty() && values.putIfAbsent(name, value) != null) {
            throw ProblemException.invalid(name, "is given more than once");
        }
    }

    private static String decode(String name, String text) {
        try {
            String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
            if (decoded.indexOf('\uFFFD') < 0) {
                return decoded;
            }
        }
        catch (IllegalArgumentException ex) {
            // falls through: an incomplete or wrong escape
        }
        throw ProblemException.invalid(name, "must be percent-encoded UTF-8");
    }

    /**
     * The parameter's text; null if it is absent or empty.
     */
    public @Nullable String text(String name) {
        String value = this.values.get(name);
        return (value == null || value.isEmpty()) ? null : value;
    }

    /**
     * The parameter as an integer, moved into the given range; the default if it is
     * absent.
     */
    public int clamped(String name, int absent, int lowest, int highest) {
        BigInteger value = integer(name);
        if (value == null) {
            return absent;
        }
        return value.max(BigInteger.valueOf(lowest)).min(BigInteger.valueOf(highest)).intValue();
    }

    /**
     * The parameter as an integer, which must be in the given range; the default if it is
     * absent.
     */
    public int ranged(String name, int absent, int lowest, int highest) {
        BigInteger value = integer(name);
        if (value == null) {
            return absent;
        }
        if (value.compareTo(BigInteger.valueOf(lowest)) < 0 || value.compareTo(BigInteger.valueOf(highest)) > 0) {
            throw ProblemException.invalid(name, "must be between " + lowest + " and " + highest);
        }
        return value.intValue();
    }

    private @Nullable BigInteger integer(String name) {
        String value = this.values.get(name);
        if (value == null) {
            return null;
        }
        int digits = (value.startsWith("-") || value.startsWith("+")) ? value.length() - 1 : value.length();
        if (digits < 1 || digits > 40
                || !value.chars().skip(value.length() - digits).allMatch((c) -> c >= '0' && c <= '9')) {
            throw ProblemException.invalid(name, "must be an integer");
        }
        return new BigInteger(value);
    }

}
