package dev.triggers.client;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Checks deliveries against one or several keys: secrets (whsec_…) and public keys (whpk_…). */
public final class Webhook {

    private static final int MOST_SIGNATURES = 16;

    private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

    private final List<SecretKeySpec> secrets;

    private final List<PublicKey> publics;

    private final Duration tolerance;

    private final Clock clock;

    private Webhook(List<SecretKeySpec> secrets, List<PublicKey> publics, Duration tolerance, Clock clock) {
        this.secrets = secrets;
        this.publics = publics;
        this.tolerance = tolerance;
        this.clock = clock;
    }

    /**
     * Deliveries may be signed with any of the keys, and be five minutes old.
     * @throws WebhookException of the part "key" if one is none
     */
    public static Webhook of(String... keys) {
        return of(List.of(keys));
    }

    /** As {@link #of(String...)}. */
    public static Webhook of(List<String> keys) {
        List<SecretKeySpec> secrets = new ArrayList<>();
        List<PublicKey> publics = new ArrayList<>();
        for (String key : keys) {
            try {
                byte[] data = decoded(key.substring(key.indexOf('_') + 1)).orElseThrow(IllegalArgumentException::new);
                if (key.startsWith("whsec_") && data.length > 0) {
                    secrets.add(new SecretKeySpec(data, "HmacSHA256"));
                }
                else if (key.startsWith("whpk_") && data.length == 32) {
                    publics.add(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(joined(ED25519, data))));
                }
                else {
                    throw new IllegalArgumentException();
                }
            }
            catch (IllegalArgumentException | GeneralSecurityException ex) {
                throw new WebhookException("key", "neither a secret (whsec_…) nor a public key (whpk_…)");
            }
        }
        if (keys.isEmpty()) {
            throw new WebhookException("key", "none was given");
        }
        return new Webhook(List.copyOf(secrets), List.copyOf(publics), Duration.ofMinutes(5), Clock.systemUTC());
    }

    /** The same with another tolerance. */
    public Webhook withTolerance(Duration other) {
        return new Webhook(this.secrets, this.publics, other, this.clock);
    }

    Webhook withClock(Clock other) {
        return new Webhook(this.secrets, this.publics, this.tolerance, other);
    }

    /**
     * The delivery.
     * @param headers as they came, names in any case
     * @param body the bytes as they came
     * @throws WebhookException that says which part is wrong
     */
    public Delivery verify(Map<String, List<String>> headers, byte[] body) {
        String id = header(headers, "webhook-id");
        String timestamp = header(headers, "webhook-timestamp");
        String signatures = header(headers, "webhook-signature");
        if (!timestamp.matches("[0-9]{1,12}")) {
            throw new WebhookException("webhook-timestamp", "not a Unix second");
        }
        long age = this.clock.instant().getEpochSecond() - Long.parseLong(timestamp);
        if (Math.abs(age) > this.tolerance.toSeconds()) {
            throw new WebhookException((age > 0) ? "too-old" : "too-new", "signed " + age + " seconds ago");
        }
        check(joined((id + "." + timestamp + ".").getBytes(java.nio.charset.StandardCharsets.UTF_8), body), signatures.split(" "));
        try {
            if (Json.read(body) instanceof Map<?, ?> members) {
                return Delivery.of(id, members);
            }
        }
        catch (IllegalArgumentException ex) {
            throw new WebhookException("body", "no JSON object");
        }
        throw new WebhookException("body", "no JSON object");
    }

    private static String header(Map<String, List<String>> headers, String name) {
        List<String> found = headers.entrySet()
            .stream()
            .filter((header) -> name.equalsIgnoreCase(header.getKey()))
            .flatMap((header) -> header.getValue().stream())
            .toList();
        if (found.size() != 1 || found.get(0).isEmpty()) {
            throw new WebhookException(name, "missing, or there twice");
        }
        return found.get(0);
    }

    private void check(byte[] message, String[] signatures) {
        boolean possible = false;
        boolean matches = false;
        for (int place = 0; place < Math.min(signatures.length, MOST_SIGNATURES); place++) {
            int comma = signatures[place].indexOf(',');
            String version = (comma < 0) ? signatures[place] : signatures[place].substring(0, comma);
            Optional<byte[]> given = (comma < 0) ? Optional.empty() : decoded(signatures[place].substring(comma + 1));
            if (version.equals("v1") && !this.secrets.isEmpty()) {
                possible = true;
                matches |= given.isPresent() && this.secrets.stream().map((secret) -> signed(secret, message, given.get())).reduce(false, Boolean::logicalOr);
            }
            if (version.equals("v1a") && !this.publics.isEmpty()) {
                possible = true;
                matches |= given.isPresent() && this.publics.stream().anyMatch((key) -> verified(key, message, given.get()));
            }
        }
        if (!possible) {
            throw new WebhookException("no-version", "no signature of a kind that these keys make");
        }
        if (!matches) {
            throw new WebhookException("signature", "none is of any of these keys");
        }
    }

    private static boolean signed(SecretKeySpec secret, byte[] message, byte[] given) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            // Takes the same time whatever differs, which would tell how to forge it.
            return MessageDigest.isEqual(mac.doFinal(message), given);
        }
        catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static boolean verified(PublicKey key, byte[] message, byte[] given) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(given);
        }
        catch (GeneralSecurityException ex) {
            return false;
        }
    }

    /** Base64 with its padding and nothing else. */
    private static Optional<byte[]> decoded(String text) {
        try {
            byte[] data = Base64.getDecoder().decode(text);
            return Base64.getEncoder().encodeToString(data).equals(text) ? Optional.of(data) : Optional.empty();
        }
        catch (IllegalArgumentException ex) {
            return Optional.empty();
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /**
     * A delivery that was checked. Drop repeats by the id.
     *
     * @param id of the event
     * @param type of the event
     * @param timestamp when it was accepted
     * @param data the payload, as {@link Json} reads it
     */
    public record Delivery(String id, String type, String timestamp, Object data) {

        static Delivery of(String headerId, Map<?, ?> members) {
            String id = (members.get("id") instanceof String text) ? text : headerId;
            return new Delivery(id, (members.get("type") instanceof String type) ? type : null,
                    (members.get("timestamp") instanceof String at) ? at : null, members.get("data"));
        }

    }

}
