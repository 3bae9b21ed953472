package dev.triggers.statistics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Keeps the statistics small: an endpoint has at most two hours and some of minutes,
 * eight days of hours and a month of days, an outcome each; an organization the same, and
 * 400 days. Every instance does it; they step aside for one another.
 */
@Component
class StatisticsUpkeep {

    private static final Logger logger = LoggerFactory.getLogger(StatisticsUpkeep.class);

    /** An hour is looked at; clocks differ, and counts may come late. */
    private static final Duration MINUTES = Duration.ofMinutes(70);

    private static final Duration HOURS = Duration.ofDays(8);

    private static final Duration DAYS = Duration.ofDays(32);

    /** What organizations used is looked at for a year. */
    private static final Duration USAGE = Duration.ofDays(400);

    private final StatisticsRepository repository;

    private final Clock clock;

    StatisticsUpkeep(StatisticsRepository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT1M", fixedRateString = "PT5M")
    void run() {
        try {
            tidy(this.clock.instant());
        }
        catch (DataAccessException | TransactionException ex) {
            logger.debug("Statistics are tidied up later: {}", ex.getMessage());
        }
    }

    void tidy(Instant now) {
        // Hours are folded whole, so that their rows are written once
        Instant minutes = now.minus(MINUTES).truncatedTo(ChronoUnit.HOURS);
        this.repository.foldAttempts(minutes);
        this.repository.foldOrganizations(minutes);
        this.repository.removeAttempts(StatisticsRange.DAY.span(), now.minus(HOURS));
        this.repository.removeOrganizations(StatisticsRange.DAY.span(), now.minus(HOURS));
        this.repository.removeAttempts(StatisticsRange.MONTH.span(), now.minus(DAYS));
        this.repository.removeOrganizations(StatisticsRange.MONTH.span(), now.minus(USAGE));
        this.repository.removeGone();
    }

}
