package dev.triggers.client;

import dev.triggers.client.model.Fields;
import dev.triggers.client.model.Replay;
import dev.triggers.client.model.ReplayRequest;
import java.net.URI;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** Client of a Triggers API service, for any number of threads. An interrupt ends a call. */
public final class Triggers extends Operations {

    private final Calls calls;

    private final AsyncTriggers async;

    /** Does what it is asked for before it returns. */
    private final AsyncTriggers here;

    /** A client with the defaults; the key may be null for what needs none. */
    public Triggers(String url, String key) {
        this(url, key, Options.defaults());
    }

    /** A client; the key may be null for what needs none. */
    public Triggers(String url, String key, Options options) {
        this(url, key, options, new HttpTransport(options.http()));
    }

    private Triggers(String url, String key, Options options, HttpTransport transport) {
        this(calls(url, key, options, transport, Pacing.REAL), calls(url, key, options, transport::exchange, Pacing.BLOCKING));
    }

    Triggers(String url, String key, Options options, Transport transport, Pacing pacing) {
        this(calls(url, key, options, transport, pacing), calls(url, key, options, transport, pacing));
    }

    private Triggers(Calls calls, Calls here) {
        this.calls = calls;
        this.async = new AsyncTriggers(calls);
        this.here = new AsyncTriggers(here);
    }

    private static Calls calls(String url, String key, Options options, Transport transport, Pacing pacing) {
        URI base = URI.create(url);
        boolean http = "http".equalsIgnoreCase(base.getScheme()) || "https".equalsIgnoreCase(base.getScheme());
        if (!http || base.getHost() == null || base.getRawUserInfo() != null || base.getRawQuery() != null || base.getRawFragment() != null) {
            throw new IllegalArgumentException("not an absolute http(s) URL: " + url);
        }
        Calls.requireSecret(key, "API key");
        return new Calls(base, key, options, transport, pacing);
    }

    /** The same, whose calls give futures. */
    public AsyncTriggers async() {
        return this.async;
    }

    /** What is still open. */
    public Inbox inbox() {
        return new Inbox(this);
    }

    /** Everything, from a position that may be kept. */
    public Log log() {
        return new Log(this);
    }

    /**
     * Posts an event; it is stored when this returns. A dedup id is made where none is given, so that repeats of this call store
     * it once.
     */
    public Sent send(String type, Object payload) {
        return send(Event.of(type, payload));
    }

    /** Posts an event; it is stored when this returns. */
    public Sent send(Event event) {
        return now(this.here.send(event));
    }

    /**
     * Posts any number of events, in parts of 1,000 and 8 MiB.
     * @throws BatchInterruptedException with all that is known, if a part is not answered
     */
    public BatchSent sendBatch(List<Event> events) {
        return now(this.here.sendBatch(events));
    }

    /** A replay that is no dry run. */
    public Replay startReplay(ReplayRequest request) {
        return now(this.here.startReplay(request));
    }

    /** Everything as it happens. */
    public EventStream stream() {
        return stream(StreamOptions.defaults());
    }

    /**
     * What is asked for as it happens. Goes on where it was after a break: of event.accepted nothing is missed, the other kinds
     * are live only.
     */
    public EventStream stream(StreamOptions options) {
        return new EventStream(this.calls, options);
    }

    /** Any operation by its operationId: the members of its answer, null where it has none. Query and body may be null. */
    public Map<String, Object> operation(String name, List<String> path, Map<String, ?> query, Object body) {
        return now(this.here.operation(name, path, query, body));
    }

    /** The items of all pages of an operation, asked for as they are wanted. */
    public Iterable<Map<String, Object>> each(String name, List<String> path, Map<String, ?> query) {
        return () -> new Pages<>(name, path, (query != null) ? query : Map.of(), Function.identity());
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "Triggers[" + this.calls + "]";
    }

    @Override
    AsyncOperations later() {
        return this.here;
    }

    @Override
    <T> T now(CompletableFuture<T> later) {
        try {
            return later.get();
        }
        catch (InterruptedException ex) {
            later.cancel(true);
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException("interrupted");
            cancelled.initCause(ex);
            throw cancelled;
        }
        catch (ExecutionException ex) {
            Throwable cause = HttpTransport.unwrapped(ex.getCause());
            if (cause instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException(cause);
        }
    }

    @Override
    <T> Iterable<T> pages(String name, List<String> path, Fields query, Function<Map<String, Object>, T> reader) {
        return () -> new Pages<>(name, path, (query != null) ? query.asMap() : Map.of(), reader);
    }

    /** Asks for a page when its items are wanted. */
    private final class Pages<T> implements Iterator<T> {

        private final String name;

        private final List<String> path;

        private final Map<String, Object> query;

        private final Function<Map<String, Object>, T> reader;

        private Iterator<?> items = List.of().iterator();

        private boolean more = true;

        private boolean standing;

        Pages(String name, List<String> path, Map<String, ?> query, Function<Map<String, Object>, T> reader) {
            this.name = name;
            this.path = path;
            this.query = new LinkedHashMap<>(query);
            this.reader = reader;
        }

        @Override
        public boolean hasNext() {
            while (!this.items.hasNext() && this.more) {
                if (this.standing) {
                    this.more = false;
                    throw new MalformedAnswerException("the walk stands still", null);
                }
                page();
            }
            return this.items.hasNext();
        }

        private void page() {
            Map<String, Object> page = operation(this.name, this.path, this.query, null);
            if (page == null || !(page.get(OperationTable.ROWS.get(this.name).items()) instanceof List<?> found)) {
                throw new MalformedAnswerException("a page without its items", null);
            }
            this.items = found.iterator();
            this.more = Boolean.TRUE.equals(page.get("has_more"));
            Object cursor = page.get("next_cursor");
            this.standing = this.more && (!(cursor instanceof String) || cursor.equals(this.query.get("cursor")));
            this.query.put("cursor", cursor);
        }

        @Override
        @SuppressWarnings("unchecked")
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            try {
                return this.reader.apply((Map<String, Object>) this.items.next());
            }
            catch (ClassCastException | java.time.DateTimeException ex) {
                throw new MalformedAnswerException("an item of another form", ex);
            }
        }

    }

}
