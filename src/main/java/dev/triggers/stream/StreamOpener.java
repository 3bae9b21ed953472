package dev.triggers.stream;

import java.io.IOException;

import dev.triggers.event.ArrivalSignals;
import dev.triggers.key.Caller;
import dev.triggers.log.LogCursor;
import dev.triggers.log.LogReader;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes an answer a stream: the request ends, and with it its thread and its place among
 * the requests under way; the connection stays.
 */
@Component
class StreamOpener {

    private final Streams streams;

    private final Tail tail;

    private final LiveFeed live;

    private final LogReader log;

    private final ArrivalSignals arrivals;

    private final StreamMetrics metrics;

    StreamOpener(Streams streams, Tail tail, LiveFeed live, LogReader log, ArrivalSignals arrivals,
            StreamMetrics metrics) {
        this.streams = streams;
        this.tail = tail;
        this.live = live;
        this.log = log;
        this.arrivals = arrivals;
        this.metrics = metrics;
        arrivals.setWatcher(tail::call);
    }

    /**
     * Opens a stream, which from then on goes its own way.
     * @param cursor where it goes on; null: with what comes
     */
    void open(Caller caller, StreamFilter filter, StreamFormat format, @Nullable LogCursor cursor,
            HttpServletRequest request, HttpServletResponse response) throws IOException, InterruptedException {
        this.streams.enter(caller.organizationId());
        Connection connection = null;
        try {
            LogCursor from = null;
            if (filter.showsEvents()) {
                from = (cursor != null) ? cursor : this.log.latest(caller.organizationId());
            }
            format.describe(response);
            AsyncContext context = request.startAsync(request, response);
            context.setTimeout(0);
            connection = new Connection(context);
            OpenStream stream = new OpenStream(caller, filter, format, response.getOutputStream(), from, cursor != null,
                    connection);
            context.addListener(new Ending(stream));
            begin(stream);
        }
        finally {
            if (connection == null) {
                this.streams.leave(caller.organizationId());
            }
        }
    }

    private void begin(OpenStream stream) {
        try {
            this.streams.add(stream);
            this.arrivals.watch(stream.caller().organizationId());
            this.live.join(stream);
            stream.begin();
            stream.start();
            this.tail.call(stream.caller().organizationId());
        }
        catch (IOException ex) {
            stream.finish(StreamEnd.CLIENT);
        }
        catch (RuntimeException ex) {
            stream.finish(StreamEnd.FAILED);
            throw ex;
        }
    }

    /** What belongs to a stream that is open. */
    private final class Connection implements OpenStream.Listener {

        private final AsyncContext context;

        private Connection(AsyncContext context) {
            this.context = context;
        }

        @Override
        public void written(OpenStream stream) {
            if (stream.isBehind()) {
                StreamOpener.this.tail.call(stream.caller().organizationId());
            }
        }

        @Override
        public void finished(OpenStream stream, StreamEnd reason) {
            StreamOpener.this.streams.remove(stream);
            StreamOpener.this.arrivals.unwatch(stream.caller().organizationId());
            StreamOpener.this.live.leave(stream);
            StreamOpener.this.streams.leave(stream.caller().organizationId());
            StreamOpener.this.metrics.ended(reason);
            try {
                this.context.complete();
            }
            catch (IllegalStateException ex) {
                // The server has ended it already
            }
        }

    }

    /** The server tells that the connection has ended. */
    private record Ending(OpenStream stream) implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) {
            this.stream.finish(StreamEnd.CLIENT);
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            this.stream.finish(StreamEnd.CLIENT);
        }

        @Override
        public void onError(AsyncEvent event) {
            this.stream.abandon();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // Does not happen
        }

    }

}
