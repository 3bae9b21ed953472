package dev.triggers.key;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.triggers.settings.ConfigurationException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How keys are given out.
 *
 * @param tierLimits events a minute of tiers that are new or differ from the defaults,
 * like {@code free=100,pro=1000}
 * @param environment what new keys are for
 * @param adminToken what {@code X-Admin-Token} must hold where the operator is asked for,
 * or several of that, separated by commas; empty: there is none
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

    /**
     * The tokens, any of which will do. One that has a comma is one as a whole, too.
     */
    List<String> adminTokens() {
        if (this.adminToken.isEmpty()) {
            return List.of();
        }
        List<String> tokens = new ArrayList<>(Stream.of(this.adminToken.split(",", -1)).map(String::strip).toList());
        if (tokens.contains("")) {
            throw new ConfigurationException("ADMIN_TOKEN must name a token before and after each comma");
        }
        tokens.add(this.adminToken);
        return List.copyOf(tokens);
    }

    @Override
    public String toString() {
        return "KeyProperties[tierLimits=" + this.tierLimits + ", environment=" + this.environment + "]";
    }

}
