package dev.triggers.sending;

import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.triggers.support.Api;
import dev.triggers.support.Customer;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.RawReceiver.Conversation;
import dev.triggers.support.RawReceiver;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A connection that is kept for the next delivery may be closed when it comes; that is
 * nobody's failure.
 */
@IntegrationTest
class KeptConnectionTests {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    @Autowired
    private Api api;

    private Customer customer;

    @BeforeEach
    void newCustomer() {
        this.customer = new Customer(this.api);
    }

    @Test
    void connectionThatIsClosedInsteadOfAnAnswerCostsNoAttempt() {
        deliversTheSecond(Socket::close);
    }

    @Test
    void connectionThatIsResetInsteadOfAnAnswerCostsNoAttempt() {
        deliversTheSecond((socket) -> {
            socket.setSoLinger(true, 0);
            socket.close();
        });
    }

    @Test
    void connectionThatWasClosedAfterTheAnswerCostsNoAttempt() {
        AtomicBoolean first = new AtomicBoolean(true);
        try (RawReceiver receiver = new RawReceiver((socket) -> {
            RawReceiver.say(socket, OK);
            if (!first.getAndSet(false)) {
                RawReceiver.readRequest(socket.getInputStream());
            }
        })) {
            deliversOnce(receiver);
        }
    }

    @Test
    void allKeptConnectionsMayBeClosed() {
        CountDownLatch together = new CountDownLatch(3);
        try (RawReceiver receiver = new RawReceiver((socket) -> {
            together.countDown();
            RawReceiver.hold(together);
            RawReceiver.say(socket, OK);
            RawReceiver.readRequest(socket.getInputStream());
        })) {
            String endpoint = this.customer.register(receiver.url(), ",\"retry_schedule\":[3600]").text("id");
            this.customer.awaitDelivered(this.customer.events("order.paid", 3));
            assertThat(receiver.requests()).as("connections").isEqualTo(3);
            String id = this.customer.event("order.paid");
            this.customer.awaitStatus(id, "delivered");
            assertThat(this.customer.delivery(id, endpoint).get("attempts").intValue()).isEqualTo(1);
            assertThat(receiver.requests()).as("connections").isEqualTo(4);
        }
    }

    @Test
    void answerThatIsCutIsNotAskedForAgain() {
        try (RawReceiver receiver = closingLater((socket) -> RawReceiver.say(socket, "HTTP/1.1 20"))) {
            String endpoint = this.customer.register(receiver.url(), "").text("id");
            assertThat(this.customer.test(endpoint).at("success").booleanValue()).isTrue();
            assertThat(this.customer.test(endpoint).text("error_code")).isEqualTo("connection_closed");
            assertThat(receiver.requests()).as("connections").isEqualTo(1);
        }
    }

    @Test
    void newConnectionThatIsClosedIsAFailure() {
        try (RawReceiver receiver = new RawReceiver(Socket::close)) {
            Reply outcome = this.customer.test(this.customer.register(receiver.url(), "").text("id"));
            assertThat(outcome.text("error_code")).isEqualTo("connection_closed");
            assertThat(receiver.requests()).isEqualTo(1);
        }
    }

    private void deliversTheSecond(Conversation end) {
        try (RawReceiver receiver = closingLater(end)) {
            deliversOnce(receiver);
        }
    }

    /** Two events, each in one attempt. */
    private void deliversOnce(RawReceiver receiver) {
        String endpoint = this.customer.register(receiver.url(), ",\"retry_schedule\":[3600]").text("id");
        for (int i = 0; i < 2; i++) {
            String id = this.customer.event("order.paid");
            this.customer.awaitStatus(id, "delivered");
            JsonNode delivery = this.customer.delivery(id, endpoint);
            assertThat(delivery.get("attempts").intValue()).isEqualTo(1);
            assertThat(delivery.get("attempt_log")).hasSize(1);
        }
        assertThat(receiver.requests()).as("connections").isEqualTo(2);
    }

    /** Answers a connection's first request, and ends the connection at the second. */
    private static RawReceiver closingLater(Conversation end) {
        return new RawReceiver((socket) -> {
            RawReceiver.say(socket, OK);
            RawReceiver.readRequest(socket.getInputStream());
            end.hold(socket);
        });
    }

}
