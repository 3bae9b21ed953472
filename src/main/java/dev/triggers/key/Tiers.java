package dev.triggers.key;

import org.springframework.stereotype.Component;

/**
 * What each tier allows.
 */
@Component
public class Tiers {

    private final TierLimits limits;

    Tiers(KeyProperties properties) {
        this.limits = properties.tierLimits();
    }

    /**
     * Events a minute that the tier allows; one that is no longer configured counts as
     * the default.
     */
    public int limitPerMinute(String tier) {
        Integer limit = this.limits.find(tier);
        if (limit == null) {
            limit = this.limits.perMinute().getOrDefault(TierLimits.DEFAULT_TIER, 100);
        }
        return limit;
    }

}
