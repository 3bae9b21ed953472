package dev.triggers.delivery;

import java.util.List;

import dev.triggers.delivery.FinishedAttempts.FinishedAttempt;

/**
 * Hears of attempts once their outcomes are committed, on the thread that recorded them:
 * it neither waits nor fails.
 */
public interface AttemptListener {

    /**
     * The outcomes of these attempts are recorded.
     */
    void finished(List<FinishedAttempt> attempts);

}
