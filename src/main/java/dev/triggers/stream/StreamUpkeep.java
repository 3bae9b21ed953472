package dev.triggers.stream;

import java.time.Duration;

import dev.triggers.key.KeyWatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * What streams need every second: signs of life, an end with the end of their keys, and
 * that other instances know of them.
 */
@Component
class StreamUpkeep implements SmartLifecycle {

    private static final Logger logger = LoggerFactory.getLogger(StreamUpkeep.class);

    private static final Duration TURN = Duration.ofMillis(700);

    private final Streams streams;

    private final LiveFeed live;

    private final KeyWatch keys;

    private volatile @Nullable Thread thread;

    StreamUpkeep(Streams streams, LiveFeed live, KeyWatch keys) {
        this.streams = streams;
        this.live = live;
        this.keys = keys;
    }

    private void run() {
        while (isRunning()) {
            try {
                Thread.sleep(TURN);
                this.live.refresh();
                this.streams.all().forEach(this::keep);
            }
            catch (InterruptedException ex) {
                return;
            }
            catch (RuntimeException ex) {
                logger.error("The upkeep of streams failed", ex);
            }
        }
    }

    private void keep(OpenStream stream) {
        if (!this.keys.isValid(stream.caller())) {
            stream.end(StreamEnd.KEY, "");
        }
        stream.beatIfDue();
    }

    @Override
    public void start() {
        this.thread = Thread.ofVirtual().name("stream-upkeep").unstarted(this::run);
        this.thread.start();
    }

    @Override
    public void stop() {
        Thread running = this.thread;
        this.thread = null;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return this.thread != null;
    }

}
