package dev.triggers.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/**
 * An API key: {@code zap_live_} or {@code zap_test_} and 64 hexadecimal digits, of which
 * the first 16 are its public id and the rest is the secret. The first two are decimal,
 * and tell the cell. A session's key is {@code zap_sess_}, the cell and 64 hexadecimal
 * digits.
 */
final class ApiKey {

    private static final String LIVE = "zap_live_";

    private static final String TEST = "zap_test_";

    private static final String SESSION = "zap_sess_";

    private static final int PREFIX_LENGTH = LIVE.length();

    private static final int ID_LENGTH = 16;

    private static final int BYTES = 32;

    private static final int LENGTH = PREFIX_LENGTH + 2 * BYTES;

    private static final int SESSION_LENGTH = PREFIX_LENGTH + Cell.LENGTH + 2 * BYTES;

    private static final SecureRandom random = new SecureRandom();

    /** Copied for each use: to look the algorithm up costs as much as to use it. */
    private static final MessageDigest sha256 = sha256();

    private final String value;

    private ApiKey(String value) {
        this.value = value;
    }

    static ApiKey generate(KeyEnvironment environment, Cell cell) {
        String digits = cell.digits() + randomDigits(BYTES - 1);
        return new ApiKey(((environment == KeyEnvironment.LIVE) ? LIVE : TEST) + digits);
    }

    /**
     * Makes the key of a session.
     */
    static ApiKey generateSession(Cell cell) {
        return new ApiKey(SESSION + cell.digits() + randomDigits(BYTES));
    }

    static String randomDigits(int bytes) {
        byte[] random = new byte[bytes];
        ApiKey.random.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /**
     * Reads a key as a client presents it; null if it has not the form of one.
     */
    static @Nullable ApiKey parse(String text) {
        boolean key = text.length() == LENGTH && (text.startsWith(LIVE) || text.startsWith(TEST));
        if (!key && !(text.length() == SESSION_LENGTH && text.startsWith(SESSION))) {
            return null;
        }
        for (int i = PREFIX_LENGTH; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return null;
            }
        }
        return new ApiKey(text);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** A session's is never taken for a key's. */
    String publicId() {
        String id = this.value.substring(PREFIX_LENGTH, PREFIX_LENGTH + ID_LENGTH);
        return isSession() ? SESSION + id : id;
    }

    boolean isSession() {
        return this.value.startsWith(SESSION);
    }

    /** Whether a public id is a session's. */
    static boolean isSession(String publicId) {
        return publicId.startsWith(SESSION);
    }

    /** What may be shown of a key that is not at hand. */
    static String publicPrefix(String environment, String publicId) {
        return "zap_" + environment + "_" + publicId;
    }

    /** What may be shown of the key: its prefix and public id. */
    String publicPrefix() {
        return this.value.substring(0, PREFIX_LENGTH + ID_LENGTH);
    }

    /** The whole key, to be shown once. */
    String reveal() {
        return this.value;
    }

    byte[] bytes() {
        return this.value.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * What a verified key is remembered by: the key itself need not stay in memory.
     */
    byte[] digest() {
        try {
            return ((MessageDigest) sha256.clone()).digest(bytes());
        }
        catch (CloneNotSupportedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Override
    public String toString() {
        return publicPrefix() + "****";
    }

}
