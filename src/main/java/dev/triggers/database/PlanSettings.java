package dev.triggers.database;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a session's planner is told: index paths only, and one plan for every execution.
 * The hot table is often empty when it is analyzed, and plans made for an empty table
 * ruin a full one; planning over a month of partitions for each execution costs more than
 * executing.
 */
final class PlanSettings {

    /** As parameters of the start of a session. */
    static final String OPTIONS;

    /** Makes them hold until the end of the current transaction, as one row. */
    static final String FOR_TRANSACTION;

    /** What PostgreSQL comes with instead, likewise. */
    static final String NOT_FOR_TRANSACTION;

    /** Whether they hold already. */
    static final String HOLD;

    static {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("plan_cache_mode", "force_generic_plan");
        settings.put("enable_seqscan", "off");
        settings.put("enable_hashjoin", "off");
        settings.put("enable_mergejoin", "off");
        settings.put("jit", "off");
        // A bitmap has no order: it reads all to find the first
        settings.put("enable_bitmapscan", "off");
        settings.put("max_parallel_workers_per_gather", "0");
        OPTIONS = joined(settings, "-c %s=%s", " ");
        FOR_TRANSACTION = joined(settings, "set_config('%s', '%s', true)", ", ").transform("select %s"::formatted);
        NOT_FOR_TRANSACTION = joined(settings, "'%s'", ", ")
            .transform("select count(set_config(name, boot_val, true)) from pg_settings where name in (%s)"::formatted);
        HOLD = joined(settings, "current_setting('%s') = '%s'", " and ").transform("select %s"::formatted);
    }

    private PlanSettings() {
    }

    private static String joined(Map<String, String> settings, String form, String between) {
        return settings.entrySet()
            .stream()
            .map((setting) -> form.formatted(setting.getKey(), setting.getValue()))
            .collect(Collectors.joining(between));
    }

}
