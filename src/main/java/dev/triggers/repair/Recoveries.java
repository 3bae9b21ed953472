package dev.triggers.repair;

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

    Recoveries(RepairRepository repository, DeliveryPolicy policy) {
        this.repository = repository;
        this.policy = policy;
    }

    @Scheduled(fixedDelayString = "PT1S")
    void advance() {
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
