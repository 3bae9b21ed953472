package dev.triggers.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.triggers.key.Caller;
import dev.triggers.log.LogCursor;
import org.jspecify.annotations.Nullable;

/**
 * One stream: what it has yet to write, and the thread that writes it, which there is
 * only while there is something to write. An idle stream costs its connection's buffers.
 */
final class OpenStream {

    /** A stream that is further behind is ended. */
    static final long MOST_BEHIND = 1024 * 1024;

    private static final long BEAT_NANOS = Duration.ofSeconds(15).toNanos();

    /** What is written at a time, before it is let go. */
    private static final int AT_ONCE = 64;

    private final Caller caller;

    private final StreamFilter filter;

    private final StreamFormat format;

    private final OutputStream out;

    private final Listener listener;

    private final ReentrantLock lock = new ReentrantLock();

    private final Condition idle = this.lock.newCondition();

    private final Queue<Message> queue = new ArrayDeque<>();

    private final AtomicLong behind = new AtomicLong();

    /** Until then whoever begins the stream writes. */
    private boolean begun;

    /** Whether the thread of this stream writes. */
    private boolean writing;

    private boolean beat;

    private volatile long beatAt = System.nanoTime();

    private @Nullable StreamEnd ending;

    private String lastWords = "";

    private boolean over;

    /** How far it was fed with events; null if it shows none. */
    private volatile @Nullable LogCursor fedTo;

    /** Whether it was fed to where the log ended. */
    private volatile boolean upToDate;

    /** Behind which event the client can go on. */
    private @Nullable LogCursor written;

    /**
     * @param from where it begins; null if it shows no events
     * @param resumed whether that is an old cursor, not the end of the log
     */
    OpenStream(Caller caller, StreamFilter filter, StreamFormat format, OutputStream out, @Nullable LogCursor from,
            boolean resumed, Listener listener) {
        this.caller = caller;
        this.filter = filter;
        this.format = format;
        this.out = out;
        this.fedTo = from;
        this.written = from;
        this.upToDate = !resumed;
        this.listener = listener;
    }

    Caller caller() {
        return this.caller;
    }

    StreamFilter filter() {
        return this.filter;
    }

    @Nullable LogCursor fedTo() {
        return this.fedTo;
    }

    /** All up to there that is for this stream was given to it. */
    void fed(LogCursor upTo) {
        this.fedTo = upTo;
    }

    boolean isUpToDate() {
        return this.upToDate;
    }

    /** Whether it has events to catch up with. */
    boolean isBehind() {
        return this.fedTo != null && !this.upToDate;
    }

    void caughtUp() {
        this.upToDate = true;
    }

    /** Bytes that it has yet to write. */
    long behind() {
        return this.behind.get();
    }

    /**
     * Writes what every stream begins with. Whatever it is given meanwhile waits for
     * {@link #start()}.
     */
    void begin() throws IOException {
        this.format.begin(this.out, text(this.written));
        this.out.flush();
    }

    /**
     * Begins to write what it is given.
     */
    void start() {
        this.lock.lock();
        try {
            this.begun = true;
        }
        finally {
            this.lock.unlock();
        }
        writeOn();
    }

    /**
     * Gives it something to write.
     */
    void offer(Message message) {
        int weight = message.weight(this.filter.payloads());
        this.lock.lock();
        try {
            if (this.ending != null) {
                return;
            }
            if (this.behind.get() + weight > MOST_BEHIND) {
                end(StreamEnd.LAGGING, "");
                return;
            }
            this.queue.add(message.hold());
            this.behind.addAndGet(weight);
        }
        finally {
            this.lock.unlock();
        }
        writeOn();
    }

    /**
     * Has it show that it lives, when it is time for it.
     */
    void beatIfDue() {
        if (System.nanoTime() - this.beatAt >= BEAT_NANOS) {
            beat();
        }
    }

    /**
     * Has it show that it lives, which shows whether its client does.
     */
    void beat() {
        this.lock.lock();
        try {
            this.beatAt = System.nanoTime();
            this.beat = true;
        }
        finally {
            this.lock.unlock();
        }
        writeOn();
    }

    /**
     * Ends it once it has written what it has; one that was too slow drops that.
     * @param words what the end is told with, where there is something to tell
     */
    void end(StreamEnd reason, String words) {
        List<Message> dropped = List.of();
        this.lock.lock();
        try {
            if (this.ending != null) {
                return;
            }
            this.ending = reason;
            this.lastWords = words;
            if (reason == StreamEnd.LAGGING) {
                dropped = List.copyOf(this.queue);
                this.queue.clear();
                dropped.forEach((message) -> this.behind.addAndGet(-message.weight(this.filter.payloads())));
            }
        }
        finally {
            this.lock.unlock();
        }
        dropped.forEach(Message::letGo);
        writeOn();
    }

