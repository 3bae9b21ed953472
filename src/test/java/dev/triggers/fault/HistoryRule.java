package dev.triggers.fault;

import java.util.List;
import java.util.function.Function;

/**
 * What holds for a run as a whole, whatever was done to the service in it.
 */
enum HistoryRule {

    /** An event answered with 2xx, or as a duplicate, is there as it was posted. */
    ACCEPTED_IS_STORED(HistoryRules::acceptedIsStored),

    /** Nothing is stored that nobody posted. */
    STORED_WAS_POSTED(HistoryRules::storedWasPosted),

    /** A {@code dedup_id} has one event, and one post of it is answered with 2xx. */
    ONE_ID_PER_DEDUP_ID(HistoryRules::oneIdPerDedupId),

    /** What was accepted came to each of its endpoints, or failed there for good. */
    NOTHING_IS_LOST(HistoryRules::nothingIsLost),

    /**
     * No attempt begins for what was acknowledged, but of what its sender had already.
     */
    NOTHING_BEGINS_AFTER_ITS_ACKNOWLEDGEMENT(HistoryRules::nothingBeginsAfterItsAcknowledgement),

    /** An ordered endpoint gets one event after the other. */
    ORDERED_IN_ORDER(HistoryRules::orderedInOrder),

    /** No more attempts are recorded, or were made, than the schedule has. */
    ATTEMPTS_WITHIN_SCHEDULE(HistoryRules::attemptsWithinSchedule),

    /** What was taken comes again only where something was done to the service. */
    REPEATS_ARE_EXPLAINED(HistoryRules::repeatsAreExplained),

    /** A reader of the log gets each event once. */
    LOG_IS_EXACT(HistoryRules::logIsExact),

    /** Two consumers never hold the same event. */
    LEASES_ARE_EXCLUSIVE(HistoryRules::leasesAreExclusive);

    private final Function<History, List<String>> violations;

    HistoryRule(Function<History, List<String>> violations) {
        this.violations = violations;
    }

    /**
     * What a history does against the rule, in words.
     */
    List<String> violations(History history) {
        return this.violations.apply(history);
    }

}
