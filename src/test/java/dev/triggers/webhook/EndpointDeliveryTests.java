package dev.triggers.webhook;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Receiver;
import dev.triggers.support.Receiver.Request;
import dev.triggers.support.Reply;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the settings of an endpoint do to what arrives there.
 */
@IntegrationTest
class EndpointDeliveryTests {

    private final Receiver receiver = new Receiver();

    @Autowired
    private Api api;

    private String key = "";

    @BeforeEach
    void newOrganization() {
        this.key = this.api.newKey();
    }

    @AfterEach
    void closeReceiver() {
        this.receiver.close();
    }

    @Test
    void librariesVerifyWhatArrives() throws Exception {
        Reply endpoint = create("");
        Request request = deliver("user.created");
        String secret = endpoint.text("secret");
        new com.standardwebhooks.Webhook(secret).verify(request.body(), headers(request));
        new com.svix.Webhook(secret).verify(request.body(), headers(request));
    }

    @Test
    void librariesVerifyWithEitherSecretAfterRotation() throws Exception {
        Reply endpoint = create("");
        String path = "/api/webhooks/" + endpoint.text("id") + "/secret/rotate";
        String young = this.api.post(path, this.key, "").text("secret");
        Request request = deliver("user.created");
        assertThat(request.header("webhook-signature").split(" ")).hasSize(2);
        for (String secret : List.of(endpoint.text("secret"), young)) {
            new com.standardwebhooks.Webhook(secret).verify(request.body(), headers(request));
            new com.svix.Webhook(secret).verify(request.body(), headers(request));
        }
    }

    @Test
    void asymmetricEndpointIsSignedInItsScheme() {
        create(", \"signature\": \"ed25519\"");
        assertThat(deliver("user.created").header("webhook-signature")).matches("v1a,[A-Za-z0-9+/]{86}==");
    }

    @Test
    void headersOfTheEndpointAreSent() {
        create(", \"headers\": {\"Authorization\": \"Bearer xyz\", \"X-Team\": \"blue\"}");
        Request request = deliver("user.created");
        assertThat(request.header("Authorization")).isEqualTo("Bearer xyz");
        assertThat(request.header("X-Team")).isEqualTo("blue");
    }

    @Test
    void endpointTakesOnlyWhatItsFiltersMatch() {
        create(", \"event_types\": [\"user.*\", \"order_paid\"]");
        String refused = this.api.postEvent(this.key, "orderXpaid", "1");
        String prefix = this.api.postEvent(this.key, "user", "1");
        deliver("user.created");
        deliver("order_paid");
        assertThat(this.receiver.requests(refused)).isEmpty();
        assertThat(this.receiver.requests(prefix)).isEmpty();
    }

    @Test
    void disabledEndpointCollectsAndIsServedOnceItIsEnabled() {
        String path = "/api/webhooks/" + create(", \"enabled\": false").text("id");
        String event = this.api.postEvent(this.key, "user.created", "1");
        assertThat(this.receiver.requests()).isEmpty();
        this.api.patch(path, this.key, "{\"enabled\":true}");
        await(event);
    }

    @Test
    void anotherUrlCountsForTheNextAttempt() {
        String path = "/api/webhooks/" + create("").text("id");
        deliver("user.created");
        this.api.patch(path, this.key, "{\"url\":\"" + this.receiver.url("/moved") + "\"}");
        assertThat(deliver("user.created").path()).isEqualTo("/moved");
    }

    private Request deliver(String type) {
        return await(this.api.postEvent(this.key, type, "{\"größe\":1}"));
    }

    private Request await(String eventId) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !this.receiver.requests(eventId).isEmpty());
        return this.receiver.requests(eventId).getFirst();
    }

    private Reply create(String more) {
        Reply reply = this.api.post("/api/webhooks", this.key, "{\"url\":\"" + this.receiver.url() + "\"" + more + "}");
        assertThat(UUID.fromString(reply.text("id"))).isNotNull();
        return reply;
    }

    private static HttpHeaders headers(Request request) {
        return HttpHeaders.of(request.headers(), (name, value) -> name.toLowerCase(Locale.ROOT).startsWith("webhook-"));
    }

}
