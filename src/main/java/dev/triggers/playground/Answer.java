package dev.triggers.playground;

import java.time.Duration;

import dev.triggers.web.JsonFields;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a playground answers.
 *
 * @param status the status
 * @param delayMs how long it takes
 * @param failurePercent so many of a hundred requests are answered 500 instead
 * @param retryAfter how many seconds it asks to be left alone
 * @param hang whether it does not answer at all
 */
@Schema(name = "PlaygroundAnswer")
record Answer(int status, int delayMs,
        @Schema(description = "So many of a hundred requests are answered 500 instead") int failurePercent,
        @Nullable Integer retryAfter, @Schema(description = "Does not answer at all") boolean hang) {

    static final int FAILURE = 500;

    /** The longest that anybody is kept waiting. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    /** What is absent goes back to its default. */
    static Answer read(JsonFields fields) {
        Boolean hang = fields.flag("hang");
        return new Answer(integer(fields, "status", 200, 599, 200),
                integer(fields, "delay_ms", 0, (int) LONGEST.toMillis(), 0),
                integer(fields, "failure_percent", 0, 100, 0), fields.integer("retry_after", 1, 86_400),
                hang != null && hang);
    }

    private static int integer(JsonFields fields, String name, int lowest, int highest, int byDefault) {
        Integer given = fields.integer(name, lowest, highest);
        return (given != null) ? given : byDefault;
    }

}
