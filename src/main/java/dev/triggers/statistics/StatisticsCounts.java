package dev.triggers.statistics;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import dev.triggers.database.SqlState;
import dev.triggers.delivery.AttemptListener;
import dev.triggers.delivery.FinishedAttempts.FinishedAttempt;
import dev.triggers.event.AcceptedListener;
import dev.triggers.event.NewEvent;
import dev.triggers.event.RefusedListener;
import dev.triggers.time.UuidV7;
import dev.triggers.web.Utf8;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Counts accepted events and finished attempts in memory, by the minute, and writes the
 * counts down together: whatever happens in five seconds costs a row an endpoint, minute
 * and outcome, and one an organization and minute. A process that is killed loses the
 * counts of its last five seconds. While the database is away they wait, and are added
 * once it is back; if it goes away just as they are committed, they may be added twice.
 */
@Component
class StatisticsCounts implements AcceptedListener, RefusedListener, AttemptListener {

    private static final Logger logger = LoggerFactory.getLogger(StatisticsCounts.class);

    private static final int WRITTEN_AT_ONCE = 1_000;

    private final StatisticsRepository repository;

    private final Counter uncounted;

    private final Counter rows;

    private final ReentrantLock writing = new ReentrantLock();

    private final Counted<AttemptCount.Key, AttemptCount> attempts = new Counted<>(AttemptCount::plus);

    private final Counted<OrganizationCount.Key, OrganizationCount> organizations = new Counted<>(
            OrganizationCount::plus);

    /** Requests that read: a request only adds to its organization's. */
    private final ConcurrentMap<UUID, LongAdder> reads = new ConcurrentHashMap<>();

    private final Clock clock;

    StatisticsCounts(StatisticsRepository repository, Clock clock, MeterRegistry registry) {
        this.clock = clock;
        this.repository = repository;
        this.uncounted = Counter.builder("triggers.statistics.uncounted")
            .description("Attempts and events that statistics lack, since there were too many counts to keep")
            .register(registry);
        this.rows = Counter.builder("triggers.statistics.rows")
            .description("Rows that counts were added to")
            .register(registry);
    }

    @Override
    public synchronized void accepted(List<NewEvent> events) {
        for (NewEvent event : events) {
            add(OrganizationCount.accepted(event.organizationId(), minute(UuidV7.instant(event.id())),
                    Utf8.length(event.payload())));
        }
    }

    @Override
    public synchronized void refused(UUID organizationId, int duplicates, int rejected) {
        add(OrganizationCount.posted(organizationId, minute(this.clock.instant()),
                new Posted(duplicates, rejected, 0, 0)));
    }

    /**
     * An organization has read something.
     */
    void read(UUID organizationId) {
        LongAdder known = this.reads.get(organizationId);
        if (known == null) {
            if (this.reads.size() >= Counted.MOST) {
                this.uncounted.increment();
                return;
            }
            known = this.reads.computeIfAbsent(organizationId, (id) -> new LongAdder());
        }
        known.increment();
    }

    private synchronized void addReads() {
        Instant minute = minute(this.clock.instant());
        this.reads.forEach((organizationId, adder) -> {
            long count = adder.sumThenReset();
            if (count > 0) {
                add(OrganizationCount.posted(organizationId, minute, new Posted(0, 0, 0, count)));
            }
            else {
                // What is added to it right now is not counted
                this.reads.remove(organizationId, adder);
            }
        });
    }

    @Override
    public synchronized void finished(List<FinishedAttempt> finished) {
        for (FinishedAttempt attempt : finished) {
            Instant minute = minute(attempt.startedAt());
            add(AttemptCount.one(attempt, minute));
            add(OrganizationCount.attempt(attempt, minute));
        }
    }

    private static Instant minute(Instant at) {
        return at.truncatedTo(ChronoUnit.MINUTES);
    }

    private void add(AttemptCount count) {
        if (!this.attempts.add(count.key(), count)) {
            this.uncounted.increment((double) count.attempts());
        }
    }

    private void add(OrganizationCount count) {
        if (!this.organizations.add(count.key(), count)) {
            this.uncounted.increment((double) count.counted());
        }
    }

    private synchronized List<AttemptCount> takeAttempts() {
        return this.attempts.take();
    }

    private synchronized List<OrganizationCount> takeOrganizations() {
        return this.organizations.take();
    }

    private synchronized void giveBackAttempts(List<AttemptCount> counts) {
        counts.forEach(this::add);
    }

    private synchronized void giveBackOrganizations(List<OrganizationCount> counts) {
        counts.forEach(this::add);
    }

    /** Whoever comes while they are being written waits: they are there then. */
    @PreDestroy
    @Scheduled(initialDelayString = "PT5S", fixedRateString = "PT5S")
    void write() {
        this.writing.lock();
        try {
            addReads();
            write(takeAttempts(), this.repository::addAttempts, this::giveBackAttempts);
            write(takeOrganizations(), this.repository::addOrganizations, this::giveBackOrganizations);
        }
        finally {
            this.writing.unlock();
        }
    }

    private <C> void write(List<C> counts, Consumer<List<C>> statement, Consumer<List<C>> giveBack) {
        for (int from = 0; from < counts.size(); from += WRITTEN_AT_ONCE) {
            List<C> some = counts.subList(from, Math.min(counts.size(), from + WRITTEN_AT_ONCE));
            try {
                statement.accept(some);
                this.rows.increment(some.size());
            }
            catch (DataAccessException | TransactionException ex) {
                if (ex instanceof DataAccessException refused && SqlState.of(refused).blamesData()) {
                    logger.error("{} counts can't be stored, and are dropped", some.size(), ex);
                    this.uncounted.increment(some.size());
                }
                else {
                    logger.debug("{} counts are written later: {}", some.size(), ex.getMessage());
                    giveBack.accept(some);
                }
            }
        }
    }

}
