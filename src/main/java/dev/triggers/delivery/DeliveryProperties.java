package dev.triggers.delivery;

import java.time.Duration;
import java.util.List;

import dev.triggers.database.ConfigurationException;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Delivery of events to endpoints.
 *
 * @param disabled whether this instance leaves deliveries to others
 * @param batchSize deliveries claimed at once
 * @param backoff waits between attempts; one attempt more than waits
 * @param timeout of an attempt as a whole, from the look-up of the name to the end of the
 * answer's body
 * @param lease how long a claim keeps a delivery from others
 * @param concurrency attempts under way at once
 * @param memory bytes of the payloads under way
 * @param pollInterval between looks for due deliveries, when nothing calls for an earlier
 * one
 * @param bodyAliases whether bodies also hold {@code event_type}, {@code created_at} and
 * {@code payload}
 * @param circuitFailures failures in a row that open an endpoint's circuit
 * @param circuitOpen how long it stays open at first; doubled each time
 * @param circuitLongest how long it stays open at the most
 * @param disableAfter how long an endpoint may fail without a success between
 */
@Validated
@ConfigurationProperties("triggers.delivery")
record DeliveryProperties(@DefaultValue("false") boolean disabled,
        @DefaultValue("100") @Min(1) @Max(1000) int batchSize, @DefaultValue( {
                "1s", "2s", "4s", "8s" }) List<Duration> backoff,
        @DefaultValue("10s") Duration timeout, @DefaultValue("30s") Duration lease,
        @DefaultValue("256") @Min(4) @Max(10_000) int concurrency, @DefaultValue("8MB") DataSize memory,
        @DefaultValue("200ms") Duration pollInterval, @DefaultValue("false") boolean bodyAliases,
        @DefaultValue("10") @Min(1) int circuitFailures, @DefaultValue("30s") Duration circuitOpen,
        @DefaultValue("10m") Duration circuitLongest, @DefaultValue("5d") Duration disableAfter){

    /** What a lease must hold beyond an attempt's timeout. */
    private static final Duration LEASE_MARGIN = Duration.ofSeconds(5);

    DeliveryProperties {
        if (lease.compareTo(timeout.plus(LEASE_MARGIN)) < 0) {
            throw new ConfigurationException("DELIVERY_LEASE must be at least DELIVERY_TIMEOUT + 5s");
        }
        if (backoff.stream().anyMatch(Duration::isNegative)) {
            throw new ConfigurationException("DELIVERY_BACKOFF must not hold negative waits");
        }
    }

    Duration firstWait() {
        return this.backoff.isEmpty() ? Duration.ZERO : this.backoff.getFirst();
    }

}
