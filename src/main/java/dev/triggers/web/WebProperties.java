package dev.triggers.web;

import java.util.Set;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the service meets browsers and logs.
 *
 * @param corsAllowedOrigins origins whose pages may call the service; {@code *} for all
 * @param logFormat form of the log; Spring Boot reads it by itself, before anything is
 * bound, and here it is read once more so that a bad one stops the start
 */
@ConfigurationProperties("triggers.web")
record WebProperties(@DefaultValue("*") Set<String> corsAllowedOrigins, @DefaultValue("text") LogFormat logFormat) {

    /**
     * Forms of the log.
     */
    enum LogFormat {

        /** A JSON object a line. */
        JSON,

        /** For people. */
        TEXT

    }

}
