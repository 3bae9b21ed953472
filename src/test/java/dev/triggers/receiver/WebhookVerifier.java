package dev.triggers.receiver;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells deliveries from what others send. Drop repeats by {@code webhook-id} afterwards.
 */
public final class WebhookVerifier {

    private static final String PREFIX = "whsec_";

    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final InstantSource clock;

    private final List<SecretKeySpec> keys;

    /**
     * @param clock {@link InstantSource#system()}
     * @param secrets the endpoint's secret, {@code whsec_…}; several, if deliveries of
     * several endpoints arrive here
     */
    public WebhookVerifier(InstantSource clock, String... secrets) {
        this.clock = clock;
        this.keys = Arrays.stream(secrets).map(WebhookVerifier::key).toList();
    }

    private static SecretKeySpec key(String secret) {
        if (!secret.startsWith(PREFIX)) {
            throw new IllegalArgumentException("Not a secret that begins with " + PREFIX);
        }
        return new SecretKeySpec(Base64.getDecoder().decode(secret.substring(PREFIX.length())), "HmacSHA256");
    }

    /**
     * Whether a request is a delivery, and not an old one.
     * @param headers gives the value of a header by its name, null if there is none
     * @param body its bytes as they came, before anything parses them
     */
    public boolean verifies(UnaryOperator<String> headers, byte[] body) {
        String id = headers.apply("webhook-id");
        String timestamp = headers.apply("webhook-timestamp");
        String signatures = headers.apply("webhook-signature");
        if (id == null || timestamp == null || signatures == null || !isRecent(timestamp)) {
            return false;
        }
        byte[] head = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        boolean matches = false;
        for (SecretKeySpec key : this.keys) {
            byte[] expected = sign(key, head, body).getBytes(StandardCharsets.UTF_8);
            for (String signature : signatures.split(" ")) {
                // Takes the same time whatever differs, which would tell how to forge it.
                matches |= MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
            }
        }
        return matches;
    }

    private boolean isRecent(String timestamp) {
        try {
            Instant signed = Instant.ofEpochSecond(Long.parseLong(timestamp));
            return Duration.between(signed, this.clock.instant()).abs().compareTo(TOLERANCE) <= 0;
        }
        catch (NumberFormatException | DateTimeException | ArithmeticException ex) {
            return false;
        }
    }

    private static String sign(SecretKeySpec key, byte[] head, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(head);
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        }
        catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex);
        }
    }

}
