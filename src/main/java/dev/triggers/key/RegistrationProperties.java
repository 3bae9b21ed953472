package dev.triggers.key;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How organizations are registered.
 *
 * @param mode who may; null: as the database and the admin token suggest
 * @param trustedProxies networks whose word counts for the address of a client
 */
@ConfigurationProperties("triggers.registration")
record RegistrationProperties(@Nullable RegistrationMode mode, @DefaultValue Set<String> trustedProxies) {

    RegistrationProperties {
        trustedProxies.forEach(Network::parse);
    }

}
