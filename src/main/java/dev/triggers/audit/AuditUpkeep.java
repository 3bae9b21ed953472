package dev.triggers.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Makes the months to come before anything is served, drops those that are over for long,
 * and shortens addresses.
 */
@Component
class AuditUpkeep implements SmartInitializingSingleton {

    private static final Logger logger = LoggerFactory.getLogger(AuditUpkeep.class);

    private static final Duration WHOLE_ADDRESSES = Duration.ofDays(30);

    private static final int MONTHS_AHEAD = 2;

    private final AuditRepository repository;

    private final AuditProperties properties;

    private final Clock clock;

    AuditUpkeep(AuditRepository repository, AuditProperties properties, Clock clock) {
        this.repository = repository;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public void afterSingletonsInstantiated() {
        createAhead();
    }

    @Scheduled(initialDelayString = "PT30S", fixedRateString = "PT1H")
    void run() {
        try {
            createAhead();
            tidy(this.clock.instant());
        }
        catch (DataAccessException ex) {
            logger.warn("The upkeep of the audit will be tried again in an hour: {}", ex.getMessage());
        }
    }

    private void createAhead() {
        for (int ahead = 0; ahead <= MONTHS_AHEAD; ahead++) {
            this.repository.createMonth(day(this.clock.instant()).plusMonths(ahead));
        }
    }

    void tidy(Instant now) {
        this.repository.dropBefore(day(now).minusDays(this.properties.days()));
        this.repository.shortenBefore(now.minus(WHOLE_ADDRESSES));
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

}
