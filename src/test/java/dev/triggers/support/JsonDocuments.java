package dev.triggers.support;

import java.util.Random;

/**
 * Writes JSON documents in all the ways that the grammar allows: odd white space, odd
 * spellings of numbers, every escape and any character, names given twice, deep nesting.
 */
public final class JsonDocuments {

    private static final String[] WHITE_SPACE = { "", "", "", "", " ", "\n", "\t", "\r\n", "  \t " };

    private static final String[] NUMBERS = { "0", "-0", "0.0", "-0.00", "1E400", "1e-400", "2.50E+0000000001",
            "9007199254740993", "123456789012345678901234567890.10", "1e999999999", "-1.7976931348623157e309" };

    private static final String[] ESCAPES = { "\\\"", "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t", "\\u0000",
            "\\u001F", "\\u20ac", "\\uD83D\\uDE80", "\\u007f", "\\u2028", "\\ud800", "\\uDFFF\\uD800" };

    /**
     * The last two are half characters, which the service takes in strings, but not in
     * names.
     */
    private static final int ESCAPES_IN_NAMES = ESCAPES.length - 2;

    private static final int[] CHARACTERS = { ' ', '/', '<', '\'', 0x7F, 0x80, 0xE9, 0x2028, 0x2029, 0xFEFF, 0xFFFD,
            0xFFFF, 0x1F680, 0x10FFFF, 0x301, 0x202E };

    private final Random random;

    private final StringBuilder text = new StringBuilder();

    private JsonDocuments(Random random) {
        this.random = random;
    }

    /**
     * A document other than {@code null}.
     * @param random where its shape comes from
     * @param size about how many values it has
     */
    public static String document(Random random, int size) {
        JsonDocuments writer = new JsonDocuments(random);
        if (random.nextInt(8) == 0) {
            return writer.nested(1 + random.nextInt(480), size);
        }
        writer.value(size, false);
        return writer.text.toString();
    }

    public static String whiteSpace(Random random) {
        return WHITE_SPACE[random.nextInt(WHITE_SPACE.length)];
    }

    private String nested(int levels, int size) {
        StringBuilder closing = new StringBuilder();
        for (int level = 0; level < levels; level++) {
            boolean array = this.random.nextBoolean();
            this.text.append(array ? "[" : "{\"\":");
            closing.append(array ? ']' : '}');
        }
        value(Math.min(size, 8), true);
        return this.text.append(closing.reverse()).toString();
    }

    private void value(int size, boolean nullAllowed) {
        if (size > 1) {
            members(size, this.random.nextBoolean());
        }
        else {
            switch (this.random.nextInt(nullAllowed ? 6 : 5)) {
                case 0 -> this.text.append(this.random.nextBoolean());
                case 1 -> this.text.append(NUMBERS[this.random.nextInt(NUMBERS.length)]);
                case 2 -> this.text.append(this.random.nextInt()).append('.').append(this.random.nextInt(1 << 30));
                case 3 -> this.text.append(this.random.nextLong() >>> this.random.nextInt(64));
                case 4 -> string(ESCAPES.length);
                default -> this.text.append("null");
            }
        }
    }

    private void members(int size, boolean array) {
        this.text.append(array ? '[' : '{').append(whiteSpace(this.random));
        int left = size - 1;
        for (int i = 0; left > 0; i++) {
            if (i > 0) {
                this.text.append(',').append(whiteSpace(this.random));
            }
            if (!array) {
                string(ESCAPES_IN_NAMES);
                this.text.append(whiteSpace(this.random)).append(':').append(whiteSpace(this.random));
            }
            int part = 1 + this.random.nextInt(left);
            value(part, true);
            this.text.append(whiteSpace(this.random));
            left -= part;
        }
        this.text.append(array ? ']' : '}');
    }

    private void string(int escapes) {
        this.text.append('"');
        for (int length = this.random.nextInt(12); length > 0; length--) {
            switch (this.random.nextInt(4)) {
                case 0 -> this.text.append(ESCAPES[this.random.nextInt(escapes)]);
                case 1 -> this.text.appendCodePoint(CHARACTERS[this.random.nextInt(CHARACTERS.length)]);
                default -> this.text.append((char) ('a' + this.random.nextInt(26)));
            }
        }
        this.text.append('"');
    }

}
