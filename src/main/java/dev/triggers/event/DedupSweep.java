package dev.triggers.event;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Removes verdicts on duplicates that have expired, a stretch of their table at a time.
 * Until it comes by they do no harm: an expired verdict refuses nothing.
 */
@Component
class DedupSweep {

    private static final Logger logger = LoggerFactory.getLogger(DedupSweep.class);

    /** Blocks looked at by one statement: some ten thousand verdicts. */
    private static final int BLOCKS = 128;

    /** Statements of one run; a table of a hundred million verdicts is done in hours. */
    private static final int STEPS = 8;

    private final EventRepository events;

    private int block;

    DedupSweep(EventRepository events) {
        this.events = events;
    }

    /** At a fixed rate: tasks with a fixed delay share a thread, which must not wait. */
    @Scheduled(initialDelayString = "PT10S", fixedRateString = "PT10S")
    synchronized void run() {
        try {
            for (int step = 0; step < STEPS; step++) {
                boolean more = this.events.removeExpiredVerdicts(this.block, BLOCKS);
                this.block = more ? this.block + BLOCKS : 0;
                if (!more) {
                    return;
                }
            }
        }
        catch (DataAccessException ex) {
            logger.debug("Expired verdicts on duplicates are removed later: {}", ex.getMessage());
        }
    }

}
