package dev.triggers.organization;

import java.util.concurrent.atomic.AtomicInteger;

import dev.triggers.database.Notifications;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Goes on with erasures. Every instance does; they step aside for one another. Where none
 * was heard of lately, it looks twice a minute.
 */
@Component
class ErasureWorker {

    private static final Logger logger = LoggerFactory.getLogger(ErasureWorker.class);

    /** Others are to be scheduled too. */
    private static final long AT_ONCE_NANOS = 1_000_000_000;

    private static final long LATELY_NANOS = 60_000_000_000L;

    private static final int IDLE = 15;

    private final Erasures erasures;

    private final AtomicInteger runs = new AtomicInteger();

    private volatile long heardAt = System.nanoTime() - LATELY_NANOS;

    ErasureWorker(Erasures erasures, Notifications notifications) {
        this.erasures = erasures;
        notifications.on(Erasures.TOPIC, (id) -> this.heardAt = System.nanoTime());
    }

    /** At a fixed rate: tasks with a fixed delay share a thread. */
    @Scheduled(initialDelayString = "PT2S", fixedRateString = "PT2S")
    void run() {
        boolean lately = System.nanoTime() - this.heardAt < LATELY_NANOS;
        if (this.runs.getAndIncrement() % IDLE == 0 || lately) {
            proceed();
        }
    }

    private void proceed() {
        long began = System.nanoTime();
        try {
            while (System.nanoTime() - began < AT_ONCE_NANOS && step()) {
                this.heardAt = System.nanoTime();
            }
        }
        catch (DataAccessException | TransactionException ex) {
            logger.debug("Erasures go on later: {}", ex.getMessage());
        }
    }

    private boolean step() {
        try {
            return this.erasures.proceed();
        }
        catch (QueryTimeoutException ex) {
            this.erasures.makeSmaller();
            return true;
        }
    }

}
