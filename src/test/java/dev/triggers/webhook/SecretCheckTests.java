package dev.triggers.webhook;

import dev.triggers.settings.ConfigurationException;
import dev.triggers.database.Notifications;
import dev.triggers.database.ServiceSecrets;
import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

@IntegrationTest
class SecretCheckTests {

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Notifications notifications;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private JsonMapper json;

    @Autowired
    private ServiceSecrets secrets;

    @BeforeEach
    void registerEndpoint() {
        this.api.post("/api/webhooks", this.api.newKey(), "{\"url\":\"https://example.com/hook\"}");
    }

    @Test
    void sameSecretAsBeforeIsFine() {
        assertThatNoException().isThrownBy(() -> check(this.secrets.webhookSecret()));
    }

    @Test
    void anotherSecretIsNamedInOneLine() {
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> check("another secret of the service"))
            .withMessageStartingWith("WEBHOOK_SECRET is not the one");
    }

    private void check(String webhookSecret) {
        SecretCipher cipher = new SecretCipher(new ServiceSecrets("salt", webhookSecret));
        EndpointRepository endpoints = new EndpointRepository(this.jdbc, new EndpointSecrets(cipher, this.json),
                this.notifications, this.events);
        new SecretCheck(endpoints).afterSingletonsInstantiated();
    }

}
