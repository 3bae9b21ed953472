// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** The parameters of getOrganizationStatistics. */
public final class GetOrganizationStatisticsQuery extends Fields {

    private GetOrganizationStatisticsQuery(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static GetOrganizationStatisticsQuery of() {
        return new GetOrganizationStatisticsQuery(Map.of());
    }

    public GetOrganizationStatisticsQuery range(String range) {
        return new GetOrganizationStatisticsQuery(with("range", range));
    }

}
