package dev.triggers.delivery;

import java.time.Duration;
import java.util.UUID;
import java.util.function.IntSupplier;

import dev.triggers.delivery.SettlementRepository.Unsettled;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Lets deliveries follow their endpoints: a first webhook takes the events that waited
 * for one, those of a deleted endpoint are cancelled, and ordered endpoints get one at a
 * time. A changed endpoint is looked at for a while, since an insert that began before
 * the change may commit after it.
 */
@Component
class Settlement {

    /** Statements for one endpoint in one go; the worker has other things to do. */
    private static final int STEPS = 20;

    private static final Duration DOUBT = Duration.ofHours(1);

    private static final Logger logger = LoggerFactory.getLogger(Settlement.class);

    private final SettlementRepository repository;

    private final DeliveryPolicy policy;

    private long doubtedAt = System.nanoTime();

    Settlement(SettlementRepository repository, DeliveryPolicy policy) {
        this.repository = repository;
        this.policy = policy;
    }

    void settleEndpoints() {
        if (System.nanoTime() - this.doubtedAt > DOUBT.toNanos()) {
            this.doubtedAt = System.nanoTime();
            this.repository.doubt();
        }
        for (Unsettled endpoint : this.repository.unsettled()) {
            try {
                if (settle(endpoint) && endpoint.stale()) {
                    this.repository.settled(endpoint.id());
                }
            }
            catch (DataAccessException | TransactionException ex) {
                // Other endpoints, and deliveries that are due, do not wait for this one.
                logger.warn("Deliveries of endpoint {} have yet to follow it: {}", endpoint.id(), ex.getMessage());
            }
        }
    }

    /** Whether nothing is left to move. */
    private boolean settle(Unsettled endpoint) {
        UUID id = endpoint.id();
        if (endpoint.deleted()) {
            for (int i = 0; i < STEPS && this.repository.hasCancellable(id); i++) {
                this.repository.cancel(endpoint, this.policy.attempts());
            }
            return !this.repository.hasOpen(id);
        }
        if (endpoint.isDefault() && !adopt(endpoint)) {
            return false;
        }
        return repeat(() -> endpoint.ordered() ? this.repository.park(id) : this.repository.unpark(id));
    }

    private boolean adopt(Unsettled endpoint) {
        return repeat(() -> this.repository.adoptWaiting(endpoint, this.policy.attempts()))
                && repeat(() -> this.repository.adoptScheduled(endpoint, this.policy.attempts()));
    }

    private static boolean repeat(IntSupplier step) {
        for (int i = 0; i < STEPS; i++) {
            if (step.getAsInt() < SettlementRepository.STEP) {
                return true;
            }
        }
        return false;
    }

    void advanceOrdered() {
        for (UUID endpoint : this.repository.orderedToMove()) {
            try {
                this.repository.park(endpoint);
                this.repository.advance(endpoint);
            }
            catch (DataAccessException | TransactionException ex) {
                logger.warn("The ordered endpoint {} does not advance: {}", endpoint, ex.getMessage());
            }
        }
    }

}
