package dev.triggers.webhook;

import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CallbackUrlTests {

    @ParameterizedTest
    @ValueSource(strings = { "http://example.com", "https://example.com/", "HTTPS://Example.COM/Hook",
            "https://example.com:8443/a/b?x=1&y=%20", "https://8.8.8.8/", "http://[2606:4700:4700::1111]:80/",
            "https://my_service.example.com/", "https://example.com./", "https://user.example.com/@x",
            "https://hooks.example.com/catch/123/abc/?a%5B%5D=1", "https://a.b.c.d.example/~x",
            "https://1.2.3.4.example.com/", "https://localhost.example.com/" })
    void acceptsAndKeepsAsWritten(String text) {
        assertThat(CallbackUrl.parse("url", text, false)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "example.com", "/relative", "//example.com/x", "ftp://example.com",
            "file:///etc/passwd", "javascript:alert(1)", "mailto:a@example.com", "http:", "http://", "http:///path",
            "http:example.com", "https://user@example.com/", "https://user:pass@example.com/", "https://@example.com/",
            "https://example.com/#", "https://example.com/#part", "https://example.com/a b", " https://example.com/",
            "https://example.com/ ", "https://example.com\t/", "https://exa\nmple.com/", "https://example.com\\@x/",
            "https://exa%6dple.com/", "https://%31%32%37.0.0.1/", "https://example..com/", "https://.example.com/",
            "https://-example.com/", "https://example.com:0/", "https://example.com:65536/", "https://example.com:x/",
            "https://example.com:-1/", "https://example.com:80:80/", "https://[::1/", "https://::1/", "https://[v1.x]/",
            "https://[1.2.3.4]/", "https://[]/", "https://ex\u0000ample.com/", "https://example.com/%zz",
            "https://exam<ple.com/" })
    void refusesWhatIsNoCallbackUrl(String text) {
        assertRefused(text, false);
        assertRefused(text, true);
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://localhost/", "http://LOCALHOST:3000/", "http://localhost./", "http://x.localhost/",
            "http://127.0.0.1/", "http://10.0.0.1:8080/", "http://192.168.0.1/", "http://172.16.0.1/",
            "http://169.254.169.254/latest/meta-data/", "http://100.64.0.1/", "http://0.0.0.0/", "http://224.0.0.1/",
            "http://255.255.255.255/", "http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[fe80::1]/",
            "http://[fd00::1]/", "http://[fec0::1]/", "http://[2002:7f00:1::]/", "http://[2001::1]/",
            "http://[ff02::1]/", "http://[0:0:0:0:0:0:0:1]/" })
    void refusesLiteralsThatAreNotPublicUnlessTheyAreAllowed(String text) {
        assertRefused(text, false);
        assertThat(CallbackUrl.parse("url", text, true)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://2130706433/", "http://0x7f000001/", "http://0X7F000001/", "http://017700000001/",
            "http://127.1/", "http://127.0.1/", "http://0177.0.0.1/", "http://0x7f.0.0.1/", "http://127.0.0.01/",
            "http://127.000.000.001/", "http://127.0.0.1./", "http://1.2.3.256/", "http://1.2.3.4.5/",
            "http://example.0x/", "http://example.123/", "http://134744072/", "http://[fe80::1%25eth0]/",
            "http://[fe80::1%251]/", "http://１２７.1/", "http://127。0。1/" })
    void refusesAmbiguousAddressesAlways(String text) {
        assertRefused(text, false);
        assertRefused(text, true);
    }

    @Test
    void fullWidthDigitsDoNotHideAnAddress() {
        assertRefused("http://１２７。０。０。１/", false);
        assertRefused("http://ｌｏｃａｌｈｏｓｔ/", false);
    }

    @ParameterizedTest
    @CsvSource({ "https://bücher.example/, https://xn--bcher-kva.example/",
            "https://BÜCHER.example:444/x, https://xn--bcher-kva.example:444/x",
            "https://例え.テスト/p?q=1, https://xn--r8jz45g.xn--zckzah/p?q=1",
            "https://example.com/größe?ü=ö, https://example.com/gr%C3%B6%C3%9Fe?%C3%BC=%C3%B6",
            "https://example.com:/x, https://example.com/x" })
    void normalisesToAscii(String text, String expected) {
        CallbackUrl url = CallbackUrl.parse("url", text, false);
        assertThat(url).hasToString(expected);
        assertThat(CallbackUrl.stored(url.toString())).isEqualTo(url);
    }

    @Test
    void longestUrlIs2048Characters() {
        String longest = "https://example.com/" + "a".repeat(2_048 - 20);
        assertThat(CallbackUrl.parse("url", longest, false).toString()).hasSize(2_048);
        assertRefused(longest + "a", false);
    }

    @Test
    void problemNamesTheFieldAndIs422() {
        assertThatExceptionOfType(ProblemException.class)
            .isThrownBy(() -> CallbackUrl.parse("webhook_url", "nonsense", false))
            .satisfies((problem) -> {
                assertThat(problem.kind()).isEqualTo(ProblemKind.UNPROCESSABLE);
                assertThat(problem.errors().getFirst().field()).isEqualTo("webhook_url");
            });
    }

    @Property
    void anyTextIsAcceptedOrRefusedAndNeverBreaks(@ForAll("almostUrls") String text) {
        try {
            CallbackUrl url = CallbackUrl.parse("url", text, false);
            assertThat(url.uri().isAbsolute()).isTrue();
            assertThat(url.uri().getRawFragment()).isNull();
            assertThat(url.uri().getRawUserInfo()).isNull();
            assertThat(url.toString().chars()).allMatch((c) -> c > ' ' && c < 0x7F);
            assertThat(CallbackUrl.parse("url", url.toString(), false)).isEqualTo(url);
        }
        catch (ProblemException ex) {
            assertThat(ex.kind()).isEqualTo(ProblemKind.UNPROCESSABLE);
        }
    }

    /** Every way in which the C library writes the address of this machine. */
    @Property
    void noNotationOfLoopbackPasses(@ForAll @IntRange(max = 0xFFFFFF) int host, @ForAll("radix") String[] radix,
            @ForAll @IntRange(min = 1, max = 4) int parts) {
        long address = 0x7F000000L | host;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts; i++) {
            boolean last = i == parts - 1;
            long value = last ? address & (0xFFFFFFFFL >>> (8 * i)) : (address >>> (24 - 8 * i)) & 0xFF;
            text.append(i > 0 ? "." : "").append(radix[i].formatted(value));
        }
        assertRefused("http://" + text + "/", false);
    }

    @Provide
    Arbitrary<String[]> radix() {
        return Arbitraries.of("%d", "0%o", "0x%x", "0X%X", "00%o").array(String[].class).ofSize(4);
    }

    @Provide
    Arbitrary<String> almostUrls() {
        Arbitrary<String> scheme = Arbitraries.of("http://", "https://", "HTTP://", "ftp://", "//", "");
        Arbitrary<String> host = Arbitraries.oneOf(
                Arbitraries.of("example.com", "[::1]", "127.0.0.1", "8.8.8.8", "ü.de"),
                Arbitraries.strings().withChars("ab.-_:@[]%0179xüß。１").ofMaxLength(12),
                Arbitraries.strings().ofMaxLength(8));
        Arbitrary<String> rest = Arbitraries.oneOf(Arbitraries.of("", "/", "/x?y=1", "#f", ":80/"),
                Arbitraries.strings().ofMaxLength(12));
        return Combinators.combine(scheme, host, rest).as((s, h, r) -> s + h + r);
    }

    private static void assertRefused(String text, boolean allowPrivate) {
        assertThatExceptionOfType(ProblemException.class).as(text)
            .isThrownBy(() -> CallbackUrl.parse("url", text, allowPrivate))
            .satisfies((problem) -> assertThat(problem.kind()).isEqualTo(ProblemKind.UNPROCESSABLE));
    }

}
