/**
 * Reads identifiers from bytes without making objects of them.
 */
final class Identifiers {

    static final int LENGTH = 36;

    private Identifiers() {
    }

    static long high(byte[] bytes, int from) {
        return hex(bytes, from, 18);
    }

    static long low(byte[] bytes, int from) {
        return hex(bytes, from + 19, 17);
    }

    private static long hex(byte[] bytes, int from, int length) {
        long value = 0;
        for (int i = from; i < from + length; i++) {
            if (bytes[i] != '-') {
                value = (value << 4) | Character.digit(bytes[i], 16);
            }
        }
        return value;
    }

    /** Where the text stands in {@code [from, to)}, or -1. */
    static int find(byte[] bytes, int from, int to, byte[] text) {
        outer: for (int i = from; i <= to - text.length; i++) {
            for (int k = 0; k < text.length; k++) {
                if (bytes[i + k] != text[k]) {
                    continue outer;
                }
            }
            return i;
        }
        return -1;
    }

}
