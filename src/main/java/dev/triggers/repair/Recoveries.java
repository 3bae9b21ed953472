package dev.triggers.repair;

import java.util.concurrent.atomic.AtomicBoolean;

import dev.triggers.delivery.DeliveryPolicy;
import dev.triggers.repair.RepairRepository.Recovery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Works on recoveries, a bounded number of steps at a time.
 */
@Component
class Recoveries {

    private static final Logger logger = LoggerFactory.getLogger(Recoveries.class);

    private static final int STEPS = 10;

    private final RepairRepository repository;

    private final DeliveryPolicy policy;

    private final AtomicBoolean busy = new AtomicBoolean();

    Recoveries(RepairRepository repository, DeliveryPolicy policy) {
        this.repository = repository;
        this.policy = policy;
    }

    /** Tasks with a fixed delay share a thread, which a long recovery would hold. */
    @Scheduled(fixedRateString = "PT1S")
    void advance() {
        if (this.busy.compareAndSet(false, true)) {
            try {
                advanceAll();
            }
            finally {
                this.busy.set(false);
            }
        }
    }

    private void advanceAll() {
        for (Recovery recovery : this.repository.openRecoveries()) {
            try {
                advance(recovery);
            }
            catch (DataAccessException ex) {
                logger.warn("Recovery {} waits: {}", recovery.id(), ex.getMessage());
            }
        }
    }

    private void advance(Recovery recovery) {
        int steps = 0;
        while (steps < STEPS && this.repository.advance(recovery, this.policy.attempts())) {
            steps++;
        }
    }

}
