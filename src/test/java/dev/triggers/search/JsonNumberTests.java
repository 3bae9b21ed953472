package dev.triggers.search;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class JsonNumberTests {

    @ParameterizedTest
    @CsvSource({ "1,1.0", "1,1e0", "1,10e-1", "100,1E+2", "0,-0", "0,0.000", "0,0e99", "-1.50,-15e-1",
            "12345678901234567890,12345678901234567890.0", "0.001,1e-3", "1e200000,10e199999", "1e007,10000000" })
    void spellingsOfANumberAreEqual(String one, String other) {
        assertThat(JsonNumber.of(one)).isNotNull().isEqualTo(JsonNumber.of(other));
    }

    @ParameterizedTest
    @CsvSource({ "12345678901234567890,12345678901234567568", "1,-1", "1,10", "0.1,0.10000000000000000001", "1e1,1e2",
            "1e99999999999999999999,1e99999999999999999998", "0,1e-99999" })
    void numbersThatDifferAreNot(String one, String other) {
        assertThat(JsonNumber.of(one)).isNotNull().isNotEqualTo(JsonNumber.of(other));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "x", "01", "1.", ".5", "+1", "1e", "0x1", "NaN", "1 " })
    void whatJsonDoesNotKnowIsNoNumber(String text) {
        assertThat(JsonNumber.of(text)).isNull();
    }

    @Test
    void numberAsLongAsAPayloadIsRead() {
        String digits = "9".repeat(262_144);
        assertThat(JsonNumber.of(digits)).isEqualTo(JsonNumber.of(digits + ".0"));
    }

}
