package dev.triggers.webhook;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Headers that an organization adds to the deliveries to its endpoint, usually to
 * authenticate them. They may neither change how a request is read nor pass for what this
 * service says itself.
 */
final class CustomHeaders {

    /** What is shown instead of a value; given back, it leaves the value as it is. */
    static final String MASK = "****";

    private static final int MAX_HEADERS = 30;

    private static final int MAX_NAME = 128;

    private static final int MAX_VALUE = 4_096;

    private static final int MAX_TOTAL = 8_192;

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final Set<String> RESERVED = Set.of("host", "connection", "keep-alive", "te", "trailer",
            "transfer-encoding", "upgrade", "expect", "http2-settings", "user-agent", "traceparent", "tracestate",
            "date", "via", "forwarded", "accept-encoding");

    private static final Set<String> RESERVED_PREFIXES = Set.of("proxy-", "content-", "webhook-", "x-event-",
            "x-zapier-", "x-forwarded-");

    private CustomHeaders() {
    }

    /**
     * Checks headers as given.
     * @param current the headers so far
     */
    static Map<String, String> check(String field, Map<String, String> given, Map<String, String> current) {
        if (given.size() > MAX_HEADERS) {
            throw ProblemException.invalid(field, "must have at most " + MAX_HEADERS + " members");
        }
        Map<String, String> known = ignoringCase(current);
        Map<String, String> headers = ignoringCase(Map.of());
        int total = 0;
        for (Map.Entry<String, String> header : given.entrySet()) {
            String name = header.getKey();
            String value = header.getValue();
            if (value.equals(MASK) && known.containsKey(name)) {
                value = known.getOrDefault(name, "");
            }
            String problem = problem(name, value);
            if (problem == null && headers.put(name, value) != null) {
                problem = "is given twice";
            }
            if (problem != null) {
                throw ProblemException.invalid(field + "." + printable(name), problem);
            }
            total += name.length() + value.length();
        }
        if (total > MAX_TOTAL) {
            throw ProblemException.invalid(field, "must be at most " + MAX_TOTAL + " characters in all");
        }
        return Map.copyOf(headers);
    }

    static Map<String, String> masked(Map<String, String> headers) {
        return headers.keySet()
            .stream()
            .collect(Collectors.toMap((name) -> name, (name) -> MASK, (one, other) -> one, TreeMap::new));
    }

    private static @Nullable String problem(String name, String value) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        if (name.length() > MAX_NAME || !TOKEN.matcher(name).matches()) {
            return "is not the name of a header";
        }
        if (RESERVED.contains(lowerCase) || RESERVED_PREFIXES.stream().anyMatch(lowerCase::startsWith)) {
            return "is set by the service itself";
        }
        if (value.length() > MAX_VALUE) {
            return "must be at most " + MAX_VALUE + " characters";
        }
        if (!value.strip().equals(value) || !value.chars().allMatch((c) -> (c >= ' ' && c < 0x7F) || c == '\t')) {
            return "must be printable ASCII in one line, without white space around it";
        }
        return null;
    }

    /** So much of a name that was refused as an answer can carry. */
    private static String printable(String name) {
        return name.codePoints()
            .limit(MAX_NAME)
            .filter((c) -> !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    }

    private static Map<String, String> ignoringCase(Map<String, String> headers) {
        Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(headers);
        return sorted;
    }

}
