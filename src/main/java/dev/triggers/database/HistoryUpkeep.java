package dev.triggers.database;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Keeps the history's days: those to come are made ahead, those past their retention
 * dropped. Every instance tries; whichever comes first does it.
 */
@Component
public class HistoryUpkeep {

    private static final Logger logger = LoggerFactory.getLogger(HistoryUpkeep.class);

    private static final int DAYS_AHEAD = 3;

    /** A day in which deliveries are still open is kept this much longer, no more. */
    private static final int GRACE_DAYS = 35;

    private final HistoryRepository history;

    private final DatabaseProperties properties;

    private final Clock clock;

    private final Counter expired;

    HistoryUpkeep(HistoryRepository history, DatabaseProperties properties, Clock clock, MeterRegistry registry) {
        this.history = history;
        this.properties = properties;
        this.clock = clock;
        this.expired = Counter.builder("triggers.deliveries.expired")
            .description("Deliveries that were still open when the history of their day had to end")
            .register(registry);
    }

    /**
     * Makes the day of an event that met none, because a clock runs ahead or upkeep was
     * away for days.
     */
    public void createMissing(Instant instant) {
        this.history.createDay(day(instant));
    }

    /**
     * At a fixed rate: tasks with a fixed delay share a thread, which this may take for
     * long.
     */
    @Scheduled(initialDelayString = "PT10S", fixedRateString = "PT1H")
    void run() {
        try {
            createAhead();
            dropOld();
        }
        catch (DataAccessException ex) {
            logger.warn("The upkeep of the history will be tried again in an hour: {}", ex.getMessage());
        }
    }

    void createAhead() {
        LocalDate today = day(this.clock.instant());
        for (int ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
            this.history.createDay(today.plusDays(ahead));
        }
    }

    void dropOld() {
        LocalDate oldestKept = day(this.clock.instant()).minusDays(this.properties.retentionDays());
        this.history.endLogBefore(oldestKept);
        for (LocalDate day : this.history.days()) {
            boolean overdue = day.isBefore(oldestKept.minusDays(GRACE_DAYS));
            if (day.isBefore(oldestKept) && (overdue || !this.history.hasOpenDeliveries(day))) {
                int open = this.history.drop(day);
                this.expired.increment(open);
                logger.info("Dropped the history of {}; {} open deliveries ended with it", day, open);
            }
        }
        List<LocalDate> kept = this.history.days();
        if (!kept.isEmpty()) {
            this.history.removeEndpointsBefore(kept.getFirst());
        }
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

}
