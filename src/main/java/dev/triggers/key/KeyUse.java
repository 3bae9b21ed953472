package dev.triggers.key;

import java.time.Clock;
import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Notes when keys were last used: once an hour and key, many at once, never in a request.
 */
@Component
class KeyUse {

    private static final Logger logger = LoggerFactory.getLogger(KeyUse.class);

    private final KeyAuthenticator authenticator;

    private final KeyRepository keys;

    private final Clock clock;

    KeyUse(KeyAuthenticator authenticator, KeyRepository keys, Clock clock) {
        this.authenticator = authenticator;
        this.keys = keys;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    void record() {
        try {
            this.authenticator.reportUse(this.clock.millis() / Duration.ofHours(1).toMillis(), this.keys::used);
        }
        catch (DataAccessException ex) {
            // The next look reports them
            logger.debug("When keys were used was not noted: {}", ex.toString());
        }
    }

}
