import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The endpoint of all deliveries: one thread that answers as fast as it can and writes down what it received. The path
 * says how it behaves: {@code /ok} answers at once, {@code /hang/MILLIS} late, {@code /status/CODE} with another status;
 * only what comes to {@code /ok} goes into the ledger.
 */
final class Receiver implements Runnable {

    private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] ID = "\nwebhook-id: ".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] LENGTH = "\ncontent-length: ".getBytes(StandardCharsets.US_ASCII);

    private final Ledger ledger;

    private final Selector selector = Selector.open();

    private final ServerSocketChannel server = ServerSocketChannel.open();

    private final ByteBuffer input = ByteBuffer.allocateDirect(64 * 1024);

    private final PriorityQueue<Late> late = new PriorityQueue<>(Comparator.comparingLong(Late::at));

    final AtomicLong requests = new AtomicLong();

    final AtomicLong others = new AtomicLong();

    Receiver(Ledger ledger) throws IOException {
        this.ledger = ledger;
        this.server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        this.server.configureBlocking(false);
        this.server.register(this.selector, SelectionKey.OP_ACCEPT);
    }

    int port() {
        return this.server.socket().getLocalPort();
    }

    @Override
    public void run() {
        try {
            while (true) {
                Late next = this.late.peek();
                if (next == null) {
                    this.selector.select(this::ready);
                }
                else {
                    this.selector.select(this::ready, Math.max(1, (next.at - System.nanoTime()) / 1_000_000L));
                }
                while (!this.late.isEmpty() && this.late.peek().at <= System.nanoTime()) {
                    Late due = this.late.poll();
                    due.peer.write(ByteBuffer.wrap(due.answer));
                }
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                SocketChannel channel = this.server.accept();
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.register(this.selector, SelectionKey.OP_READ, new Peer(channel));
            }
            else {
                ((Peer) key.attachment()).read();
            }
        }
        catch (IOException ex) {
            close(key);
        }
    }

    private static void close(SelectionKey key) {
        try {
            key.channel().close();
        }
        catch (IOException ex) {
            // It is gone either way.
        }
    }

    private static byte[] answer(int status) {
        return ("HTTP/1.1 " + status + " Answer\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** A connection of the service. */
    private final class Peer {

        private static final byte[] OK = answer(200);

        private final SocketChannel channel;

        private final ByteBuffer output = ByteBuffer.allocateDirect(64).put(OK);

        private byte[] bytes = new byte[4096];

        private int filled;

        Peer(SocketChannel channel) {
            this.channel = channel;
        }

        void read() throws IOException {
            ByteBuffer input = Receiver.this.input.clear();
            int n = this.channel.read(input);
            if (n < 0) {
                throw new IOException("closed");
            }
            if (this.filled + n > this.bytes.length) {
                this.bytes = Arrays.copyOf(this.bytes, Math.max(this.filled + n, 2 * this.bytes.length));
            }
            input.flip().get(this.bytes, this.filled, n);
            this.filled += n;
            for (int used = request(); used > 0; used = request()) {
                System.arraycopy(this.bytes, used, this.bytes, 0, this.filled - used);
                this.filled -= used;
            }
        }

        /** @return the length of a request that is there as a whole, which is answered then, or 0 */
        private int request() throws IOException {
            int head = Identifiers.find(this.bytes, 0, this.filled, END);
            if (head < 0) {
                return 0;
            }
            int end = head + END.length + (int) number(header(LENGTH, head), 0);
            if (this.filled < end) {
                return 0;
            }
            Receiver.this.requests.incrementAndGet();
            if (this.bytes[6] == 'o') {
                int id = header(ID, head);
                Receiver.this.ledger.received(Identifiers.high(this.bytes, id), Identifiers.low(this.bytes, id),
                        System.nanoTime());
                write(this.output.flip());
            }
            else {
                Receiver.this.others.incrementAndGet();
                otherwise();
            }
            return end;
        }

        private void otherwise() throws IOException {
            int argument = Identifiers.find(this.bytes, 6, this.filled, new byte[] { '/' }) + 1;
            long value = number(argument, 0);
            if (this.bytes[6] == 'h') {
                Receiver.this.late.add(new Late(System.nanoTime() + value * 1_000_000L, this, OK));
            }
            else {
                write(ByteBuffer.wrap(answer((int) value)));
            }
        }

        void write(ByteBuffer answer) throws IOException {
            try {
                this.channel.write(answer);
            }
            catch (IOException ex) {
                this.channel.close();
            }
        }

        private int header(byte[] name, int head) {
            outer: for (int i = 0; i < head; i++) {
                for (int k = 0; k < name.length; k++) {
                    byte b = this.bytes[i + k];
                    if (((b >= 'A' && b <= 'Z') ? b + 32 : b) != name[k]) {
                        continue outer;
                    }
                }
                return i + name.length;
            }
            return -1;
        }

        private long number(int from, long otherwise) {
            if (from < 0) {
                return otherwise;
            }
            long value = 0;
            for (int i = from; this.bytes[i] >= '0' && this.bytes[i] <= '9'; i++) {
                value = value * 10 + this.bytes[i] - '0';
            }
            return value;
        }

    }

    /**
     * An answer that waits.
     */
    private record Late(long at, Peer peer, byte[] answer) {
    }

}
