import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The requests of one load, prepared as bytes: to send one, its head is copied, its body is copied, and the numbers that
 * make its events unique are written over.
 */
final class Requests {

    private static final int DIGITS = 12;

    private final byte[][] heads;

    private final byte[] body;

    private final int[] slots;

    private final boolean randomKeys;

    private final int keyAt;

    private long next;

    private long nextNumber;

    Requests(Settings settings) {
        if (!settings.text("request", "").isEmpty()) {
            // One of another service: its bytes, all alike
            this.heads = new byte[][] { read(settings.text("request", "")) };
            this.body = new byte[0];
            this.slots = new int[0];
            this.randomKeys = false;
            this.keyAt = 0;
            return;
        }
        StringBuilder body = new StringBuilder();
        List<Integer> slots = new ArrayList<>();
        int batch = settings.number("batch", 1);
        if (settings.text("method", "POST").equals("POST")) {
            body.append((batch > 1) ? "{\"events\":[" : "");
            for (int i = 0; i < batch; i++) {
                body.append((i > 0) ? "," : "").append("{\"type\":\"order.created\",");
                if (settings.flag("dedup")) {
                    body.append("\"dedup_id\":\"").append(settings.text("prefix", "bench")).append('-');
                    slots.add(body.length());
                    body.append("0".repeat(DIGITS)).append("\",");
                }
                body.append("\"payload\":").append(payload(settings.number("payload", 512))).append('}');
            }
            body.append((batch > 1) ? "]}" : "");
        }
        this.body = body.toString().getBytes(StandardCharsets.US_ASCII);
        this.slots = slots.stream().mapToInt(Integer::intValue).toArray();
        this.randomKeys = settings.flag("unknown_keys");
        this.heads = settings.keys().stream().map((key) -> head(settings, key)).toArray(byte[][]::new);
        this.keyAt = new String(this.heads[0], StandardCharsets.US_ASCII).indexOf("X-API-Key: ") + 11;
        this.nextNumber = settings.number("first", 0);
    }

    private static byte[] read(String file) {
        try {
            return Files.readAllBytes(Path.of(file));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private byte[] head(Settings settings, String key) {
        String path = settings.text("path", (settings.number("batch", 1) > 1) ? "/api/events/batch" : "/api/events");
        StringBuilder head = new StringBuilder().append(settings.text("method", "POST"))
            .append(' ')
            .append(path)
            .append(" HTTP/1.1\r\nHost: 127.0.0.1\r\nX-API-Key: ")
            .append(key)
            .append("\r\n");
        if (this.body.length > 0) {
            head.append("Content-Type: application/json\r\nContent-Length: ").append(this.body.length).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** A document of exactly this many bytes. */
    private static String payload(int size) {
        String start = "{\"order_id\":184467,\"customer\":{\"name\":\"Ada Lovelace\",\"email\":\"ada@example.com\"},"
                + "\"lines\":[{\"sku\":\"AX-1042\",\"quantity\":2,\"price\":\"19.90\"}],\"note\":\"";
        String end = "\"}";
        StringBuilder note = new StringBuilder();
        for (int seed = 7; note.length() < size; seed = seed * 1_103_515_245 + 12_345) {
            note.append((char) ('a' + (seed >>> 16 & 0x7fff) % 26));
        }
        int room = size - start.length() - end.length();
        return (room >= 0) ? start + note.substring(0, room) + end : "\"" + note.substring(0, size - 2) + "\"";
    }

    int size() {
        int longest = 0;
        for (byte[] head : this.heads) {
            longest = Math.max(longest, head.length);
        }
        return longest + this.body.length;
    }

    /** Puts the next request into the buffer, which then is ready to be written. */
    synchronized void put(ByteBuffer buffer) {
        byte[] head = this.heads[(int) (this.next++ % this.heads.length)];
        buffer.clear().put(head);
        if (this.randomKeys) {
            long random = ThreadLocalRandom.current().nextLong();
            for (int i = 0; i < 16; i++) {
                buffer.put(this.keyAt + 9 + i, (byte) Character.forDigit((int) (random >>> (4 * i)) & 15, 16));
            }
        }
        buffer.put(this.body);
        for (int slot : this.slots) {
            long number = this.nextNumber++;
            for (int i = head.length + slot + DIGITS - 1; i >= head.length + slot; i--) {
                buffer.put(i, (byte) ('0' + number % 10));
                number /= 10;
            }
        }
        buffer.flip();
    }

}
