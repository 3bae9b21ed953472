package dev.triggers.support;

import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips a run of the tests behind a pooler, where none is installed.
 */
public final class BehindPooler implements ExecutionCondition {

    private static final AtomicBoolean told = new AtomicBoolean();

    /** Whether this run is one. */
    static boolean wanted() {
        return Boolean.getBoolean("test.pooler");
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (!wanted() || Pooler.installed()) {
            return ConditionEvaluationResult.enabled("as it is");
        }
        if (told.compareAndSet(false, true)) {
            System.out.println("The tests behind a pooler are skipped: Debian's package pgbouncer is not installed.");
        }
        return ConditionEvaluationResult.disabled("pgbouncer is not installed");
    }

}
