package dev.triggers.webhook;

import dev.triggers.settings.ConfigurationException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What organizations may register.
 *
 * @param allowPrivateNetworks whether endpoints may have addresses that are not public;
 * unset: only on the embedded development database
 * @param maxEndpoints how many endpoints an organization may have
 */
@ConfigurationProperties("triggers.webhook")
record WebhookProperties(@Nullable Boolean allowPrivateNetworks, @DefaultValue("1000") int maxEndpoints) {

    WebhookProperties {
        ConfigurationException.requireBetween("WEBHOOK_MAX_ENDPOINTS", maxEndpoints, 1, 100_000);
    }

    boolean privateNetworksAllowed(boolean development) {
        return (this.allowPrivateNetworks != null) ? this.allowPrivateNetworks : development;
    }

}
