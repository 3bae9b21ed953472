package dev.triggers.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a query of Prometheus asks for.
 *
 * @param selectors metrics, each with the labels that it is to have
 * @param grouping labels that results are grouped or matched by
 */
record PromQuery(List<Selector> selectors, Set<String> grouping) {

    private static final Pattern GROUPING = Pattern
        .compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");

    private static final Pattern WORD = Pattern
        .compile("(?<![\\w.:$])([a-zA-Z_:][\\w:]*)(\\s*\\(|\\s*\\{((?:[^}\"]|\"[^\"]*\")*)\\})?");

    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"([^\"]*)\"");

    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "sum", "max", "min", "avg",
            "count", "inf", "nan", "by", "without", "on", "ignoring");

    static PromQuery parse(String text) {
        Set<String> grouping = new TreeSet<>();
        Matcher groups = GROUPING.matcher(text);
        while (groups.find()) {
            for (String label : groups.group(1).split(",")) {
                if (!label.isBlank()) {
                    grouping.add(label.strip());
                }
            }
        }
        // Without windows, whose units would be taken for words
        String rest = groups.replaceAll(" ").replaceAll("\\[[^]]*]", "");
        List<Selector> selectors = new ArrayList<>();
        Matcher words = WORD.matcher(rest);
        while (words.find()) {
            boolean function = words.group(2) != null && words.group(3) == null;
            if (!function && !WORDS.contains(words.group(1))) {
                selectors.add(Selector.parse(words.group(1), (words.group(3) != null) ? words.group(3) : ""));
            }
        }
        return new PromQuery(selectors, grouping);
    }

    /**
     * A metric.
     *
     * @param name its name
     * @param labels names of its labels
     * @param bound of the bucket that is asked for; empty if none is
     */
    record Selector(String name, Set<String> labels, String bound) {

        private static Selector parse(String name, String matchers) {
            Set<String> labels = new TreeSet<>();
            String bound = "";
            Matcher each = MATCHER.matcher(matchers);
            while (each.find()) {
                labels.add(each.group(1));
                if (each.group(1).equals("le")) {
                    bound = each.group(2);
                }
            }
            return new Selector(name, labels, bound);
        }

    }

}
