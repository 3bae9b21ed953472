package dev.triggers.key;

import java.time.Duration;

import dev.triggers.web.JsonFields;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How to rotate a key.
 *
 * @param gracePeriodSeconds how long the old key still works
 */
record RotationRequest(@Schema(minimum = "0", maximum = "86400", defaultValue = "0",
        description = "How long the old key still works") @Nullable Integer gracePeriodSeconds) {

    private static final int DAY = 86_400;

    static RotationRequest read(JsonFields fields) {
        return new RotationRequest(fields.integer("grace_period_seconds", 0, DAY));
    }

    Duration gracePeriod() {
        return Duration.ofSeconds((this.gracePeriodSeconds != null) ? this.gracePeriodSeconds : 0);
    }

}
