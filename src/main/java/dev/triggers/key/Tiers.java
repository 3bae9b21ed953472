package dev.triggers.key;

import dev.triggers.web.ProblemException;
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
     * The tier, if there is one of that name.
     * @throws dev.triggers.web.ProblemException 422
     */
    public String require(String tier) {
        if (this.limits.find(tier) == null) {
            throw ProblemException.unprocessable("tier", "must be one of " + String.join(", ", this.limits.names()));
        }
        return tier;
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
