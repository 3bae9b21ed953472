package dev.triggers.cell;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.triggers.settings.ConfigurationException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

class OtherCellTests {

    @Provide
    Arbitrary<Map<String, String>> cells() {
        Arbitrary<String> digits = Arbitraries.integers().between(0, 99).map((number) -> String.format("%02d", number));
        Arbitrary<String> host = Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(8);
        Arbitrary<String> port = Arbitraries.integers()
            .between(0, 65_535)
            .map((number) -> (number == 0) ? "" : ":" + number);
        Arbitrary<String> address = host.flatMap((name) -> port
            .flatMap((end) -> Arbitraries.of("https://" + name + ".example" + end, "http://localhost" + end)));
        return Arbitraries.maps(digits, address).ofMaxSize(99).map(TreeMap::new);
    }

    @Property(tries = 200)
    void whatIsWrittenIsRead(@ForAll("cells") Map<String, String> cells) {
        String text = cells.entrySet()
            .stream()
            .map((cell) -> cell.getKey() + "=" + cell.getValue())
            .collect(Collectors.joining(", "));
        Map<String, String> read = new TreeMap<>();
        OtherCell.parse(text).forEach((cell) -> read.put(cell.digits(), cell.location()));
        assertThat(read).isEqualTo(cells);
    }

    /** Whatever is written there: it is refused in words, or leads to where it says. */
    @Property
    void nothingElseThanWordsComesOfWhatIsNot(@ForAll String address) {
        Throwable thrown = catchThrowable(() -> OtherCell.parse("07=https://" + address.replace(",", "")));
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(ConfigurationException.class).hasMessageStartingWith("CELLS ");
        }
    }

    @Test
    void anAppIsCalledAsItsHostBegins() {
        OtherCell cell = OtherCell.parse("07=https://triggers-07.fly.dev/").getFirst();
        assertThat(cell.name()).isEqualTo("triggers-07");
        assertThat(cell.location()).isEqualTo("https://triggers-07.fly.dev");
    }

}
