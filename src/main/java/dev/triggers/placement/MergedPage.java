package dev.triggers.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

import tools.jackson.databind.JsonNode;

/**
 * The pages that several cells have for one question, as one: the newest first, in the
 * order of ids. A cell that has more may have it between what others say further down, so
 * nothing is shown beyond where the first of them ends.
 *
 * @param items what is shown
 * @param next the id that the next page begins behind; empty: there is none
 */
record MergedPage(List<JsonNode> items, String next) {

    /**
     * Merges pages.
     * @param member which member of each holds the items
     * @param idMember which member of an item is its id
     * @param limit so many are shown at the most
     */
    static MergedPage of(List<JsonNode> pages, String member, String idMember, int limit) {
        String end = "";
        List<JsonNode> all = new ArrayList<>();
        for (JsonNode page : pages) {
            page.path(member).forEach(all::add);
            if (page.path("has_more").booleanValue(false)) {
                String next = page.path("next_cursor").stringValue("");
                end = (next.compareTo(end) > 0) ? next : end;
            }
        }
        String last = end;
        Function<JsonNode, String> id = (item) -> item.path(idMember).stringValue("");
        List<JsonNode> shown = all.stream()
            .filter((item) -> id.apply(item).compareTo(last) >= 0)
            .sorted(Comparator.comparing(id).reversed())
            .toList();
        return (shown.size() > limit) ? new MergedPage(shown.subList(0, limit), id.apply(shown.get(limit - 1)))
                : new MergedPage(shown, last);
    }

}
