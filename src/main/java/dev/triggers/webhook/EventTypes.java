package dev.triggers.webhook;

import java.util.List;

import dev.triggers.web.PlainText;
import dev.triggers.web.ProblemException;

/**
 * Which events an endpoint takes. A filter is the exact name of a type, or
 * {@code prefix.*} for every type that begins with {@code prefix.}, or {@code *} for all.
 */
final class EventTypes {

    private static final int MAX_FILTERS = 100;

    private EventTypes() {
    }

    static List<String> check(String field, List<String> filters) {
        if (filters.size() > MAX_FILTERS) {
            throw ProblemException.invalid(field, "must have at most " + MAX_FILTERS + " entries");
        }
        for (int i = 0; i < filters.size(); i++) {
            String name = field + "[" + i + "]";
            if (!starIsInPlace(PlainText.require(name, filters.get(i)))) {
                throw ProblemException.invalid(name, "may have a * only alone, or at its end after a dot");
            }
        }
        return filters.stream().distinct().toList();
    }

    /** The filter as a pattern for SQL's LIKE, with its default escape character. */
    static String pattern(String filter) {
        String escaped = filter.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        return escaped.endsWith("*") ? escaped.substring(0, escaped.length() - 1) + "%" : escaped;
    }

    private static boolean starIsInPlace(String filter) {
        int star = filter.indexOf('*');
        return star < 0 || filter.equals("*") || (star == filter.length() - 1 && star > 1 && filter.endsWith(".*"));
    }

}
