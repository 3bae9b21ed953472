// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record ReplayDryRun(boolean capped, long matching, List<ReplaySample> sample, Instant since, boolean sinceClamped) {

    /** From JSON members, those that are not known passed over. */
    public static ReplayDryRun from(Map<String, Object> members) {
        return new ReplayDryRun(Members.boolean_(members, "capped"),
            Members.long_(members, "matching"),
            Members.list(members, "sample", value -> ReplaySample.from(Members.toObject(value))),
            Members.instant(members, "since"),
            Members.boolean_(members, "since_clamped"));
    }

}
