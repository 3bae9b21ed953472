package dev.triggers.key;

import java.util.regex.Pattern;

import dev.triggers.settings.ConfigurationException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How keys are given out.
 *
 * @param tierLimits events a minute of tiers that are new or differ from the defaults,
 * like {@code free=100,pro=1000}
 * @param environment what new keys are for
 * @param adminToken what {@code X-Admin-Token} must hold where the operator is asked for;
 * empty: there is none
 */
@ConfigurationProperties("triggers.key")
record KeyProperties(@DefaultValue("") TierLimits tierLimits, @DefaultValue("live") KeyEnvironment environment,
        @DefaultValue("") String adminToken) {

    /** What a header can hold. */
    private static final Pattern TOKEN = Pattern.compile("([!-~]([ -~]*[!-~])?)?");

    KeyProperties {
        if (!TOKEN.matcher(adminToken).matches()) {
            throw new ConfigurationException(
                    "ADMIN_TOKEN must be of printable ASCII characters, without space around it");
        }
    }

    @Override
    public String toString() {
        return "KeyProperties[tierLimits=" + this.tierLimits + ", environment=" + this.environment + "]";
    }

}
