package dev.triggers.delivery;

import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Knows the deliveries that an attempt is under way for, and gives back those whose
 * attempt the end of the process cuts: they are due at once, for whoever is there, and
 * the cut attempt counts as none. If it ends after all, its lease is lost and its outcome
 * changes nothing.
 */
@Component
class CutAttempts implements SmartLifecycle {

    private static final Logger logger = LoggerFactory.getLogger(CutAttempts.class);

    /** By identity: to compare them would read their payloads. */
    private final Set<Delivery> underWay = Collections.newSetFromMap(new IdentityHashMap<>());

    private final DeliveryRepository deliveries;

    private volatile boolean running;

    CutAttempts(DeliveryRepository deliveries) {
        this.deliveries = deliveries;
    }

    void begun(Delivery delivery) {
        synchronized (this.underWay) {
            this.underWay.add(delivery);
        }
    }

    /**
     * The attempt's outcome is handed over to be recorded, or there is none.
     */
    void ended(Delivery delivery) {
        synchronized (this.underWay) {
            this.underWay.remove(delivery);
        }
    }

    @Override
    public void start() {
        this.running = true;
    }

    @Override
    public void stop() {
        this.running = false;
        List<Delivery> cut;
        synchronized (this.underWay) {
            cut = List.copyOf(this.underWay);
        }
        if (cut.isEmpty()) {
            return;
        }
        try {
            this.deliveries.release(cut, Duration.ZERO);
            logger.info("{} attempts did not end in time and are given back", cut.size());
        }
        catch (DataAccessException ex) {
            logger.warn("{} attempts that did not end in time wait for the end of their leases: {}", cut.size(),
                    ex.getMessage());
        }
    }

    @Override
    public boolean isRunning() {
        return this.running;
    }

    /** Stopped after the recorder of outcomes, which waits for attempts. */
    @Override
    public int getPhase() {
        return 499;
    }

}
