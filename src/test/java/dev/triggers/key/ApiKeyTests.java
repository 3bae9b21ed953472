package dev.triggers.key;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;

class ApiKeyTests {

    @Property(tries = 100)
    void aGeneratedKeyIsReadBackAndNeverShown(@ForAll KeyEnvironment environment,
            @ForAll @IntRange(max = 99) int number) {
        String digits = String.format("%02d", number);
        Cell cell = new Cell(new CellProperties((number > 0) ? digits : ""));
        ApiKey key = ApiKey.generate(environment, cell);
        ApiKey session = ApiKey.generateSession(cell);
        assertThat(Cell.of(key.reveal())).isEqualTo(digits).isEqualTo(Cell.of(session.reveal()));
        assertThat(ApiKey.parse(session.reveal())).isNotNull();
        ApiKey read = ApiKey.parse(key.reveal());
        assertThat(read).isNotNull();
        assertThat(read.publicId()).isEqualTo(key.publicId());
        assertThat(read.digest()).isEqualTo(key.digest());
        assertThat(key.reveal()).startsWith(environment == KeyEnvironment.LIVE ? "zap_live_" : "zap_test_");
        assertThat(key.toString()).doesNotContain(key.reveal().substring(25));
    }

    @Property
    void aTextHasDigitsOnlyWhereATokenHasThem(@ForAll("almostKeys") String text) {
        assertThat(Cell.of(text) != null).isEqualTo(text.matches(".{9}[0-9]{2}.*"));
    }

    @Provide
    Arbitrary<String> almostKeys() {
        return Arbitraries.of("zap_live_", "zap_test_", "zap_demo_", "")
            .flatMap((prefix) -> Arbitraries.strings()
                .withChars("0123456789abcdefAg\uff11")
                .ofMinLength(63)
                .ofMaxLength(65)
                .map((digits) -> prefix + digits));
    }

    @Property
    void nothingElseIsAKey(@ForAll("almostKeys") String text) {
        assertThat(ApiKey.parse(text) != null).isEqualTo(text.matches("zap_(live|test)_[0-9a-f]{64}"));
    }

}
