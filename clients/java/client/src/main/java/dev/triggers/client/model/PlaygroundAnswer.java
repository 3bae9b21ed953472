// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record PlaygroundAnswer(long delayMs, long failurePercent, boolean hang, Long retryAfter, long status) {

    /** From JSON members, those that are not known passed over. */
    public static PlaygroundAnswer from(Map<String, Object> members) {
        return new PlaygroundAnswer(Members.long_(members, "delay_ms"),
            Members.long_(members, "failure_percent"),
            Members.boolean_(members, "hang"),
            Members.longOrNull(members, "retry_after"),
            Members.long_(members, "status"));
    }

}
