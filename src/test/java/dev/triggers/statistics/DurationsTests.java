package dev.triggers.statistics;

import java.util.List;
import java.util.stream.Stream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class DurationsTests {

    private static Durations of(List<Long> millis) {
        return millis.stream().map(Durations::one).reduce(Durations.NONE, Durations::plus);
    }

    /** As many short ones as long ones. */
    @Provide
    Arbitrary<List<Long>> millis() {
        return Arbitraries.longs()
            .between(0, 16)
            .flatMap((doubling) -> Arbitraries.longs().between(0, (1L << doubling) - 1))
            .list()
            .ofMaxSize(200);
    }

    @Property
    void partsAddUpToTheWholeHoweverTheyAreSplitAndOrdered(@ForAll("millis") List<Long> one,
            @ForAll("millis") List<Long> two, @ForAll("millis") List<Long> three) {
        List<Long> all = Stream.of(three, one, two).flatMap(List::stream).toList();
        assertThat(of(one).plus(of(two)).plus(of(three))).isEqualTo(of(all))
            .isEqualTo(of(two).plus(of(three).plus(of(one))));
    }

    @Property
    void percentileIsOffByASixteenthAtTheMost(@ForAll("millis") List<Long> millis,
            @ForAll @DoubleRange(min = 0, max = 1) double share) {
        Integer found = of(millis).percentile(share);
        if (millis.isEmpty()) {
            assertThat(found).isNull();
            return;
        }
        List<Long> sorted = millis.stream().sorted().toList();
        long exact = sorted.get((int) Math.max(1, Math.ceil(share * sorted.size())) - 1);
        assertThat(found).isNotNull();
        assertThat((double) found).isCloseTo(exact, within(exact / 16.0));
    }

    @Property
    void binHoldsWhatStandsForIt(@ForAll long millis) {
        int bin = Durations.bin(millis);
        assertThat(bin).isBetween(0, Durations.BINS - 1);
        assertThat(Durations.bin(Durations.middle(bin))).isEqualTo(bin);
        assertThat(Durations.bin(millis / 2)).isLessThanOrEqualTo(bin);
    }

    @Example
    void whatTakesLongerThanAllBinsIsInTheLast() {
        assertThat(Durations.one(Long.MAX_VALUE)).isEqualTo(Durations.one(65_535));
        assertThat(Durations.one(-1)).isEqualTo(Durations.one(0));
    }

    @Example
    void countThatIsFullStaysFull() {
        Durations full = Durations.of(new int[] { Integer.MAX_VALUE });
        assertThat(full.plus(Durations.one(0))).isEqualTo(full);
        assertThat(full.plus(full).p95()).isZero();
    }

    @Example
    void whatIsWrittenIsAsLongAsItsLastBin() {
        assertThat(Durations.one(3).plus(Durations.one(1)).text()).isEqualTo("{0,1,0,1}");
        assertThat(Durations.of(new int[] { 0, 1, 0, 0 })).isEqualTo(Durations.one(1));
        assertThat(Durations.NONE.text()).isEqualTo("{}");
    }

}
