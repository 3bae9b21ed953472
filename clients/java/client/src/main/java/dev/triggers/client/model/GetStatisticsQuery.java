// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** The parameters of getStatistics. */
public final class GetStatisticsQuery extends Fields {

    private GetStatisticsQuery(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static GetStatisticsQuery of() {
        return new GetStatisticsQuery(Map.of());
    }

    public GetStatisticsQuery range(String range) {
        return new GetStatisticsQuery(with("range", range));
    }

}
