import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Clients of the stream: one thread that reads lines and writes down which events they tell of. Of the streams of one
 * organization only the first goes into the ledger, since each tells of the same.
 */
final class Streams {

    private static final byte[] EVENT = "{\"kind\":\"event.accepted\"".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] ID = "\"id\":\"".getBytes(StandardCharsets.US_ASCII);

    private final Settings settings;

    private final Ledger ledger;

    private final Selector selector = Selector.open();

    private final ByteBuffer input = ByteBuffer.allocateDirect(256 * 1024);

    private long messages;

    private int open;

    private volatile boolean stopped;

    Streams(Settings settings, Ledger ledger) throws IOException {
        this.settings = settings;
        this.ledger = ledger;
    }

    /** Ends all of them; the result says what they read. */
    void stop() {
        this.stopped = true;
        this.selector.wakeup();
    }

    Json run() throws IOException {
        List<String> keys = this.settings.keys();
        int count = this.settings.number("streams", 1);
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel
                .open(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.settings.number("port", 0)));
            String head = "GET /api/stream" + this.settings.text("query", "") + " HTTP/1.0\r\nHost: 127.0.0.1\r\nX-API-Key: "
                    + keys.get(i % keys.size()) + "\r\nAccept: application/x-ndjson\r\n\r\n";
            channel.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
            channel.configureBlocking(false);
            channel.register(this.selector, SelectionKey.OP_READ, new Reader(channel, i < keys.size()));
            this.open++;
        }
        while (!this.stopped && this.open > 0) {
            this.selector.select(this::ready, 100);
        }
        int left = this.open;
        for (SelectionKey key : this.selector.keys()) {
            key.channel().close();
        }
        this.selector.close();
        return new Json().put("messages", this.messages).put("open_at_end", left);
    }

    private void ready(SelectionKey key) {
        try {
            ((Reader) key.attachment()).read();
        }
        catch (IOException ex) {
            this.open--;
            key.cancel();
        }
    }

    /** One stream. As an answer to HTTP/1.0 it has no chunks in between. */
    private final class Reader {

        private final SocketChannel channel;

        private final boolean tracked;

        private byte[] bytes = new byte[4096];

        private int filled;

        Reader(SocketChannel channel, boolean tracked) {
            this.channel = channel;
            this.tracked = tracked;
        }

        void read() throws IOException {
            Streams.this.input.clear();
            int count = this.channel.read(Streams.this.input);
            if (count < 0) {
                throw new IOException("ended");
            }
            long now = System.nanoTime();
            Streams.this.input.flip();
            if (this.filled + count > this.bytes.length) {
                this.bytes = Arrays.copyOf(this.bytes, Math.max(2 * this.bytes.length, this.filled + count));
            }
            Streams.this.input.get(this.bytes, this.filled, count);
            this.filled += count;
            int from = 0;
            for (int i = 0; i < this.filled; i++) {
                if (this.bytes[i] == '\n') {
                    line(from, i, now);
                    from = i + 1;
                }
            }
            System.arraycopy(this.bytes, from, this.bytes, 0, this.filled - from);
            this.filled -= from;
        }

        private void line(int from, int to, long now) {
            if (!startsWith(from, to, EVENT)) {
                return;
            }
            Streams.this.messages++;
            if (this.tracked) {
                int at = Identifiers.find(this.bytes, from + EVENT.length, to, ID);
                if (at >= 0) {
                    Streams.this.ledger.received(Identifiers.high(this.bytes, at + ID.length),
                            Identifiers.low(this.bytes, at + ID.length), now);
                }
            }
        }

        private boolean startsWith(int from, int to, byte[] text) {
            return to - from >= text.length && Arrays.equals(this.bytes, from, from + text.length, text, 0, text.length);
        }

    }

}
