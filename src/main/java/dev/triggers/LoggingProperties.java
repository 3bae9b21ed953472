package dev.triggers;

import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How to log. Spring Boot reads the format by itself, before anything is bound; it is
 * read here once more so that a bad one stops the start.
 *
 * @param format {@code text} or {@code json}
 */
@Validated
@ConfigurationProperties("triggers.logging")
record LoggingProperties(@DefaultValue("text") @Pattern(regexp = "text|json") String format) {

}
