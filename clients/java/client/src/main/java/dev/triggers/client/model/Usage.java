// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record Usage(Instant from_, String step, List<UsageStep> steps, Instant to, UsageTotals totals) {

    /** From JSON members, those that are not known passed over. */
    public static Usage from(Map<String, Object> members) {
        return new Usage(Members.instant(members, "from"),
            Members.string(members, "step"),
            Members.list(members, "steps", value -> UsageStep.from(Members.toObject(value))),
            Members.instant(members, "to"),
            Members.object(members, "totals", UsageTotals::from));
    }

}
