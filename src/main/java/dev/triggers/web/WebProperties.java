package dev.triggers.web;

import java.util.Set;
import java.util.regex.Pattern;

import dev.triggers.settings.ConfigurationException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the service meets browsers and logs. What Spring Boot reads by itself is read here
 * once more, so that a bad value stops the start.
 *
 * @param port where the service listens; 0: any free port
 * @param corsAllowedOrigins origins whose pages may call the service; {@code *} for all
 * @param logFormat form of the log: {@code text}, for people, or {@code json}, an object
 * a line
 */
@ConfigurationProperties("triggers.web")
record WebProperties(@Nullable Integer port, @DefaultValue("*") Set<String> corsAllowedOrigins,
        @DefaultValue("text") String logFormat) {

    /** As browsers write it: in lower case and without a path. */
    private static final Pattern ORIGIN = Pattern.compile("\\*|[a-z][a-z0-9+.-]*://[^/?#@\\sA-Z]+");

    WebProperties {
        if (port != null) {
            ConfigurationException.requireBetween("PORT", port, 0, 65_535);
        }
        if (!corsAllowedOrigins.stream().allMatch((origin) -> ORIGIN.matcher(origin).matches())) {
            throw new ConfigurationException("CORS_ALLOWED_ORIGINS must be * or origins like https://app.example.com");
        }
        if (!Set.of("", "text", "json").contains(logFormat)) {
            throw new ConfigurationException("LOG_FORMAT must be text or json");
        }
    }

}
