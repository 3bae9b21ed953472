package dev.triggers.web;

import java.util.Set;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the service meets browsers.
 *
 * @param corsAllowedOrigins origins whose pages may call the service; {@code *} for all
 */
@ConfigurationProperties("triggers.web")
record WebProperties(@DefaultValue("*") Set<String> corsAllowedOrigins) {

}
