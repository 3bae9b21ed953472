package dev.triggers.playground;

import dev.triggers.key.PlaygroundUrls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Removes playgrounds that have ended, one at a time.
 */
@Component
class PlaygroundUpkeep {

    private static final Logger logger = LoggerFactory.getLogger(PlaygroundUpkeep.class);

    private static final int MOST = 1_000;

    private final PlaygroundRepository playgrounds;

    private final PlaygroundUrls urls;

    PlaygroundUpkeep(PlaygroundRepository playgrounds, PlaygroundUrls urls) {
        this.playgrounds = playgrounds;
        this.urls = urls;
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT10M")
    void run() {
        if (!this.urls.enabled()) {
            return;
        }
        try {
            int removed = 0;
            while (removed < MOST && this.playgrounds.deleteEnded()) {
                removed++;
            }
        }
        catch (DataAccessException ex) {
            logger.warn("Playgrounds that have ended will be removed later: {}", ex.getMessage());
        }
    }

}
