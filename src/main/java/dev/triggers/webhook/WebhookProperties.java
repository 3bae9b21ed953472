package dev.triggers.webhook;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What organizations may register.
 *
 * @param allowPrivateNetworks whether endpoints may have addresses that are not public;
 * unset: only on the embedded development database
 * @param maxEndpoints how many endpoints an organization may have
 */
@Validated
@ConfigurationProperties("triggers.webhook")
record WebhookProperties(@Nullable Boolean allowPrivateNetworks,
        @DefaultValue("1000") @Min(1) @Max(100_000) int maxEndpoints) {

    boolean privateNetworksAllowed(boolean development) {
        return (this.allowPrivateNetworks != null) ? this.allowPrivateNetworks : development;
    }

}
