package dev.triggers.inbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import dev.triggers.TriggersApplication;
import dev.triggers.database.Notifications;
import dev.triggers.event.ArrivalSignals;
import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Reply;
import dev.triggers.support.Rows;
import dev.triggers.support.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Long polls over HTTP.
 */
@IntegrationTest
class LongPollTests {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ArrivalSignals signals;

    @Autowired
    private Notifications notifications;

    @Autowired
    private MeterRegistry meters;

    private String key;

    @BeforeEach
    void join() {
        this.key = this.api.newKey();
    }

    @AfterEach
    void stop() {
        this.threads.close();
    }

    /** Where many look at once, some are told to come again. */
    private CompletableFuture<Reply> poll(String query) {
        return CompletableFuture.supplyAsync(() -> Api.patiently(() -> this.api.get("/api/inbox" + query, this.key)),
                this.threads);
    }

    private void awaitWaiting(int count) {
        await().until(() -> this.signals.waiting() == count);
    }

    @Test
    void answersAtOnceWithWhatIsThere() {
        String id = this.api.postEvent(this.key, "a", "1");
        assertThat(this.api.get("/api/inbox?wait=30", this.key).text("/events/0/id")).isEqualTo(id);
        assertThat(this.api.get("/api/inbox?wait=99999999999", this.key).text("/events/0/id")).isEqualTo(id);
    }

    @Test
    void answersWhenAnEventArrives() throws Exception {
        CompletableFuture<Reply> poll = poll("?wait=30");
        awaitWaiting(1);
        String id = this.api.postEvent(this.key, "a", "1");
        assertThat(poll.get(60, TimeUnit.SECONDS).text("/events/0/id")).isEqualTo(id);
        awaitWaiting(0);
    }

    @Test
    void answersEmptyWhenTheTimeIsOver() {
        Reply reply = this.api.get("/api/inbox?wait=1", this.key);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/count").intValue()).isZero();
    }

    @Test
    void pollsAndTheEventsTheyHandOutAreCounted() {
        double empty = this.meters.get("triggers.inbox.polls").tag("result", "empty").counter().count();
        double full = this.meters.get("triggers.inbox.polls").tag("result", "events").counter().count();
        double events = this.meters.get("triggers.inbox.events").counter().count();
        this.api.get("/api/inbox", this.key);
        this.api.postEvent(this.key, "a", "1");
        this.api.postEvent(this.key, "a", "1");
        this.api.get("/api/inbox?wait=1", this.key);
        assertThat(this.meters.get("triggers.inbox.polls").tag("result", "empty").counter().count() - empty)
            .isEqualTo(1);
        assertThat(this.meters.get("triggers.inbox.polls").tag("result", "events").counter().count() - full)
            .isEqualTo(1);
        assertThat(this.meters.get("triggers.inbox.events").counter().count() - events).isEqualTo(2);
        await().until(() -> this.meters.get("triggers.inbox.waiting").gauge().value() == 0);
        await().until(() -> this.meters.get("triggers.inbox.page.bytes").gauge().value() == 0);
    }

    @Test
    void waitsOnForTheTypeThatIsAskedFor() throws Exception {
        CompletableFuture<Reply> poll = poll("?wait=30&type=user.*");
        awaitWaiting(1);
        for (int i = 0; i < 3; i++) {
            this.api.postEvent(this.key, "order.paid", "1");
        }
        assertThat(poll).isNotDone();
        String id = this.api.postEvent(this.key, "user.created", "1");
        assertThat(poll.get(60, TimeUnit.SECONDS).text("/events/0/id")).isEqualTo(id);
    }

    @Test
    void hearsOfEventsThatAnotherInstanceStored() throws Exception {
        UUID organization = UUID.fromString(this.api.get("/api/keys", this.key).text("organization_id"));
        await().until(this.notifications::healthy);
        try (ArrivalSignals.Waiter waiter = this.signals.register(organization)) {
            assertThat(waiter).isNotNull();
            CompletableFuture<Boolean> woken = CompletableFuture.supplyAsync(() -> {
                try {
                    return waiter.await(Duration.ofMinutes(1));
                }
                catch (InterruptedException ex) {
                    throw new IllegalStateException(ex);
                }
            }, this.threads);
            new Rows(this.jdbc).waiting(organization, "a");
            this.notifications.send("events", Rows.newId() + "," + organization);
            assertThat(woken.get(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void waitingHoldsNoConnectionOfThePool() throws Exception {
        List<CompletableFuture<Reply>> polls = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            polls.add(poll("?wait=30"));
        }
        awaitWaiting(40);
        assertThat(this.api.get("/api/inbox?status=all", this.key).status()).isEqualTo(200);
        String id = this.api.postEvent(this.key, "a", "1");
        for (CompletableFuture<Reply> poll : polls) {
            assertThat(poll.get(60, TimeUnit.SECONDS).text("/events/0/id")).isEqualTo(id);
        }
    }

    @Test
    void shutdownAnswersAtOnceWithWhatThereIs() throws Exception {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(TriggersApplication.class)
            .initializers(new TestDatabase())
            .run("--server.port=0");
        try (context) {
            Api other = new Api((WebServerApplicationContext) context);
            String otherKey = other.newKey();
            CompletableFuture<Reply> poll = CompletableFuture
                .supplyAsync(() -> other.get("/api/inbox?wait=30", otherKey), this.threads);
            await().until(() -> context.getBean(ArrivalSignals.class).waiting() == 1);
            context.close();
            Reply reply = poll.get(10, TimeUnit.SECONDS);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.at("/count").intValue()).isZero();
        }
    }

}
