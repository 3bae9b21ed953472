package dev.triggers.sending;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import dev.triggers.settings.ConfigurationException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Single attempts.
 *
 * @param timeout of an attempt as a whole, from the look-up of the name to the end of the
 * answer's body
 * @param connections attempts under way at once, tests of endpoints not counted
 * @param bodyAliases whether bodies also hold {@code event_type}, {@code created_at} and
 * {@code payload}
 */
@ConfigurationProperties("triggers.delivery.sending")
public record SendingProperties(@DefaultValue("10s") @DurationUnit(ChronoUnit.SECONDS) Duration timeout,
        @DefaultValue("256") int connections, @DefaultValue("false") boolean bodyAliases) {

    public SendingProperties {
        ConfigurationException.requireBetween("DELIVERY_CONCURRENCY", connections, 4, 10_000);
        if (timeout.compareTo(Duration.ofMillis(100)) < 0 || timeout.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new ConfigurationException("DELIVERY_TIMEOUT must be between 100ms and 5m");
        }
    }

}
