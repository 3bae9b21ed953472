package dev.triggers.webhook;

import java.util.UUID;

import dev.triggers.database.SecretSuccession;
import dev.triggers.webhook.SecretRenewalRepository.Renewed;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Encrypts anew what older secrets of the service have encrypted, while there are several
 * of them and the newest here is the newest everywhere: some endpoints at a time, and
 * from the start again every minute, since an instance with another order still writes
 * with another.
 */
@Component
class SecretRenewal implements SmartInitializingSingleton {

    private static final Logger logger = LoggerFactory.getLogger(SecretRenewal.class);

    private static final String SECRET = "WEBHOOK_SECRET";

    private static final UUID FIRST = new UUID(0, 0);

    /** Some 20 ms. */
    private static final int AT_ONCE = 200;

    private final SecretRenewalRepository repository;

    private final SecretCipher cipher;

    private final SecretSuccession succession;

    private final Counter renewed;

    SecretRenewal(SecretRenewalRepository repository, SecretCipher cipher, SecretSuccession succession,
            MeterRegistry registry) {
        this.repository = repository;
        this.cipher = cipher;
        this.succession = succession;
        this.renewed = Counter.builder("triggers.secrets.renewed")
            .description("Endpoints whose secrets and headers were encrypted anew, with the newest secret")
            .register(registry);
    }

    @Override
    public void afterSingletonsInstantiated() {
        this.succession.begin(SECRET, this.cipher.newest());
    }

    /** At a fixed rate: tasks with a fixed delay share a thread. */
    @Scheduled(initialDelayString = "PT2S", fixedRateString = "PT1M")
    void run() {
        if (this.cipher.secrets() == 1) {
            return;
        }
        try {
            if (this.succession.isLatest(SECRET, this.cipher.newest())) {
                walk();
            }
        }
        catch (DataAccessException | TransactionException ex) {
            logger.debug("Secrets are encrypted anew later: {}", ex.getMessage());
        }
    }

    private void walk() {
        int done = 0;
        int unreadable = 0;
        UUID after = FIRST;
        while (after != null) {
            Renewed step = this.repository.renew(after, AT_ONCE);
            this.renewed.increment(step.renewed());
            done += step.renewed();
            unreadable += step.unreadable();
            after = step.next();
        }
        if (done > 0) {
            logger.info("Encrypted the secrets of {} endpoints anew, with the newest WEBHOOK_SECRET", done);
        }
        if (unreadable > 0) {
            logger.error("The secrets of {} endpoints can be read with no WEBHOOK_SECRET that is set", unreadable);
        }
    }

}
