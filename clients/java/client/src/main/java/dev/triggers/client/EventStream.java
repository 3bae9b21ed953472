package dev.triggers.client;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Blocks for what happens next; connects again by itself, until it is closed. Of one thread, but for {@link #close()}. */
public final class EventStream implements Iterator<StreamEvent>, Iterable<StreamEvent>, AutoCloseable {

    private static final Duration SILENCE = Duration.ofSeconds(45);

    private static final byte[] END = new byte[0];

    private final Calls calls;

    private final String target;

    private final Parser parser = new Parser();

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private Connection connection;

    private byte[] bytes = END;

    private int at;

    private int failures;

    private boolean afterReturn;

    private StreamEvent next;

    private volatile boolean closed;

    private volatile Thread reader;

    EventStream(Calls calls, StreamOptions options) {
        this.calls = calls;
        this.target = "/api/stream" + AsyncTriggers.search(options.query());
    }

    @Override
    public Iterator<StreamEvent> iterator() {
        return this;
    }

    @Override
    public boolean hasNext() {
        this.reader = Thread.currentThread();
        try {
            while (this.next == null && !this.closed) {
                if (this.connection == null) {
                    connect();
                }
                else {
                    read();
                }
            }
        }
        catch (InterruptedException ex) {
            if (!this.closed) {
                Thread.currentThread().interrupt();
                this.closed = true;
            }
        }
        finally {
            this.reader = null;
        }
        if (this.closed) {
            disconnect();
        }
        return this.next != null && !this.closed;
    }

    @Override
    public StreamEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        StreamEvent event = this.next;
        this.next = null;
        return event;
    }

    /** Ends it, also for a thread that waits for what happens next. */
    @Override
    public void close() {
        this.closed = true;
        Thread waiting = this.reader;
        if (waiting != null && waiting != Thread.currentThread()) {
            waiting.interrupt();
        }
        else {
            disconnect();
        }
    }

    private void disconnect() {
        if (this.connection != null) {
            this.connection.cancel();
            this.connection = null;
        }
    }

    private void connect() throws InterruptedException {
        Transport.Request plain = this.calls.request("GET", this.target, null, false);
        Map<String, String> headers = new LinkedHashMap<>(plain.headers());
        headers.put("Accept", "text/event-stream");
        if (this.parser.cursor != null) {
            headers.put("Last-Event-ID", this.parser.cursor);
        }
        HttpRequest request = HttpTransport.request(new Transport.Request("GET", plain.origin(), plain.target(), headers, null));
        Connection made = new Connection();
        CompletableFuture<HttpResponse<Void>> exchange = ((HttpTransport) this.calls.transport()).client().sendAsync(request, made);
        made.exchange = exchange;
        exchange.whenComplete((response, failure) -> {
            if (failure != null) {
                made.bytes.add(END);
            }
        });
        this.connection = made;
        this.line.reset();
        this.parser.forget();
        this.bytes = END;
        this.at = 0;
        this.afterReturn = false;
    }

    private void read() throws InterruptedException {
        while (this.at < this.bytes.length) {
            byte letter = this.bytes[this.at++];
            if (letter == '\n' && this.afterReturn) {
                this.afterReturn = false;
                continue;
            }
            this.afterReturn = letter == '\r';
            if (letter != '\n' && letter != '\r') {
                this.line.write(letter);
                if (this.line.size() > this.calls.options().maxAnswerBytes()) {
                    disconnect();
                    throw new AnswerTooLargeException(this.calls.options().maxAnswerBytes());
                }
                continue;
            }
            StreamEvent event = this.parser.line(this.line.toString(StandardCharsets.UTF_8));
            this.line.reset();
            if (event != null && heard(event)) {
                return;
            }
        }
        byte[] more = this.connection.bytes.poll(SILENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (more == null || more == END) {
            broken();
            return;
        }
        this.connection.subscription.request(1);
        if (this.connection.status == 200) {
            this.bytes = more;
            this.at = 0;
        }
        else {
            this.connection.problem.writeBytes(more);
        }
    }

    private boolean heard(StreamEvent event) throws InterruptedException {
        this.failures = 0;
        if (!event.kind().equals("stream.lagging")) {
            this.next = event;
            return true;
        }
        if (event.data() instanceof Map<?, ?> members && members.get("cursor") instanceof String cursor) {
            this.parser.cursor = cursor;
        }
        broken();
        return true;
    }

    private void broken() throws InterruptedException {
        Connection ended = this.connection;
        disconnect();
        Duration pause = this.parser.retry;
        if (ended.status != 0 && ended.status != 200) {
            ApiException refused = ApiException.of(new Answer(ended.status, ended.headers, ended.problem.toByteArray()), this.calls.pacing().now());
            if (ended.status != 429 && (ended.status < 502 || ended.status > 504)) {
                this.closed = true;
                throw refused;
            }
            Duration hint = refused.retryAfter().orElse(Duration.ZERO);
            pause = (hint.compareTo(pause) > 0) ? hint : pause;
        }
        double factor = Math.min(30, 1 << Math.min(this.failures++, 5)) * (1 + this.calls.pacing().random()) / 2;
        Thread.sleep((long) (pause.toMillis() * factor));
    }

    private static final class Connection implements HttpResponse.BodyHandler<Void>, HttpResponse.BodySubscriber<Void> {

        private final BlockingQueue<byte[]> bytes = new LinkedBlockingQueue<>();

        private final CompletableFuture<Void> body = new CompletableFuture<>();

        private final ByteArrayOutputStream problem = new ByteArrayOutputStream();

        private volatile CompletableFuture<?> exchange;

        private volatile Flow.Subscription subscription;

        private volatile int status;

        private volatile Map<String, List<String>> headers = Map.of();

        void cancel() {
            Flow.Subscription begun = this.subscription;
            if (begun != null) {
                begun.cancel();
            }
            this.exchange.cancel(true);
        }

        @Override
        public HttpResponse.BodySubscriber<Void> apply(HttpResponse.ResponseInfo head) {
            this.headers = head.headers().map();
            this.status = head.statusCode();
            return this;
        }

        @Override
        public CompletionStage<Void> getBody() {
            return this.body;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            this.subscription = given;
            given.request(1);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (ByteBuffer buffer : buffers) {
                byte[] part = new byte[buffer.remaining()];
                buffer.get(part);
                all.writeBytes(part);
            }
            if (all.size() > 0) {
                this.bytes.add(all.toByteArray());
            }
            else {
                this.subscription.request(1);
            }
        }

        @Override
        public void onError(Throwable failure) {
            this.bytes.add(END);
            this.body.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            this.bytes.add(END);
            this.body.complete(null);
        }

    }

    /** Lines in, events out (the HTML standard, §9.2.6). */
    private static final class Parser {

        private String cursor;

        private Duration retry = Duration.ofSeconds(1);

        private String kind = "";

        private String id;

        private StringBuilder data;

        void forget() {
            this.kind = "";
            this.id = null;
            this.data = null;
        }

        StreamEvent line(String line) {
            if (line.isEmpty()) {
                return end();
            }
            int colon = line.indexOf(':');
            String name = (colon < 0) ? line : line.substring(0, colon);
            String value = (colon < 0) ? "" : line.substring(colon + 1);
            value = value.startsWith(" ") ? value.substring(1) : value;
            switch (name) {
                case "event" -> this.kind = value;
                case "data" -> this.data = (this.data != null) ? this.data.append('\n').append(value) : new StringBuilder(value);
                case "id" -> this.id = (value.indexOf(0) < 0) ? value : this.id;
                case "retry" -> this.retry = value.matches("[0-9]{1,9}") ? Duration.ofMillis(Long.parseLong(value)) : this.retry;
                default -> {
                }
            }
            return null;
        }

        private StreamEvent end() {
            String text = (this.data != null) ? this.data.toString() : "";
            StreamEvent event = null;
            if (!text.isEmpty()) {
                event = new StreamEvent(this.kind.isEmpty() ? "message" : this.kind, read(text), this.id);
            }
            this.cursor = (this.id != null && !this.id.isEmpty()) ? this.id : this.cursor;
            forget();
            return event;
        }

        private static Object read(String text) {
            try {
                return Json.read(text);
            }
            catch (IllegalArgumentException ex) {
                // Of a kind that is no JSON.
                return text;
            }
        }

    }

}
