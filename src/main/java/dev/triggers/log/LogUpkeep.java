package dev.triggers.log;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.triggers.log.LogUpkeepRepository.Sample;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Notes, once a minute, which position belongs to which time, and how far the log is
 * behind what is committed: as far as the oldest transaction that is under way, on the
 * whole server and whosever it is.
 */
@Component
class LogUpkeep {

    private static final Logger logger = LoggerFactory.getLogger(LogUpkeep.class);

    private static final Duration LONG = Duration.ofSeconds(30);

    private final LogUpkeepRepository repository;

    private final LogMarks marks;

    private final Clock clock;

    /** When the transaction that holds the log back now was first seen to. */
    private Sample heldBy = new Sample(-1, -1, Sample.NO_SNAPSHOT, Instant.EPOCH);

    /** When the snapshot that keeps dead rows now was first seen to. */
    private Sample keptBy = new Sample(-1, -1, Sample.NO_SNAPSHOT, Instant.EPOCH);

    private final AtomicBoolean busy = new AtomicBoolean();

    private volatile Duration lag = Duration.ZERO;

    private volatile Duration snapshot = Duration.ZERO;

    LogUpkeep(LogUpkeepRepository repository, LogMarks marks, Clock clock, MeterRegistry registry) {
        this.repository = repository;
        this.marks = marks;
        this.clock = clock;
        Gauge.builder("triggers.log.lag.seconds", () -> this.lag.toMillis() / 1_000.0)
            .description("How long the oldest transaction under way has held the log back, within ten seconds")
            .register(registry);
        Gauge.builder("database.snapshot.seconds", () -> this.snapshot.toMillis() / 1_000.0)
            .description("How long the oldest snapshot has kept dead rows from being removed, within ten seconds")
            .register(registry);
    }

    /**
     * Tasks with a fixed delay share a thread, which a database that is slow would hold.
     */
    @Scheduled(initialDelayString = "PT1S", fixedRateString = "PT10S")
    void run() {
        if (!this.busy.compareAndSet(false, true)) {
            return;
        }
        try {
            note(this.repository.sample());
            this.repository.mark();
        }
        catch (DataAccessException ex) {
            logger.debug("The log's positions were not noted: {}", ex.getMessage());
        }
        finally {
            this.busy.set(false);
        }
    }

    void note(Sample sample) {
        Duration ahead = Duration.between(sample.at(), this.clock.instant());
        if (ahead.compareTo(Duration.ofSeconds(1)) > 0) {
            this.repository.ahead(ahead);
        }
        this.marks.mark(sample.next(), sample.at());
        boolean held = sample.oldest() < sample.next() && sample.oldest() == this.heldBy.oldest();
        this.heldBy = held ? this.heldBy : sample;
        this.lag = Duration.between(this.heldBy.at(), sample.at());
        boolean kept = sample.snapshot() != Sample.NO_SNAPSHOT && sample.snapshot() == this.keptBy.snapshot();
        this.keptBy = kept ? this.keptBy : sample;
        this.snapshot = Duration.between(this.keptBy.at(), sample.at());
        if (this.lag.compareTo(LONG) > 0) {
            logger.warn("The log has been held back for {} s by a transaction: {}", this.lag.toSeconds(),
                    this.repository.oldestTransaction().orElse("one that this role may not see"));
        }
    }

}
