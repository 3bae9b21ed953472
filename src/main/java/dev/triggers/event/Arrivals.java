package dev.triggers.event;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.triggers.database.Notifications;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Tells who waits for an organization's events that some have been stored: at once within
 * this instance, and 20 times a second at most to the others, as far as somebody waits
 * there. Never within the ingest transaction: NOTIFY makes commits wait for each other.
 */
@Component
class Arrivals {

    private static final Logger logger = LoggerFactory.getLogger(Arrivals.class);

    private static final String TOPIC = "events";

    /** A notification holds 8,000 bytes. */
    private static final int ORGANIZATIONS_AT_ONCE = 200;

    private final ArrivalSignals signals;

    private final Notifications notifications;

    private final Unannounced unannounced;

    Arrivals(ArrivalSignals signals, Notifications notifications, Unannounced unannounced) {
        this.signals = signals;
        this.notifications = notifications;
        this.unannounced = unannounced;
    }

    void stored(List<NewEvent> batch) {
        Set<UUID> organizations = new HashSet<>();
        batch.forEach((event) -> organizations.add(event.organizationId()));
        this.signals.arrived(organizations);
        this.unannounced.add(organizations);
    }

    @Scheduled(fixedDelayString = "PT0.05S")
    void announce() {
        Set<UUID> organizations = this.unannounced.take(ORGANIZATIONS_AT_ONCE);
        if (organizations.isEmpty()) {
            return;
        }
        try {
            this.notifications.send(TOPIC, organizations.stream().map(UUID::toString).collect(Collectors.joining(",")));
        }
        catch (DataAccessException | TransactionException ex) {
            logger.debug("Other instances do not hear of new events: {}", ex.getMessage());
        }
    }

    @Scheduled(fixedDelayString = "PT1S")
    void refresh() {
        this.unannounced.audience().refresh();
    }

}
