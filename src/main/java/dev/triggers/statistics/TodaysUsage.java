package dev.triggers.statistics;

import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

import dev.triggers.statistics.UsageStep.Range;
import org.springframework.stereotype.Component;

/**
 * What organizations used since the day of UTC began.
 */
@Component
public class TodaysUsage {

    private final UsageRepository usage;

    private final Clock clock;

    TodaysUsage(UsageRepository usage, Clock clock) {
        this.usage = usage;
        this.clock = clock;
    }

    /**
     * By organization; one that used nothing is not there.
     */
    public Map<UUID, UsageTotals> of(Collection<UUID> organizationIds) {
        return organizationIds.isEmpty() ? Map.of()
                : this.usage.totals(organizationIds, Range.today(this.clock.instant()));
    }

}
