package dev.triggers.key;

import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How keys are given out.
 *
 * @param tierLimits events a minute of tiers that are new or differ from the defaults,
 * like {@code free=100,pro=1000}
 * @param environment what new keys are for
 * @param adminToken what {@code X-Admin-Token} must hold to generate a key; empty: anyone
 * may
 */
@Validated
@ConfigurationProperties("triggers.key")
record KeyProperties(@DefaultValue("") TierLimits tierLimits, @DefaultValue("live") KeyEnvironment environment,
        @DefaultValue("") @Pattern(regexp = TOKEN,
                message = "must be of printable ASCII characters, without space around it") String adminToken) {

    /** What a header can hold. */
    private static final String TOKEN = "([!-~]([ -~]*[!-~])?)?";

    @Override
    public String toString() {
        return "KeyProperties[tierLimits=" + this.tierLimits + ", environment=" + this.environment + "]";
    }

}
