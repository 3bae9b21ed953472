package dev.triggers.web;

import java.util.Set;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the service meets browsers and logs. What Spring Boot reads by itself is read here
 * once more, so that a bad value stops the start.
 *
 * @param port where the service listens; 0: any free port
 * @param corsAllowedOrigins origins whose pages may call the service; {@code *} for all
 * @param logFormat form of the log: {@code text}, for people, or {@code json}, an object
 * a line
 */
@Validated
@ConfigurationProperties("triggers.web")
record WebProperties(@Min(0) @Max(65_535) @Nullable Integer port,
        @DefaultValue("*") Set<@Pattern(regexp = ORIGIN,
                message = "must be * or origins like https://app.example.com") String> corsAllowedOrigins,
        @DefaultValue("text") @Pattern(regexp = "(text|json)?", message = "must be text or json") String logFormat) {

    /** As browsers write it: in lower case and without a path. */
    private static final String ORIGIN = "\\*|[a-z][a-z0-9+.-]*://[^/?#@\\sA-Z]+";

}
