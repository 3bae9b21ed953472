import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends requests over kept connections, and measures the answers. In a closed loop each connection sends its next request
 * when the answer to the last one is there: that finds the throughput. In an open loop ({@code rate} is given) requests
 * are due at fixed times whatever the answers do, and the time of each counts from when it was due, also when it had to
 * wait for a connection: that is the latency which callers would see, without coordinated omission.
 */
final class Load {

    private static final byte[] ID = "\"id\":\"".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] ACCEPTED = "\"accepted\":".getBytes(StandardCharsets.US_ASCII);

    private static final long PATIENCE = 30_000_000_000L;

    private final Settings settings;

    private final Ledger ledger;

    private final Requests requests;

    private final Selector selector = Selector.open();

    private final ByteBuffer input = ByteBuffer.allocateDirect(256 * 1024);

    private final boolean open;

    private final boolean batch;

    private final boolean tracked;

    private final long most;

    private final ArrayDeque<Connection> idle = new ArrayDeque<>();

    private final ArrayDeque<Long> due = new ArrayDeque<>();

    private final Map<Integer, Integer> statuses = new TreeMap<>();

    private final Histogram succeeded = new Histogram();

    private final Histogram succeededFromSend = new Histogram();

    private final Histogram refused = new Histogram();

    private Timeline timeline;

    private long accepted;

    private long inTime;

    private long errors;

    private long began;

    private long lastAnswer;

    private volatile long end;

    private volatile long sent;

    private volatile long answered;

    private volatile boolean scheduled;

    private volatile boolean stopped;

    Load(Settings settings, Ledger ledger) throws IOException {
        this.settings = settings;
        this.ledger = ledger;
        this.requests = new Requests(settings);
        this.open = settings.decimal("rate", 0) > 0;
        this.batch = settings.number("batch", 1) > 1;
        this.tracked = settings.flag("track");
        this.most = settings.number("count", Integer.MAX_VALUE);
    }

    /** Ends the load early; its result is as usual. */
    void stop() {
        this.stopped = true;
        this.end = System.nanoTime();
        this.selector.wakeup();
    }

    Json run() throws Exception {
        int count = this.settings.number("connections", 1);
        Connection[] connections = new Connection[count];
        for (int i = 0; i < count; i++) {
            connections[i] = new Connection();
        }
        this.began = System.nanoTime();
        this.timeline = new Timeline(this.began);
        long length = (long) (this.settings.decimal("seconds", 3600) * 1e9);
        if (!this.stopped) {
            this.end = this.began + length;
        }
        if (this.open) {
            for (Connection connection : connections) {
                this.idle.add(connection);
            }
            Thread.ofPlatform().name("pace").daemon().start(this::pace);
        }
        else {
            for (Connection connection : connections) {
                connection.next();
            }
        }
        while (!over()) {
            this.selector.select(this::ready, 100);
        }
        for (Connection connection : connections) {
            connection.channel.close();
        }
        this.selector.close();
        return result(Math.min(length, this.end - this.began));
    }

    private boolean over() {
        long now = System.nanoTime();
        boolean allSent = this.open ? this.scheduled && waiting() == 0 : now >= this.end || this.sent >= this.most;
        return allSent && (this.answered >= this.sent || now > this.end + PATIENCE);
    }

    private synchronized int waiting() {
        return this.due.size();
    }

    private void pace() {
        double interval = 1e9 / this.settings.decimal("rate", 0);
        for (long i = 0; i < this.most; i++) {
            long at = this.began + (long) (i * interval);
            if (at >= this.end) {
                break;
            }
            for (long left = at - System.nanoTime(); left > 0; left = at - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            Connection connection;
            synchronized (this) {
                connection = this.idle.poll();
                if (connection == null) {
                    this.due.add(at);
                }
            }
            if (connection != null) {
                connection.send(at);
            }
        }
        this.scheduled = true;
        this.selector.wakeup();
    }

    private void ready(SelectionKey key) {
        ((Connection) key.attachment()).read();
    }

    private Json result(long nanos) {
        Json statuses = new Json();
        this.statuses.forEach((status, n) -> statuses.put(status.toString(), n));
        // What was told to end after so many requests took as long as it took.
        double seconds = ((this.most < Integer.MAX_VALUE) ? this.lastAnswer - this.began : nanos) / 1e9;
        return new Json().put("connections", this.settings.number("connections", 1))
            .put("seconds", seconds)
            .put("requests", this.sent)
            .put("statuses", statuses)
            .put("errors", this.errors + this.sent - this.answered)
            .put("accepted", this.accepted)
            .put("rate", ((this.most < Integer.MAX_VALUE) ? this.accepted : this.inTime) / seconds)
            .put("latency", this.succeeded.toJson())
            .put("latency_from_send", this.succeededFromSend.toJson())
            .put("refused", this.refused.toJson())
            .put("timeline", this.timeline.toJson());
    }

    /** A kept connection with at most one request under way. */
    private final class Connection {

        private final ByteBuffer output = ByteBuffer.allocateDirect(Load.this.requests.size());

        private final Answer answer = new Answer();

        private SocketChannel channel;

        private long scheduledAt;

        private long sentAt;

        private volatile boolean busy;

        Connection() throws IOException {
            connect();
        }

        private void connect() throws IOException {
            int port = Load.this.settings.number("port", 8080);
            this.channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            this.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            this.channel.configureBlocking(false);
            this.channel.register(Load.this.selector, SelectionKey.OP_READ, this);
        }

        /** What is to be sent when the last answer was read. */
        void next() {
            long now = System.nanoTime();
            if (!Load.this.open) {
                if (now < Load.this.end && Load.this.sent < Load.this.most) {
                    send(now);
                }
                return;
            }
            Long at;
            synchronized (Load.this) {
                at = Load.this.due.poll();
                if (at == null) {
                    Load.this.idle.add(this);
                }
            }
            if (at != null) {
                send(at);
            }
        }

        void send(long at) {
            this.answer.begin();
            Load.this.requests.put(this.output);
            this.scheduledAt = at;
            this.sentAt = System.nanoTime();
            synchronized (Load.this) {
                Load.this.sent++;
            }
            this.busy = true;
            try {
                while (this.output.hasRemaining()) {
                    if (this.channel.write(this.output) == 0) {
                        LockSupport.parkNanos(50_000);
                    }
                }
            }
            catch (IOException ex) {
                // The reading side meets the same end.
            }
        }

        void read() {
            // And with it, all that the sending thread wrote before
            boolean expected = this.busy;
            try {
                ByteBuffer input = Load.this.input.clear();
                int n = this.channel.read(input);
                if (n < 0) {
                    throw new IOException("closed");
                }
                input.flip();
                if (expected && this.answer.read(input)) {
                    answered();
                    if (this.answer.closing()) {
                        reconnect();
                    }
                    next();
                }
            }
            catch (IOException ex) {
                failed();
            }
        }

        private void failed() {
            boolean lost = this.busy;
            try {
                reconnect();
            }
            catch (IOException ex) {
                LockSupport.parkNanos(1_000_000);
            }
            if (lost) {
                this.busy = false;
                Load.this.errors++;
                Load.this.answered++;
                next();
            }
        }

        private void reconnect() throws IOException {
            this.channel.close();
            connect();
        }

        private void answered() {
            long now = System.nanoTime();
            this.busy = false;
            Load.this.lastAnswer = now;
            Load.this.statuses.merge(this.answer.status(), 1, Integer::sum);
            if (this.answer.status() / 100 == 2) {
                int n = Load.this.batch ? accepted() : 1;
                Load.this.accepted += n;
                Load.this.inTime += (now <= Load.this.end) ? n : 0;
                Load.this.succeeded.record(now - this.scheduledAt);
                Load.this.succeededFromSend.record(now - this.sentAt);
                Load.this.timeline.record(now, now - this.scheduledAt);
                if (Load.this.tracked) {
                    track(now);
                }
            }
            else {
                Load.this.refused.record(now - this.sentAt);
            }
            Load.this.answered++;
        }

        private void track(long now) {
            byte[] body = this.answer.body();
            int at = Identifiers.find(body, 0, this.answer.bodyLength(), ID) + ID.length;
            Load.this.ledger.answered(Identifiers.high(body, at), Identifiers.low(body, at), this.scheduledAt, now);
        }

        private int accepted() {
            byte[] body = this.answer.body();
            int at = Identifiers.find(body, 0, this.answer.bodyLength(), ACCEPTED) + ACCEPTED.length;
            int value = 0;
            for (; body[at] >= '0' && body[at] <= '9'; at++) {
                value = value * 10 + body[at] - '0';
            }
            return value;
        }

    }

}
