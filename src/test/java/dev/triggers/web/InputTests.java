package dev.triggers.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Whatever clients send is either taken for what it is or a 400 that says why.
 */
class InputTests {

    private static final JsonMapper json = new JsonMapper();

    @Provide
    Arbitrary<String> queries() {
        return Arbitraries.strings().withChars("abc=&%+ 012?\u00e9\u4e2d\u0000\"'").ofMaxLength(60);
    }

    @Property
    void anyQueryIsReadOrRefused(@ForAll("queries") String query) {
        Throwable thrown = catchThrowable(() -> QueryParameters.parse(query).clamped("a", 1, 0, 9));
        if (thrown != null) {
            assertRefused(thrown, ProblemKind.INVALID);
        }
    }

    @Property
    void whatIsEncodedIsReadBack(@ForAll Map<@NotEmpty String, String> values) {
        Map<String, String> sound = new LinkedHashMap<>();
        values.forEach((name, value) -> sound.put(sound(name), sound(value)));
        String query = sound.entrySet()
            .stream()
            .map((entry) -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&"));
        QueryParameters read = QueryParameters.parse(query);
        sound.forEach((name, value) -> assertThat(read.text(name)).isEqualTo(value.isEmpty() ? null : value));
    }

    @Property
    void anIntegerIsMovedIntoItsRange(@ForAll long value, @ForAll @IntRange(min = 0, max = 10) int lowest,
            @ForAll @IntRange(min = 10, max = 1000) int highest) {
        int clamped = QueryParameters.parse("limit=" + value).clamped("limit", 5, lowest, highest);
        assertThat(clamped).isEqualTo(Math.clamp(value, lowest, highest));
    }

    @Property
    void whatIsNoIntegerIsRefused(@ForAll String text) {
        String sound = sound(text);
        if (!sound.matches("[+-]?[0-9]{1,40}")) {
            assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> QueryParameters.parse("limit=" + encode(sound)).clamped("limit", 1, 0, 9))
                .satisfies((problem) -> assertThat(problem.errors().getFirst().field()).isEqualTo("limit"));
        }
    }

    @Property
    void anyBytesAreAnObjectOrMalformed(@ForAll byte[] body) {
        Throwable thrown = catchThrowable(() -> JsonFields.parse(body));
        if (thrown != null) {
            assertRefused(thrown, ProblemKind.MALFORMED);
        }
    }

    @Provide
    Arbitrary<String> almostJson() {
        return Arbitraries
            .of("{", "}", "[", "]", ":", ",", "\"a\"", "\"b\"", "1", "-0", "1e9", "true", "null", " ", "\\u0000",
                    "\"\\ud800\"", "\ufeff", "\n")
            .list()
            .ofMaxSize(12)
            .map((parts) -> String.join("", parts));
    }

    @Property(tries = 5000)
    void anythingLikeJsonIsAnObjectOrMalformed(@ForAll("almostJson") String text) {
        byte[] body = ("{\"a\":" + text + "}").getBytes(StandardCharsets.UTF_8);
        Throwable thrown = catchThrowable(() -> {
            JsonFields fields = JsonFields.parse(body);
            fields.text("a");
        });
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(ProblemException.class);
        }
    }

    @Property
    void onlyStringsAreText(@ForAll("scalars") Object value) {
        JsonFields fields = JsonFields.parse(json.writeValueAsBytes(Map.of("name", value)));
        if (value instanceof String text) {
            assertThat(fields.text("name")).isEqualTo(text);
        }
        else {
            assertRefused(catchThrowable(() -> fields.text("name")), ProblemKind.INVALID);
        }
    }

    @Property
    void onlyIntegersInRangeAreIntegers(@ForAll("scalars") Object value) {
        JsonFields fields = JsonFields.parse(json.writeValueAsBytes(Map.of("n", value)));
        if (value instanceof Long number && number >= -100 && number <= 100) {
            assertThat(fields.integer("n", -100, 100)).isEqualTo(number.intValue());
        }
        else {
            assertRefused(catchThrowable(() -> fields.integer("n", -100, 100)), ProblemKind.INVALID);
        }
    }

    @Provide
    Arbitrary<Object> scalars() {
        return Arbitraries.oneOf(Arbitraries.strings().map(InputTests::sound).map((text) -> (Object) text),
                Arbitraries.longs().map((number) -> (Object) number),
                Arbitraries.longs().between(-200, 200).map((number) -> (Object) number),
                Arbitraries.doubles().map((number) -> (Object) (number + 0.5)),
                Arbitraries.of(true, false).map((flag) -> (Object) flag));
    }

    @Property
    void plainTextIsCountedInCharacters(@ForAll @IntRange(min = 0, max = 300) int length, @ForAll boolean wide) {
        String text = (wide ? "\ud83d\ude00" : "x").repeat(length);
        if (length >= 1 && length <= 255) {
            assertThat(PlainText.require("name", text)).isEqualTo(text);
        }
        else {
            assertRefused(catchThrowable(() -> PlainText.require("name", text)), ProblemKind.INVALID);
        }
    }

    @Property
    void plainTextSurvivesUtf8(@ForAll String text) {
        if (catchThrowable(() -> PlainText.require("name", text)) == null) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(text);
            assertThat(text.codePoints().noneMatch(Character::isISOControl)).isTrue();
        }
    }

    @Property
    void everyUuidIsAnId(@ForAll long high, @ForAll long low) {
        UUID id = new UUID(high, low);
        assertThat(PathId.parse(id.toString())).isEqualTo(id);
        assertThat(PathId.parse(id.toString().toUpperCase(java.util.Locale.ROOT))).isEqualTo(id);
        assertThat(PathId.parse(id.toString().substring(1))).isNull();
    }

    @Provide
    Arbitrary<String> almostIds() {
        return Arbitraries.strings().withChars("0123456789abcdefABCDEFg-\uff11").ofMinLength(34).ofMaxLength(37);
    }

    @Property
    void nothingElseIsAnId(@ForAll("almostIds") String text) {
        String form = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";
        assertThat(PathId.parse(text) != null).isEqualTo(text.matches(form));
    }

    @Property
    void aRequestIdIsPrintable(@ForAll String given) {
        String id = RequestFilter.id(given);
        assertThat(id).matches("[ -~]{1,128}");
        assertThat(id.equals(given)).isEqualTo(given.matches("[ -~]{1,128}"));
    }

    private static void assertRefused(Throwable thrown, ProblemKind kind) {
        assertThat(thrown).isInstanceOf(ProblemException.class);
        assertThat(((ProblemException) thrown).kind()).isEqualTo(kind);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The text without half characters, which UTF-8 cannot carry, or the mark of one. */
    private static String sound(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace("\ufffd", "");
    }

}
