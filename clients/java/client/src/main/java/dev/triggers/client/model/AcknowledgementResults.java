// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.List;
import java.util.Map;

/** Of the OpenAPI description; what may be absent is null. */
public record AcknowledgementResults(long acknowledged, long failed, List<AcknowledgementResult> results) {

    /** From JSON members, those that are not known passed over. */
    public static AcknowledgementResults from(Map<String, Object> members) {
        return new AcknowledgementResults(Members.long_(members, "acknowledged"),
            Members.long_(members, "failed"),
            Members.list(members, "results", value -> AcknowledgementResult.from(Members.toObject(value))));
    }

}
