package dev.triggers.webhook;

import java.util.List;

import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Which events an endpoint takes. A filter is the exact name of a type, or
 * {@code prefix.*} for every type that begins with {@code prefix.}, or {@code *} for all.
 */
final class EventTypes {

    private static final int MAX_FILTERS = 100;

    private static final int MAX_LENGTH = 255;

    private EventTypes() {
    }

    static List<String> check(String field, List<String> filters) {
        if (filters.size() > MAX_FILTERS) {
            throw ProblemException.invalid(field, "must have at most " + MAX_FILTERS + " entries");
        }
        for (int i = 0; i < filters.size(); i++) {
            String problem = problem(filters.get(i));
            if (problem != null) {
                throw ProblemException.invalid(field + "[" + i + "]", problem);
            }
        }
        return filters.stream().distinct().toList();
    }

    private static @Nullable String problem(String filter) {
        int length = filter.codePointCount(0, filter.length());
        if (length == 0 || length > MAX_LENGTH) {
            return "must be 1 to " + MAX_LENGTH + " characters";
        }
        if (filter.chars().anyMatch(Character::isISOControl)) {
            return "must not contain control characters";
        }
        int star = filter.indexOf('*');
        boolean prefix = star == filter.length() - 1 && star > 1 && filter.charAt(star - 1) == '.';
        if (star >= 0 && !prefix && !filter.equals("*")) {
            return "may have a * only alone or at its end, after a dot";
        }
        return null;
    }

    /** The filter as a pattern for SQL's LIKE, with its default escape character. */
    static String pattern(String filter) {
        String escaped = filter.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        return escaped.endsWith("*") ? escaped.substring(0, escaped.length() - 1) + "%" : escaped;
    }

}
