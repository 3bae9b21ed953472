package dev.triggers.playground;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import dev.triggers.key.PlaygroundUrls;
import dev.triggers.sending.HeaderLine;
import dev.triggers.sending.InProcessReceiver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Takes what is sent to playgrounds, by the service itself or from outside.
 */
@Component
class PlaygroundReceiver implements InProcessReceiver {

    private static final Logger logger = LoggerFactory.getLogger(PlaygroundReceiver.class);

    /** From outside, within a minute. */
    static final int MOST_KNOCKS = 60;

    /** Deliveries within a minute: they are stored too, one after the other. */
    static final int MOST_DELIVERIES = 600;

    /** What a playground keeps, the latest. */
    static final long ROOM = 4 * 1024 * 1024;

    static final Reply OVER = new Reply(410, null, "This playground is over\n");

    private static final Reply BUSY = new Reply(503, Duration.ofSeconds(1), "Too many wait for an answer\n");

    private static final Reply AWAY = new Reply(503, Duration.ofSeconds(1), "The database is away\n");

    private final PlaygroundRepository playgrounds;

    private final PlaygroundUrls urls;

    private final HangingAnswers hanging;

    private final PlaygroundMetrics metrics;

    PlaygroundReceiver(PlaygroundRepository playgrounds, PlaygroundUrls urls, HangingAnswers hanging,
            PlaygroundMetrics metrics) {
        this.playgrounds = playgrounds;
        this.urls = urls;
        this.hanging = hanging;
        this.metrics = metrics;
    }

    @Override
    public boolean receives(URI url) {
        return this.urls.token(url) != null;
    }

    @Override
    public Reply receive(URI url, List<HeaderLine> headers, byte[] body, Duration longest) {
        String query = (url.getRawQuery() != null) ? "?" + url.getRawQuery() : "";
        return receive(this.urls.token(url),
                new Arrival(true, "POST", url.getRawPath() + query, headers, body, body.length), longest);
    }

    /**
     * Keeps a request and answers as its playground was told to.
     * @param longest after so long there is no answer any more
     */
    Reply receive(@Nullable String token, Arrival arrival, Duration longest) {
        if (token == null || !PlaygroundUrls.isToken(token)) {
            return OVER;
        }
        try {
            return switch (this.playgrounds.take(token, arrival, arrival.handed() ? MOST_DELIVERIES : MOST_KNOCKS, ROOM,
                    ThreadLocalRandom.current().nextInt(100))) {
                case Verdict.Kept kept -> {
                    this.metrics.kept(arrival);
                    yield kept.waits() ? answerLate(kept, longest) : reply(kept);
                }
                case Verdict.TooMany tooMany -> {
                    this.metrics.refused();
                    yield new Reply(429, tooMany.retryAfter(), "Too many requests within a minute\n");
                }
                case Verdict.Over over -> OVER;
            };
        }
        catch (DataAccessException | TransactionException ex) {
            logger.warn("A playground cannot take a request: {}", ex.getMessage());
            return AWAY;
        }
    }

    private Reply answerLate(Verdict.Kept kept, Duration longest) {
        if (!this.hanging.enter()) {
            this.metrics.refused();
            this.playgrounds.answered(kept, 503);
            return BUSY;
        }
        try {
            boolean late = kept.status() == null || kept.delay().compareTo(longest) >= 0;
            this.hanging.await(late ? longest : kept.delay());
            return late ? Reply.SILENCE : reply(kept);
        }
        finally {
            this.hanging.leave();
        }
    }

    private static Reply reply(Verdict.Kept kept) {
        Integer status = kept.status();
        return new Reply(status, kept.retryAfter(), (status != null && status / 100 == 2) ? "ok\n" : "as asked for\n");
    }

}
