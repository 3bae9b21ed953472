package dev.triggers.receiver;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * The code that receivers are shown accepts and refuses what the libraries of Standard
 * Webhooks and Svix accept and refuse.
 */
class WebhookVerifierTests {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String OTHER_SECRET = "whsec_" + base64("another secret of 24 byte");

    private static final String BODY = "{\"id\":\"0198c0de\",\"data\":{\"größe\":\"\uD83D\uDE00\"}}";

    static Stream<Arguments> requests() {
        Request valid = Request.signed(Instant.now(), SECRET);
        String signature = valid.header("webhook-signature");
        String other = Request.signed(Instant.now(), OTHER_SECRET).header("webhook-signature");
        long now = Instant.now().getEpochSecond();
        return Stream.of(arguments("as it was sent", true, valid),
                arguments("a byte of the body more", false, valid.body(BODY + " ")),
                arguments("a byte of the body less", false, valid.body(BODY.substring(1))),
                arguments("a byte of the body changed", false, valid.body(BODY.replace('8', '9'))),
                arguments("no body", false, valid.body("")),
                arguments("another id", false, valid.with("webhook-id", "0198c0df")),
                arguments("an id in other letters", false, valid.with("webhook-id", "0198C0DE")),
                arguments("an empty id", false, valid.with("webhook-id", "")),
                arguments("another timestamp", false, valid.with("webhook-timestamp", Long.toString(now - 20))),
                arguments("no number", false, valid.with("webhook-timestamp", "now")),
                arguments("a fraction", false, valid.with("webhook-timestamp", now + ".0")),
                arguments("milliseconds", false, valid.with("webhook-timestamp", now + "000")),
                arguments("more than any number", false, valid.with("webhook-timestamp", "9".repeat(30))),
                arguments("the largest number", false, valid.with("webhook-timestamp", "" + Long.MAX_VALUE)),
                arguments("the smallest number", false, valid.with("webhook-timestamp", "" + Long.MIN_VALUE)),
                arguments("an empty timestamp", false, valid.with("webhook-timestamp", "")),
                arguments("four minutes old", true, Request.signed(Instant.now().minusSeconds(240), SECRET)),
                arguments("four minutes ahead", true, Request.signed(Instant.now().plusSeconds(240), SECRET)),
                arguments("too old", false, Request.signed(Instant.now().minusSeconds(310), SECRET)),
                arguments("too new", false, Request.signed(Instant.now().plusSeconds(360), SECRET)),
                arguments("of another secret", false, valid.with("webhook-signature", other)),
                arguments("no id", false, valid.without("webhook-id")),
                arguments("no timestamp", false, valid.without("webhook-timestamp")),
                arguments("no signature", false, valid.without("webhook-signature")),
                arguments("an empty signature", false, valid.with("webhook-signature", "")),
                arguments("blanks", false, valid.with("webhook-signature", "   ")),
                arguments("commas", false, valid.with("webhook-signature", ",,,")),
                arguments("garbage", false, valid.with("webhook-signature", "v1,ÿ\u0000\"'{}")),
                arguments("a version alone", false, valid.with("webhook-signature", "v1,")),
                arguments("no version", false, valid.with("webhook-signature", signature.substring(3))),
                arguments("another version", false, valid.with("webhook-signature", signature.replace("v1,", "v2,"))),
                arguments("an upper-case version", false,
                        valid.with("webhook-signature", signature.replace("v1,", "V1,"))),
                arguments("the asymmetric version", false,
                        valid.with("webhook-signature", signature.replace("v1,", "v1a,"))),
                arguments("several, the last is right", true,
                        valid.with("webhook-signature", other + " v1a," + base64("x".repeat(64)) + " " + signature)),
                arguments("several, the first is right", true,
                        valid.with("webhook-signature", signature + " " + other)),
                arguments("several, none is right", false, valid.with("webhook-signature", other + " " + other)),
                arguments("several that are not apart", false,
                        valid.with("webhook-signature", other + "," + signature)),
                arguments("truncated", false,
                        valid.with("webhook-signature", signature.substring(0, signature.length() - 8))),
                arguments("without padding", false, valid.with("webhook-signature", signature.replace("=", ""))),
                arguments("more padding", false, valid.with("webhook-signature", signature + "=")),
                arguments("in hexadecimal", false,
                        valid.with("webhook-signature",
                                "v1," + java.util.HexFormat.of()
                                    .formatHex(Base64.getDecoder().decode(signature.substring(3))))),
                arguments("in lower case", false, valid.with("webhook-signature", signature.toLowerCase(Locale.ROOT))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void verdictIsTheLibraries(String what, boolean accepted, Request request) {
        assertThat(standardWebhooks(SECRET, request)).as("Standard Webhooks").isEqualTo(accepted);
        assertThat(svix(SECRET, request)).as("Svix").isEqualTo(accepted);
        assertThat(shown(request, SECRET)).as("what we show").isEqualTo(accepted);
    }

    @Test
    void anyOfSeveralSecretsIsEnough() {
        Request request = Request.signed(Instant.now(), SECRET);
        assertThat(shown(request, OTHER_SECRET, SECRET)).isTrue();
        assertThat(shown(request, SECRET, OTHER_SECRET)).isTrue();
        assertThat(shown(request, OTHER_SECRET)).isFalse();
        assertThat(standardWebhooks(OTHER_SECRET, request)).isFalse();
        assertThat(svix(OTHER_SECRET, request)).isFalse();
        assertThat(shown(request)).as("none").isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whpk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_%%%" })
    void secretOfAnotherKindIsRefusedAtOnce(String secret) {
        assertThatThrownBy(() -> new com.standardwebhooks.Webhook(secret)).isInstanceOf(Exception.class);
        assertThatThrownBy(() -> new com.svix.Webhook(secret)).isInstanceOf(Exception.class);
        assertThatThrownBy(() -> new WebhookVerifier(InstantSource.system(), secret))
            .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = { -301, -300, -1, 0, 1, 300, 301 })
    void fiveMinutesEitherWay(long seconds) {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        Request request = Request.signed(now.plusSeconds(seconds), SECRET);
        WebhookVerifier verifier = new WebhookVerifier(InstantSource.fixed(now), SECRET);
        assertThat(verifier.verifies(request.lookUp(), request.body)).isEqualTo(Math.abs(seconds) <= 300);
    }

    @Property(tries = 500)
    void noByteMayDiffer(@ForAll @IntRange(max = 3) int part, @ForAll @IntRange(max = 1_000) int position,
            @ForAll @IntRange(min = 1, max = 255) int difference) {
        Request valid = Request.signed(Instant.now(), SECRET);
        Request changed = switch (part) {
            case 0 -> new Request(valid.headers, change(valid.body, position, difference));
            case 1 -> valid.changed("webhook-id", position, difference);
            case 2 -> valid.changed("webhook-timestamp", position, difference);
            default -> valid.changed("webhook-signature", position, difference);
        };
        assertThat(standardWebhooks(SECRET, changed)).isFalse();
        assertThat(svix(SECRET, changed)).isFalse();
        assertThat(shown(changed, SECRET)).isFalse();
    }

    private static byte[] change(byte[] bytes, int position, int difference) {
        byte[] changed = bytes.clone();
        changed[position % bytes.length] ^= (byte) difference;
        return changed;
    }

    private static boolean shown(Request request, String... secrets) {
        return new WebhookVerifier(InstantSource.system(), secrets).verifies(request.lookUp(), request.body);
    }

    private static boolean standardWebhooks(String secret, Request request) {
        try {
            new com.standardwebhooks.Webhook(secret).verify(request.text(), request.httpHeaders());
            return true;
        }
        catch (com.standardwebhooks.exceptions.WebhookVerificationException ex) {
            return false;
        }
        catch (com.standardwebhooks.exceptions.EmptyWebhookSecretException ex) {
            throw new IllegalArgumentException(ex);
        }
    }

    private static boolean svix(String secret, Request request) {
        try {
            new com.svix.Webhook(secret).verify(request.text(), request.httpHeaders());
            return true;
        }
        catch (com.svix.exceptions.WebhookVerificationException ex) {
            return false;
        }
        catch (com.svix.exceptions.EmptyWebhookSecretException ex) {
            throw new IllegalArgumentException(ex);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * What arrives.
     *
     * @param headers its headers
     * @param body its body
     */
    record Request(Map<String, String> headers, byte[] body) {

        static Request signed(Instant at, String secret) {
            String timestamp = Long.toString(at.getEpochSecond());
            return new Request(Map.of("webhook-id", "0198c0de", "webhook-timestamp", timestamp, "webhook-signature",
                    sign(secret, "0198c0de." + timestamp + "." + BODY)), BODY.getBytes(StandardCharsets.UTF_8));
        }

        private static String sign(String secret, String content) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "RAW"));
                return "v1,"
                        + Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
            }
            catch (GeneralSecurityException ex) {
                throw new IllegalStateException(ex);
            }
        }

        String header(String name) {
            return this.headers.getOrDefault(name, "");
        }

        Request body(String text) {
            return new Request(this.headers, text.getBytes(StandardCharsets.UTF_8));
        }

        Request with(String name, String value) {
            Map<String, String> changed = new TreeMap<>(this.headers);
            changed.put(name, value);
            return new Request(changed, this.body);
        }

        Request without(String name) {
            Map<String, String> changed = new TreeMap<>(this.headers);
            changed.remove(name);
            return new Request(changed, this.body);
        }

        Request changed(String name, int position, int difference) {
            byte[] value = header(name).getBytes(StandardCharsets.ISO_8859_1);
            return with(name, new String(change(value, position, difference), StandardCharsets.ISO_8859_1));
        }

        UnaryOperator<String> lookUp() {
            return this.headers::get;
        }

        HttpHeaders httpHeaders() {
            Map<String, List<String>> lists = new TreeMap<>();
            this.headers.forEach((name, value) -> lists.put(name, List.of(value)));
            return HttpHeaders.of(lists, (name, value) -> true);
        }

        String text() {
            return new String(this.body, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return this.headers + " " + text();
        }

    }

}
