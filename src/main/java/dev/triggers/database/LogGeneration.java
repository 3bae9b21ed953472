package dev.triggers.database;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * The generation of positions in the log. Transaction ids belong to one server and one
 * timeline of it: after a restore, or once a standby was promoted, they are given out
 * again to others. What is stored from then on belongs to the next generation, which
 * sorts after all of the former.
 */
@Component
public class LogGeneration {

    private static final Logger logger = LoggerFactory.getLogger(LogGeneration.class);

    private final GenerationRepository repository;

    LogGeneration(GenerationRepository repository, Notifications notifications) {
        this.repository = repository;
        notifications.onReconnect(() -> Thread.ofVirtual().name("log-generation").start(this::look));
    }

    @EventListener(ApplicationStartedEvent.class)
    void look() {
        try {
            renew();
        }
        catch (DataAccessException ex) {
            // Stores are refused until it is renewed, so nothing depends on this look
            logger.debug("The log's generation was not looked at: {}", ex.getMessage());
        }
    }

    /**
     * Begins the next generation, if the server is not the one, or not on the timeline,
     * that the current one belongs to.
     */
    public void renew() {
        this.repository.renew()
            .ifPresent((generation) -> logger
                .warn("The database was restored or promoted: the log goes on with generation {}", generation));
    }

}
