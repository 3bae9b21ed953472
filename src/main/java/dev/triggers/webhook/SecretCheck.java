package dev.triggers.webhook;

import java.util.List;
import java.util.UUID;

import dev.triggers.settings.ConfigurationException;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Refuses to start with another {@code WEBHOOK_SECRET} than that of the database: no
 * delivery could be signed. A row that was damaged is no reason, so several are tried.
 */
@Component
class SecretCheck implements SmartInitializingSingleton {

    private static final int TRIED = 10;

    private final EndpointRepository endpoints;

    SecretCheck(EndpointRepository endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<UUID> newest = this.endpoints.newest(TRIED);
        if (!newest.isEmpty() && newest.stream().noneMatch(this::isReadable)) {
            throw new ConfigurationException("WEBHOOK_SECRET is not the one that the endpoints' secrets in this "
                    + "database are encrypted with");
        }
    }

    private boolean isReadable(UUID id) {
        try {
            this.endpoints.find(id);
            return true;
        }
        catch (UnreadableSecretException ex) {
            return false;
        }
    }

}
