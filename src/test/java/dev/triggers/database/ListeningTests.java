package dev.triggers.database;

import java.time.Duration;
import java.util.Map;

import dev.triggers.support.Customer;
import dev.triggers.support.DatabaseLink;
import dev.triggers.support.Instance;
import dev.triggers.support.Metrics;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Receiver;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Where the pool reaches the database, and whoever listens does not.
 */
class ListeningTests {

    private final String direct = PostgresServer.newDirectDatabase();

    @Test
    void aServerThatCannotBeListenedToStopsNothing() {
        try (DatabaseLink link = new DatabaseLink(this.direct);
                Receiver receiver = new Receiver();
                Instance one = startListening(link);
                Instance other = startListening(link)) {
            Customer customer = new Customer(one.api());
            customer.register(receiver);
            link.cut();
            await().until(() -> listening(one) == 0 && listening(other) == 0);
            customer.awaitDelivered(customer.events("while.it.is.away", 20));
            assertThat(other.api().get("/api/keys", customer.key()).status()).isEqualTo(200);
            String key = one.api().post("/api/keys/rotate", customer.key(), "{}").text("api_key");
            await().until(() -> other.api().get("/api/keys", customer.key()).status() == 401);
            try (Instance begunMeanwhile = startListening(link)) {
                String id = begunMeanwhile.api().postEvent(key, "a", "1");
                await().until(() -> !receiver.requests(id).isEmpty());
                await().until(() -> instances(one) == 3);
            }
            link.repair();
            await().until(() -> listening(one) == 1 && listening(other) == 1);
            // What beat holds a lock again, and is taken for living by it
            await().during(Duration.ofSeconds(7)).atMost(Duration.ofSeconds(30)).until(() -> instances(one) == 2);
            String id = one.api().postEvent(key, "a", "1");
            await().until(() -> !receiver.requests(id).isEmpty());
        }
    }

    private Instance startListening(DatabaseLink link) {
        return Instance.start(this.direct, Map.of("DATABASE_LISTEN_URL", link.url()));
    }

    private static double listening(Instance instance) {
        return Metrics.of(instance.api()).value("database_listening");
    }

    private static double instances(Instance instance) {
        return Metrics.of(instance.api()).value("triggers_instances");
    }

}
