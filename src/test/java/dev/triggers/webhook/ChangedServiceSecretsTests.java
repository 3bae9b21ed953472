package dev.triggers.webhook;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.triggers.support.Api;
import dev.triggers.support.Customer;
import dev.triggers.support.Instance;
import dev.triggers.support.Operator;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.Test;

import static dev.triggers.support.Customer.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The service's secrets are changed as an operator would: each instance first learns the
 * new ones, then writes with them, then forgets the old ones, under load all the while.
 */
class ChangedServiceSecretsTests {

    private static final String OLD = "old-secret-of-the-suite";

    private static final String NEW = "new-secret-of-the-suite";

    private final String database = PostgresServer.newDatabase();

    private Instance start(String secrets) {
        return Instance.start(this.database,
                Map.of("API_KEY_SALT", secrets, "WEBHOOK_SECRET", secrets, "ADMIN_TOKEN", "token"));
    }

    private static int status(Api api, String key) {
        return Api.patiently(() -> api.get("/api/keys", key)).status();
    }

    private static void assertWorks(Api api, String key, String endpoint, String secret) {
        assertThat(status(api, key)).isEqualTo(200);
        Reply shown = Customer.of(api, key).get("/api/webhooks/" + endpoint + "/secret");
        assertThat(shown.text("secret")).isEqualTo(secret);
    }

    @Test
    void nothingFailsWhileTheSecretsAreReplaced() throws InterruptedException {
        String key;
        String idle;
        String endpoint;
        String secret;
        try (Receiver receiver = new Receiver()) {
            try (Instance before = start(OLD)) {
                Operator operator = new Operator(before.api(), "token");
                String id = operator.organization("Secrets");
                key = operator.key(id);
                idle = operator.key(id);
                Reply made = Customer.of(before.api(), key)
                    .register(receiver.url(), ",\"headers\":{\"X-Own\":\"mine\"}");
                endpoint = made.text("id");
                secret = made.text("secret");
            }
            try (Instance learns = start(OLD + "," + NEW); Instance writes = start(NEW + "," + OLD)) {
                AtomicBoolean over = new AtomicBoolean();
                Queue<Reply> failed = new ConcurrentLinkedQueue<>();
                String loaded = key;
                List<Thread> load = List.of(learns, writes).stream().map((instance) -> Thread.ofVirtual().start(() -> {
                    while (!over.get()) {
                        Reply reply = Api.patiently(
                                () -> instance.api().post("/api/events", loaded, "{\"type\":\"load\",\"payload\":1}"));
                        if (reply.status() != 201) {
                            failed.add(reply);
                        }
                    }
                })).toList();
                for (Instance instance : List.of(learns, writes, learns)) {
                    assertWorks(instance.api(), key, endpoint, secret);
                }
                Operator operator = new Operator(writes.api(), "token");
                eventually(() -> assertThat(operator.get("/secrets").at("/webhook_secret/endpoints_to_move").intValue())
                    .isZero());
                assertThat(operator.get("/secrets").at("/webhook_secret/values").intValue()).isEqualTo(3);
                assertThat(operator.get("/secrets").at("/api_key_salt/keys_to_move").intValue()).isEqualTo(1);
                assertThat(status(writes.api(), idle)).isEqualTo(200);
                assertThat(operator.get("/secrets").at("/api_key_salt/keys_to_move").intValue()).isZero();
                for (Instance instance : List.of(learns, writes)) {
                    assertWorks(instance.api(), key, endpoint, secret);
                    assertThat(status(instance.api(), idle)).isEqualTo(200);
                }
                // Nothing is moved back by who has the other order
                learns.bean(SecretRenewal.class).run();
                assertThat(operator.get("/secrets").at("/webhook_secret/endpoints_to_move").intValue()).isZero();
                assertThat(operator.get("/secrets").at("/api_key_salt/keys_to_move").intValue()).isZero();
                over.set(true);
                for (Thread thread : load) {
                    thread.join();
                }
                assertThat(failed).isEmpty();
            }
            try (Instance after = start(NEW)) {
                assertWorks(after.api(), key, endpoint, secret);
                assertThat(status(after.api(), idle)).isEqualTo(200);
                String event = Customer.of(after.api(), key).event("after");
                eventually(() -> assertThat(receiver.requests(event)).isNotEmpty());
                assertThat(receiver.requests(event).getFirst().header("X-Own")).isEqualTo("mine");
            }
        }
    }

}