    private void writeOn() {
        this.lock.lock();
        try {
            boolean something = !this.queue.isEmpty() || this.beat || this.ending != null;
            if (!this.begun || this.writing || this.over || !something) {
                return;
            }
            this.writing = true;
        }
        finally {
            this.lock.unlock();
        }
        Thread.ofVirtual().name("stream").start(this::write);
    }

    private void write() {
        Portion portion = next();
        try {
            while (portion != null) {
                write(portion);
                portion = next();
            }
        }
        catch (IOException | RuntimeException ex) {
            // The client is gone, or does not read at all
            finish(StreamEnd.CLIENT);
        }
        finally {
            if (portion != null) {
                leave();
            }
        }
    }

    private void leave() {
        this.lock.lock();
        try {
            this.writing = false;
            this.idle.signalAll();
        }
        finally {
            this.lock.unlock();
        }
    }

    private void write(Portion portion) throws IOException {
        int weight = 0;
        try {
            for (Message message : portion.messages) {
                this.format.write(this.out, message, this.filter.payloads());
                this.written = (message.cursor() != null) ? message.cursor() : this.written;
            }
            if (portion.beat) {
                if (this.written != null && portion.standing != null) {
                    this.written = this.written.movedTo(portion.standing.position());
                }
                this.format.beat(this.out, text(this.written));
            }
            if (portion.end != null) {
                farewell(portion.end);
            }
            if (portion.last) {
                this.out.flush();
            }
        }
        finally {
            for (Message message : portion.messages) {
                weight += message.weight(this.filter.payloads());
                message.letGo();
            }
            written(weight);
        }
        if (portion.end != null) {
            finish(portion.end);
        }
    }

    private void farewell(StreamEnd end) throws IOException {
        if (end == StreamEnd.LAGGING) {
            this.format.lag(this.out, text(this.written));
        }
        else if (end == StreamEnd.EXPIRED) {
            this.format.gone(this.out, this.lastWords);
        }
    }

    private static @Nullable String text(@Nullable LogCursor cursor) {
        return (cursor != null) ? cursor.text() : null;
    }

    private void written(int weight) {
        this.behind.addAndGet(-weight);
        this.listener.written(this);
    }

    /** What is to be written next; null if there is nothing, and then nobody writes. */
    private @Nullable Portion next() {
        // Read before the queue: what it was fed with up to there is in the queue
        LogCursor standing = this.fedTo;
        this.lock.lock();
        try {
            List<Message> messages = new ArrayList<>();
            while (messages.size() < AT_ONCE && !this.queue.isEmpty()) {
                messages.add(this.queue.remove());
            }
            boolean last = this.queue.isEmpty();
            boolean beats = this.beat && last && this.ending == null;
            StreamEnd end = last ? this.ending : null;
            if (this.over || (messages.isEmpty() && !beats && end == null)) {
                leave();
                return null;
            }
            this.beat &= !beats;
            return new Portion(messages, last, beats, standing, end);
        }
        finally {
            this.lock.unlock();
        }
    }

    /**
     * Lets go of everything, since the connection is no more, and returns once nobody
     * writes: the server uses what was written with for others then, who would meet the
     * error that this stream's thread has yet to leave there.
     */
    void abandon() {
        finish(StreamEnd.CLIENT);
        this.lock.lock();
        try {
            while (this.writing) {
                this.idle.awaitUninterruptibly();
            }
        }
        finally {
            this.lock.unlock();
        }
    }

    /**
     * Lets go of everything, whatever the reason.
     */
    void finish(StreamEnd reason) {
        List<Message> rest;
        this.lock.lock();
        try {
            if (this.over) {
                return;
            }
            this.over = true;
            this.ending = (this.ending != null) ? this.ending : reason;
            rest = List.copyOf(this.queue);
            this.queue.clear();
        }
        finally {
            this.lock.unlock();
        }
        rest.forEach(Message::letGo);
        this.listener.finished(this, reason);
    }

    /**
     * Hears how a stream gets on.
     */
    interface Listener {

        /** It is less behind than it was. */
        void written(OpenStream stream);

        /** It is over, which it becomes once. */
        void finished(OpenStream stream, StreamEnd reason);

    }

    /**
     * What is written in one go.
     *
     * @param messages what happened
     * @param last whether nothing waits behind it
     * @param beat whether to show that it lives
     * @param standing how far the stream was fed then
     * @param end why the stream ends behind it, if it does
     */
    private record Portion(List<Message> messages, boolean last, boolean beat, @Nullable LogCursor standing,
            @Nullable StreamEnd end) {

    }

}
