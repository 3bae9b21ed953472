package dev.triggers.support;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Points an application context at a database of its own.
 */
public final class TestDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestPropertyValues
            .of("DATABASE_URL=" + PostgresServer.newDatabase(), "API_KEY_SALT=pepper-of-the-test-suite",
                    "WEBHOOK_SECRET=secret-of-the-test-suite", "WEBHOOK_ALLOW_PRIVATE_NETWORKS=true",
                    "REGISTRATION=open", "PUBLIC_URL=https://events.example.com", "PLAYGROUND=true",
                    "PORTAL_RETURN_ORIGINS=https://app.example.com",
                    // as many attempts as ever, only sooner
                    "DELIVERY_BACKOFF=50ms,100ms,200ms,400ms", "DELIVERY_TIMEOUT=10s", "DELIVERY_LEASE=15s",
                    "CIRCUIT_OPEN=1s", "CIRCUIT_LONGEST=4s")
            .applyTo(context);
    }

}
