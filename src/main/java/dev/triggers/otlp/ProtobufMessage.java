package dev.triggers.otlp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A message in the wire format of Protocol Buffers, written field by field.
 */
final class ProtobufMessage {

    private static final int VARINT = 0;

    private static final int FIXED64 = 1;

    private static final int BYTES = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    ProtobufMessage number(int field, long value) {
        tag(field, VARINT);
        varint(value);
        return this;
    }

    ProtobufMessage fixed(int field, long value) {
        tag(field, FIXED64);
        fixed(value);
        return this;
    }

    ProtobufMessage real(int field, double value) {
        return fixed(field, Double.doubleToRawLongBits(value));
    }

    ProtobufMessage text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    ProtobufMessage message(int field, ProtobufMessage value) {
        return bytes(field, value.toBytes());
    }

    /** A packed list of 64-bit values. */
    ProtobufMessage fixed(int field, long[] values) {
        tag(field, BYTES);
        varint(8L * values.length);
        for (long value : values) {
            fixed(value);
        }
        return this;
    }

    private ProtobufMessage bytes(int field, byte[] value) {
        tag(field, BYTES);
        varint(value.length);
        this.out.writeBytes(value);
        return this;
    }

    private void tag(int field, int type) {
        varint((long) field << 3 | type);
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            this.out.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        this.out.write((int) rest);
    }

    private void fixed(long value) {
        for (int shift = 0; shift < 64; shift += 8) {
            this.out.write((int) (value >>> shift));
        }
    }

    byte[] toBytes() {
        return this.out.toByteArray();
    }

}
