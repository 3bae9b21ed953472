package dev.triggers.client;

import dev.triggers.client.model.LogPage;
import dev.triggers.client.model.InboxItem;
import dev.triggers.client.model.ReadLogQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Follows the log in a thread of its own. Closing it stops it and waits. */
public final class Follower implements AutoCloseable {

    private final Triggers triggers;

    private final Handler<InboxItem> handler;

    private final FollowOptions options;

    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    private final CompletableFuture<String> ended = new CompletableFuture<>();

    private volatile String cursor;

    Follower(Triggers triggers, Handler<InboxItem> handler, FollowOptions options) {
        this.triggers = triggers;
        this.handler = handler;
        this.options = options;
        this.cursor = options.cursor();
        Thread thread = new Thread(this::run, "triggers-follow");
        thread.setDaemon(true);
        thread.start();
    }

    /** No further page is begun. */
    public void stop() {
        this.stopped.complete(null);
    }

    /**
     * Waits for its end: the position, or what ended it.
     * @throws ApiException.Gone if events would be missed
     */
    public String await() {
        return this.triggers.now(this.ended);
    }

    /** The same as a future; cancelling that stops nothing. */
    public CompletableFuture<String> ended() {
        return this.ended.copy();
    }

    /** The position that was kept last, or null. */
    public String cursor() {
        return this.cursor;
    }

    @Override
    public void close() {
        stop();
        await();
    }

    private void run() {
        try {
            follow();
            this.ended.complete(this.cursor);
        }
        catch (Exception | Error ex) {
            this.ended.completeExceptionally((ex instanceof RuntimeException) ? ex : new CompletionException(ex));
        }
    }

    private void follow() throws Exception {
        String kept = null;
        if (this.options.consumer() != null && this.cursor == null) {
            kept = kept();
            this.cursor = kept;
        }
        while (!this.stopped.isDone()) {
            ReadLogQuery query = ReadLogQuery.of().limit(this.options.limit()).wait_(20).type(this.options.type());
            query = (this.cursor != null) ? query.cursor(this.cursor) : query.from_(this.options.from());
            CompletableFuture<LogPage> asked = this.triggers.async().readLog(query);
            CompletableFuture.anyOf(asked.handle((page, failure) -> null), this.stopped).join();
            if (this.stopped.isDone()) {
                asked.cancel(true);
                return;
            }
            LogPage page = this.triggers.now(asked);
            for (InboxItem event : page.events()) {
                this.handler.handle(event);
            }
            String moved = page.nextCursor();
            if (moved == null || moved.equals(this.cursor)) {
                continue;
            }
            if (this.options.save() != null) {
                this.options.save().accept(moved);
            }
            if (this.options.consumer() != null) {
                keep(kept, moved);
                kept = moved;
            }
            this.cursor = moved;
        }
    }

    private String kept() {
        try {
            return this.triggers.getConsumer(this.options.consumer()).cursor();
        }
        catch (ApiException.NotFound ex) {
            return null;
        }
    }

    private void keep(String before, String moved) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("cursor", moved);
        body.put("if_cursor", before);
        try {
            this.triggers.now(this.triggers.async().keep(this.options.consumer(), body));
        }
        catch (ApiException.Conflict ex) {
            // Our own repeat, or somebody else who follows under the same name.
            if (!moved.equals(kept())) {
                throw ex;
            }
        }
    }

}
