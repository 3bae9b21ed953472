package dev.triggers.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

class MergedPageTests {

    private static final JsonMapper json = new JsonMapper();

    /**
     * Whatever cells have, and however little they look at for a page, all is read once
     * and in order.
     */
    @Property
    void everythingIsReadOnceFromTheNewestOn(
            @ForAll @Size(min = 1, max = 4) List<@Size(max = 30) Set<@IntRange(min = 100, max = 199) Integer>> cells,
            @ForAll @IntRange(min = 1, max = 7) int limit, @ForAll @IntRange(min = 1, max = 5) int looked) {
        List<TreeSet<String>> held = new ArrayList<>();
        Set<Integer> taken = new TreeSet<>();
        for (Set<Integer> cell : cells) {
            TreeSet<String> ids = new TreeSet<>(Comparator.reverseOrder());
            cell.stream().filter(taken::add).forEach((id) -> ids.add(id.toString()));
            held.add(ids);
        }
        List<String> read = new ArrayList<>();
        String cursor = "999";
        while (!cursor.isEmpty()) {
            String from = cursor;
            MergedPage page = MergedPage.of(held.stream().map((ids) -> page(ids, from, limit, looked)).toList(),
                    "items", "id", limit);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            page.items().forEach((item) -> read.add(item.get("id").stringValue()));
            assertThat(page.next()).isLessThan(cursor);
            cursor = page.next();
        }
        assertThat(read).isEqualTo(taken.stream().map(String::valueOf).sorted(Comparator.reverseOrder()).toList());
    }

    /**
     * As a cell answers that looks at so many at the most, and shows those that are even.
     */
    private static JsonNode page(TreeSet<String> ids, String before, int limit, int looked) {
        List<String> rest = List.copyOf(ids.tailSet(before, false));
        List<String> shown = rest.subList(0, Math.min(Math.min(limit, looked), rest.size()));
        ObjectNode page = json.createObjectNode();
        ArrayNode items = page.putArray("items");
        shown.forEach((id) -> items.addObject().put("id", id));
        boolean more = shown.size() < rest.size();
        page.put("has_more", more);
        page.put("next_cursor", more ? shown.getLast() : null);
        return page;
    }

}
