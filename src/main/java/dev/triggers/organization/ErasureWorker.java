package dev.triggers.organization;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Looks for erasures to go on with. Every instance does; they step aside for one another.
 */
@Component
class ErasureWorker {

    private static final Logger logger = LoggerFactory.getLogger(ErasureWorker.class);

    /** Others are to be scheduled too. */
    private static final long AT_ONCE_NANOS = 1_000_000_000;

    private final Erasures erasures;

    ErasureWorker(Erasures erasures) {
        this.erasures = erasures;
    }

    @Scheduled(initialDelayString = "PT2S", fixedDelayString = "PT2S")
    void run() {
        long began = System.nanoTime();
        try {
            while (System.nanoTime() - began < AT_ONCE_NANOS && this.erasures.proceed()) {
                Thread.yield();
            }
        }
        catch (DataAccessException | TransactionException ex) {
            logger.debug("Erasures go on later: {}", ex.getMessage());
        }
    }

}
