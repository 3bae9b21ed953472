package dev.triggers.placement;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExternalIdsTests {

    @Property
    void oneMoreCellTakesIdsOfAllAndNoOtherDoes(@ForAll String externalId,
            @ForAll @Size(min = 1, max = 8) @UniqueElements List<String> cells) {
        List<String> fewer = cells.subList(0, Math.max(1, cells.size() - 1));
        String before = ExternalIds.authority(externalId, fewer);
        String after = ExternalIds.authority(externalId, cells);
        assertThat(after).isIn(before, cells.getLast());
    }

    @Test
    void eachCellIsAskedForItsShare() {
        Map<String, Integer> shares = new TreeMap<>();
        IntStream.range(0, 3_000)
            .forEach((n) -> shares.merge(ExternalIds.authority("customer-" + n, List.of("00", "07", "08")), 1,
                    Integer::sum));
        assertThat(shares).hasSize(3).allSatisfy((cell, share) -> assertThat(share).as(cell).isBetween(900, 1_100));
    }

    /** Other cells, and later versions, must agree. */
    @Test
    void whoIsAskedStaysAsItIs() {
        assertThat(List.of("a", "b", "customer-1", "ü", ""))
            .extracting((id) -> ExternalIds.authority(id, List.of("00", "07", "08")))
            .containsExactly("08", "07", "07", "00", "00");
    }

}
