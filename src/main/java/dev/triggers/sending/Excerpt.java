package dev.triggers.sending;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The beginning of an answer's body, whatever its bytes are.
 */
public final class Excerpt {

    /** Of a body that has nothing. */
    public static final Excerpt EMPTY = new Excerpt(new byte[0]);

    private final byte[] bytes;

    private Excerpt(byte[] bytes) {
        this.bytes = bytes;
    }

    Excerpt plus(byte[] more, int count) {
        byte[] longer = Arrays.copyOf(this.bytes, this.bytes.length + count);
        System.arraycopy(more, 0, longer, this.bytes.length, count);
        return new Excerpt(longer);
    }

    int length() {
        return this.bytes.length;
    }

    /** The bytes; null if there were none. */
    public byte @Nullable [] bytesOrNull() {
        return (this.bytes.length > 0) ? this.bytes : null;
    }

}
