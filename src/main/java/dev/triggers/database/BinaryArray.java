package dev.triggers.database;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;

/**
 * Columns of rows as array parameters in PostgreSQL's binary form (as its
 * {@code array_recv} reads them), written at their size: the driver sends identifiers as
 * text, and copies texts again and again while its buffer grows.
 */
public final class BinaryArray {

    private static final int HEADER = 5 * Integer.BYTES;

    private static final int UUID_BYTES = 16;

    private static final int NULL = -1;

    private BinaryArray() {
    }

    /**
     * Makes a {@code uuid[]}.
     * @param rows one or more
     * @param column their identifier
     */
    public static <T> Array uuids(Connection connection, List<T> rows, Function<T, UUID> column) throws SQLException {
        byte[] bytes = new byte[HEADER + rows.size() * (Integer.BYTES + UUID_BYTES)];
        ByteBuffer elements = begin(bytes, Oid.UUID, rows.size(), false);
        for (T row : rows) {
            UUID id = column.apply(row);
            elements.putInt(UUID_BYTES).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        }
        return array(connection, Oid.UUID_ARRAY, bytes);
    }

    /**
     * Makes a {@code text[]}.
     * @param rows one or more
     * @param column their text, or null
     */
    public static <T> Array texts(Connection connection, List<T> rows, Function<T, @Nullable String> column)
            throws SQLException {
        byte[][] texts = new byte[rows.size()][];
        int size = 0;
        boolean nulls = false;
        for (int i = 0; i < texts.length; i++) {
            String text = column.apply(rows.get(i));
            nulls |= text == null;
            if (text != null) {
                texts[i] = text.getBytes(StandardCharsets.UTF_8);
                size += texts[i].length;
            }
        }
        byte[] bytes = new byte[HEADER + texts.length * Integer.BYTES + size];
        ByteBuffer elements = begin(bytes, Oid.TEXT, texts.length, nulls);
        for (byte[] text : texts) {
            if (text != null) {
                elements.putInt(text.length).put(text);
            }
            else {
                elements.putInt(NULL);
            }
        }
        return array(connection, Oid.TEXT_ARRAY, bytes);
    }

    /** Dimensions, whether there are nulls, type, length, and the first index. */
    private static ByteBuffer begin(byte[] bytes, int type, int length, boolean nulls) {
        return ByteBuffer.wrap(bytes).putInt(1).putInt(nulls ? 1 : 0).putInt(type).putInt(length).putInt(1);
    }

    private static Array array(Connection connection, int type, byte[] bytes) throws SQLException {
        return new PgArray(connection.unwrap(BaseConnection.class), type, bytes);
    }

}
