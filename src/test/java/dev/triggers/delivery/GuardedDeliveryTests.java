package dev.triggers.delivery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.UUID;

import dev.triggers.support.Api;
import dev.triggers.support.Customer;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Names;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An instance that may call public addresses only, with endpoints whose hosts turned out
 * to lead elsewhere after they were registered.
 */
@IntegrationTest
@TestInstance(Lifecycle.PER_CLASS)
class GuardedDeliveryTests {

    @Autowired
    private Environment environment;

    @Autowired
    private Api unguarded;

    private Instance guarded;

    @BeforeAll
    void start() {
        this.guarded = Instance.start(this.environment, "DATABASE_URL=" + PostgresServer.newDatabase(),
                "WEBHOOK_ALLOW_PRIVATE_NETWORKS=false");
    }

    @AfterAll
    void stop() {
        this.guarded.close();
    }

    @Test
    void privateAddressIsAFailedAttemptLikeAnyOther() {
        try (Receiver receiver = new Receiver()) {
            Customer customer = new Customer(this.guarded.api());
            String endpoint = customer.register("https://example.com/hook", "").text("id");
            lead(endpoint, receiver.url());
            String id = customer.event("order.paid");
            customer.awaitStatus(id, "failed");
            JsonNode delivery = customer.delivery(id, endpoint);
            assertThat(delivery.get("attempts").intValue()).isEqualTo(5);
            assertThat(delivery.get("error_code").stringValue()).isEqualTo("address_not_allowed");
            assertThat(delivery.get("last_error").stringValue()).contains("not public");
            assertThat(receiver.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "127.0.0.1", "10.0.0.1", "169.254.169.254", "100.64.0.1", "2130706433", "017700000001",
            "0177.0.0.1", "0x7f000001", "0x7f.0.0.1", "127.1", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
            "[64:ff9b::7f00:1]", "[64:ff9b::10.0.0.1]", "[fe80::1%25eth0]", "[fe80::1%251]", "[fd00::1]", "localhost" })
    void addressThatIsNotPublicIsRefusedWhenItIsSet(String host) {
        Customer customer = new Customer(this.guarded.api());
        String endpoint = customer.register("https://example.com/hook", "").text("id");
        String body = "{\"url\":\"http://" + host + ":8080/hook\"}";
        for (Reply reply : List.of(customer.post("/api/webhooks", body), customer.post("/api/webhook/config", body),
                this.guarded.api().patch("/api/webhooks/" + endpoint, customer.key(), body))) {
            assertThat(reply.status()).as("%s", reply).isEqualTo(422);
            assertThat(reply.text("/errors/0/field")).isEqualTo("url");
        }
        assertThat(customer.endpoint(endpoint).text("url")).isEqualTo("https://example.com/hook");
        assertThat(customer.get("/api/webhook/config").at("url").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://127.0.0.1:{}/", "http://2130706433:{}/", "http://0x7f000001:{}/",
            "http://127.1:{}/", "http://[::1]:{}/", "http://[::ffff:127.0.0.1]:{}/", "http://[64:ff9b::7f00:1]:{}/",
            "http://[::127.0.0.1]:{}/", "http://10.0.0.1:{}/", "http://169.254.169.254:{}/", "http://[fe80::1]:{}/",
            "http://0.0.0.0:{}/", "http://localhost.:{}/" })
    void noNotationOfAPrivateAddressIsConnectedTo(String url) {
        try (Receiver receiver = new Receiver()) {
            Customer customer = new Customer(this.guarded.api());
            String endpoint = customer.register("https://example.com/hook", "").text("id");
            lead(endpoint, url.replace("{}", receiver.url().replaceAll(".*:(\\d+)/.*", "$1")));
            assertThat(customer.test(endpoint).text("error_code")).isIn("address_not_allowed", "dns_not_found");
            assertThat(receiver.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "127.0.0.1", "::1", "64:ff9b::7f00:1", "::ffff:0:127.0.0.1", "169.254.169.254", "10.0.0.1",
            "10.0.0.1 ::1" })
    void nameThatLeadsElsewhereWhenItIsCalledIsNotConnectedTo(String addresses) {
        try (Receiver receiver = new Receiver()) {
            String host = UUID.randomUUID() + ".test";
            Names.lead(host, "93.184.216.34");
            Customer customer = new Customer(this.guarded.api());
            String endpoint = customer.register(receiver.url().replace("localhost", host), ",\"retry_schedule\":[]")
                .text("id");
            Names.lead(host, addresses);
            String id = customer.event("order.paid");
            customer.awaitStatus(id, "failed");
            assertThat(customer.delivery(id, endpoint).get("error_code").stringValue())
                .isEqualTo("address_not_allowed");
            assertThat(customer.test(endpoint).text("error_code")).isEqualTo("address_not_allowed");
            assertThat(Names.lookUps(host)).isPositive();
            assertThat(receiver.requests()).isEmpty();
        }
    }

    /** What was judged is what is connected to: nobody listens where the second leads. */
    @Test
    void nameIsLookedUpOnceForAConnection() throws UnknownHostException {
        try (Receiver receiver = new Receiver()) {
            String host = UUID.randomUUID() + ".test";
            Names.lead(host, "127.0.0.1", "127.0.0.2");
            Customer customer = new Customer(this.unguarded);
            String endpoint = customer.register(receiver.url().replace("localhost", host), "").text("id");
            assertThat(customer.test(endpoint).at("success").booleanValue()).isTrue();
            assertThat(Names.lookUps(host)).isEqualTo(1);
            assertThat(receiver.requests()).hasSize(1);
            assertThat(InetAddress.getAllByName(host)).as("the next look-up of all")
                .extracting(InetAddress::getHostAddress)
                .containsExactly("127.0.0.2");
        }
    }

    private void lead(String endpointId, String url) {
        this.guarded.bean(JdbcClient.class)
            .sql("update endpoints set url = :url where id = :id")
            .param("url", url)
            .param("id", UUID.fromString(endpointId))
            .update();
    }

}
