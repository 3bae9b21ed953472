package dev.triggers.key;

import java.util.List;

import dev.triggers.web.PlainText;
import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * A choice of event types: those that an endpoint takes, or that a key is held to. A
 * filter is the exact name of a type, or {@code prefix.*} for every type that begins with
 * {@code prefix.}, or {@code *} for all.
 * <p>
 * An operation that shows or takes events asks {@link Caller#types()} once: in Java by
 * {@link #include(String)}, in SQL by {@link #patterns()}, which is null for every type:
 * {@code (:patterns::text[] is null or e.type like any (:patterns))}. What is not
 * included is absent, never counted.
 *
 * @param filters the filters; null: every type
 */
public record EventTypes(@Nullable List<String> filters) {

    /** Every type. */
    public static final EventTypes EVERY = new EventTypes(null);

    private static final int MAX_FILTERS = 100;

    private static final String ANY = "*";

    /**
     * Reads filters as a client gives them.
     * @throws ProblemException 400 that names the filter
     */
    public static List<String> check(String field, List<String> filters) {
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

    private static boolean starIsInPlace(String filter) {
        int star = filter.indexOf('*');
        return star < 0 || filter.equals(ANY) || (star == filter.length() - 1 && star > 1 && filter.endsWith(".*"));
    }

    /**
     * The choice that the filters make; null and {@code *} stand for every type.
     */
    public static EventTypes of(@Nullable List<String> filters) {
        return (filters == null || filters.contains(ANY)) ? EVERY : new EventTypes(List.copyOf(filters));
    }

    /** The filter as a pattern for SQL's LIKE, with its default escape character. */
    public static String pattern(String filter) {
        String escaped = filter.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        return escaped.endsWith(ANY) ? escaped.substring(0, escaped.length() - 1) + "%" : escaped;
    }

    public boolean isEvery() {
        return this.filters == null;
    }

    /**
     * Whether the type is one of them.
     */
    public boolean include(String type) {
        if (this.filters == null) {
            return true;
        }
        for (String filter : this.filters) {
            if (includes(filter, type)) {
                return true;
            }
        }
        return false;
    }

    /**
     * {@code user.*} includes {@code user.*} itself: it begins with {@code user.} too.
     */
    private static boolean includes(String filter, String type) {
        return filter.endsWith(".*") ? type.startsWith(filter.substring(0, filter.length() - 1)) : filter.equals(type);
    }

    /**
     * Whether all of the others are among these.
     */
    public boolean cover(EventTypes others) {
        if (this.filters == null) {
            return true;
        }
        return others.filters != null && others.filters.stream().allMatch(this::include);
    }

    /**
     * Patterns for SQL's LIKE; null: every type.
     */
    public String @Nullable [] patterns() {
        return (this.filters != null) ? this.filters.stream().map(EventTypes::pattern).toArray(String[]::new) : null;
    }

}
