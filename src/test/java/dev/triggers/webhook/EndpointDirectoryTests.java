package dev.triggers.webhook;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import dev.triggers.database.Notifications;
import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

@IntegrationTest
class EndpointDirectoryTests {

    @Autowired
    private Api api;

    @Autowired
    private EndpointDirectory directory;

    @Autowired
    private Notifications notifications;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ApplicationEventPublisher publisher;

    private TransactionTemplate transaction = new TransactionTemplate();

    @Autowired
    void setTransactions(PlatformTransactionManager transactions) {
        this.transaction = new TransactionTemplate(transactions);
    }

    private String key = "";

    private UUID id = new UUID(0, 0);

    @BeforeEach
    void registerEndpoint() {
        this.key = this.api.newKey();
        this.id = UUID
            .fromString(this.api.post("/api/webhooks", this.key, "{\"url\":\"https://example.com/hook\"}").text("id"));
        awaitAnnouncements();
    }

    /** The creation is announced too, and would be taken for a later change. */
    private void awaitAnnouncements() {
        CountDownLatch heard = new CountDownLatch(1);
        String mark = UUID.randomUUID().toString();
        this.notifications.on("endpoint-directory-tests", (text) -> {
            if (text.equals(mark)) {
                heard.countDown();
            }
        });
        this.notifications.send("endpoint-directory-tests", mark);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> heard.getCount() == 0);
    }

    @Test
    void unknownEndpointIsNull() {
        assertThat(this.directory.find(new UUID(7, 7))).isNull();
    }

    @Test
    void knownIsOnlyWhatWasFoundAndHasNotChangedSince() {
        assertThat(this.directory.known(this.id)).isNull();
        Endpoint found = this.directory.find(this.id);
        assertThat(this.directory.known(this.id)).isNotNull().isSameAs(found);
        this.api.patch("/api/webhooks/" + this.id, this.key, "{\"ordered\":true}");
        assertThat(this.directory.known(this.id)).isNull();
    }

    @Test
    void changeByThisInstanceIsSeenAtOnce() {
        assertThat(this.directory.find(this.id)).isNotNull();
        this.api.patch("/api/webhooks/" + this.id, this.key, "{\"rate_limit_per_second\":7}");
        assertThat(this.directory.find(this.id)).hasFieldOrPropertyWithValue("rateLimitPerSecond", 7);
        this.api.delete("/api/webhooks/" + this.id, this.key);
        assertThat(this.directory.find(this.id)).isNull();
    }

    @Test
    void whatIsReadBeforeAChangeIsCommittedIsForgottenWithIt() {
        this.transaction.executeWithoutResult((status) -> {
            this.jdbc.sql("update endpoints set enabled = false where id = :id").param("id", this.id).update();
            this.publisher.publishEvent(new EndpointChanged(this.id));
            // By somebody else, who sees the endpoint as it was
            assertThat(CompletableFuture.supplyAsync(() -> this.directory.find(this.id)).join())
                .hasFieldOrPropertyWithValue("enabled", true);
        });
        assertThat(this.directory.find(this.id)).hasFieldOrPropertyWithValue("enabled", false);
    }

    @Test
    void changeByAnotherInstanceIsSeenOnceItIsAnnounced() {
        assertThat(this.directory.find(this.id)).hasFieldOrPropertyWithValue("enabled", true);
        this.jdbc.sql("update endpoints set enabled = false where id = :id").param("id", this.id).update();
        this.notifications.send("endpoint", this.id.toString());
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(
                    () -> assertThat(this.directory.find(this.id)).hasFieldOrPropertyWithValue("enabled", false));
    }

    @Test
    void readsNothingTwiceWhileNothingChanges() {
        assertThat(this.directory.find(this.id)).isNotNull().isSameAs(this.directory.find(this.id));
    }

    @Test
    void replacedSecretIsForgottenWhenItsTimeIsOver() {
        this.api.post("/api/webhooks/" + this.id + "/secret/rotate", this.key, "");
        this.jdbc.sql("update endpoints set previous_secret_expires_at = now() + interval '0.3 s' where id = :id")
            .param("id", this.id)
            .update();
        assertThat(this.directory.find(this.id)).isNotNull();
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> assertThat(this.directory.find(this.id)).isNotNull()
                .satisfies((endpoint) -> assertThat(endpoint.secrets()).hasSize(1)));
    }

}
