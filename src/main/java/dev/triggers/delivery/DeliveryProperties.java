package dev.triggers.delivery;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

import dev.triggers.sending.SendingProperties;
import dev.triggers.settings.ConfigurationException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * Delivery of events to endpoints.
 *
 * @param disabled whether this instance leaves deliveries to others
 * @param batchSize deliveries claimed at once
 * @param backoff waits between attempts; one attempt more than waits
 * @param lease how long a claim keeps a delivery from others
 * @param sending single attempts
 * @param memory bytes of the payloads under way
 * @param pollInterval between looks for due deliveries, when nothing calls for an earlier
 * one
 * @param circuitFailures failures in a row that open an endpoint's circuit
 * @param circuitOpen how long it stays open at first; doubled each time
 * @param circuitLongest how long it stays open at the most
 * @param disableAfter how long an endpoint may fail without a success between
 */
@ConfigurationProperties("triggers.delivery")
record DeliveryProperties(@DefaultValue("false") boolean disabled, @DefaultValue("100") int batchSize, @DefaultValue( {
        "1s", "2s", "4s", "8s" }) @DurationUnit(ChronoUnit.SECONDS) List<Duration> backoff,
        @DefaultValue("30s") @DurationUnit(ChronoUnit.SECONDS) Duration lease, @DefaultValue SendingProperties sending,
        @DefaultValue("8MB") DataSize memory, @DefaultValue("200ms") Duration pollInterval,
        @DefaultValue("10") int circuitFailures,
        @DefaultValue("30s") @DurationUnit(ChronoUnit.SECONDS) Duration circuitOpen,
        @DefaultValue("10m") @DurationUnit(ChronoUnit.SECONDS) Duration circuitLongest,
        @DefaultValue("5d") @DurationUnit(ChronoUnit.SECONDS) Duration disableAfter){

    /** What a lease must hold beyond an attempt's timeout. */
    private static final Duration LEASE_MARGIN = Duration.ofSeconds(5);

    private static final int MOST_WAITS = 20;

    DeliveryProperties {
        ConfigurationException.requireBetween("DELIVERY_BATCH_SIZE", batchSize, 1, 1000);
        ConfigurationException.requireBetween("CIRCUIT_FAILURES", circuitFailures, 1, Integer.MAX_VALUE);
        if (backoff.size() > MOST_WAITS || !backoff.stream().allMatch((wait) -> isBetween(wait, "0s", "7d"))) {
            throw new ConfigurationException(
                    "DELIVERY_BACKOFF must be at most " + MOST_WAITS + " waits of 0s to 7d, separated by commas");
        }
        require("DELIVERY_LEASE", lease, "5s", "1h");
        if (lease.compareTo(sending.timeout().plus(LEASE_MARGIN)) < 0) {
            throw new ConfigurationException("DELIVERY_LEASE must be at least DELIVERY_TIMEOUT + 5s");
        }
        require("CIRCUIT_OPEN", circuitOpen, "100ms", "1d");
        require("CIRCUIT_LONGEST", circuitLongest, "100ms", "7d");
        if (circuitLongest.compareTo(circuitOpen) < 0) {
            throw new ConfigurationException("CIRCUIT_LONGEST must be at least CIRCUIT_OPEN");
        }
        require("ENDPOINT_DISABLE_AFTER", disableAfter, "1m", "365d");
    }

    private static void require(String variable, Duration value, String least, String most) {
        if (!isBetween(value, least, most)) {
            throw new ConfigurationException(variable + " must be between " + least + " and " + most);
        }
    }

    private static boolean isBetween(@Nullable Duration value, String least, String most) {
        return value != null && value.compareTo(DurationStyle.SIMPLE.parse(least)) >= 0
                && value.compareTo(DurationStyle.SIMPLE.parse(most)) <= 0;
    }

    Duration firstWait() {
        return this.backoff.isEmpty() ? Duration.ZERO : this.backoff.getFirst();
    }

}
