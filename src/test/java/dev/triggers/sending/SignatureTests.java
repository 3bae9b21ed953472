package dev.triggers.sending;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

import dev.triggers.support.Api;
import dev.triggers.support.Customer;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Receiver.Request;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static dev.triggers.support.Customer.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The libraries that receivers use accept what is sent, and refuse what is not.
 */
@IntegrationTest
class SignatureTests {

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    private Customer customer;

    private final Receiver receiver = new Receiver();

    @BeforeEach
    void newCustomer() {
        this.customer = new Customer(this.api);
    }

    @AfterEach
    void closeReceiver() {
        this.receiver.close();
    }

    @Test
    void librariesVerifyDeliveries() {
        String secret = this.customer.setDefault(this.receiver.url()).text("secret");
        Request request = deliver("{\"größe\":\"\uD83D\uDE00\"}");
        accepted(secret, request, request.body());
        refused(secret, request, request.body().replace("\uD83D\uDE00", "x"));
        refused("whsec_" + Base64.getEncoder().encodeToString(new byte[32]), request, request.body());
    }

    @Test
    void bothSecretsVerifyAfterRotation() {
        Reply created = this.customer.register(this.receiver.url(), "");
        String old = created.text("secret");
        String young = rotate(created.text("id"), "");
        Request request = deliver("{}");
        assertThat(request.header("webhook-signature")).matches("v1,\\S+ v1,\\S+");
        accepted(old, request, request.body());
        accepted(young, request, request.body());
        refused(young, request, request.body() + " ");
    }

    @Test
    void revokedSecretSignsNothingAnyMore() {
        Reply created = this.customer.register(this.receiver.url(), "");
        String second = rotate(created.text("id"), "");
        String third = rotate(created.text("id"), "{\"revoke\":true}");
        Request request = deliver("{}");
        accepted(third, request, request.body());
        refused(created.text("secret"), request, request.body());
        refused(second, request, request.body());
    }

    @Test
    void replacedSecretSignsForADayAndNotLonger() {
        Reply created = this.customer.register(this.receiver.url(), "");
        rotate(created.text("id"), "");
        Reply shown = this.customer.endpoint(created.text("id"));
        assertThat(java.time.Instant.parse(shown.text("previous_secret_expires_at")))
            .isBetween(java.time.Instant.now().plusSeconds(23 * 3600), java.time.Instant.now().plusSeconds(25 * 3600));
    }

    @Test
    void replacedSecretSignsNothingOnceItsDayIsOver() {
        Reply created = this.customer.register(this.receiver.url(), "");
        String young = rotate(created.text("id"), "");
        this.jdbc.sql("update endpoints set previous_secret_expires_at = now() where id = :id")
            .param("id", UUID.fromString(created.text("id")))
            .update();
        this.customer.patch(created.text("id"), "{\"description\":\"read anew\"}");
        Request request = deliver("{}");
        assertThat(request.header("webhook-signature")).doesNotContain(" ");
        accepted(young, request, request.body());
        refused(created.text("secret"), request, request.body());
    }

    @Test
    void anyoneVerifiesEd25519WithThePublicKeyAlone() throws Exception {
        Reply created = this.customer.register(this.receiver.url(), ",\"signature\":\"ed25519\"");
        String publicKey = this.customer.endpoint(created.text("id")).text("public_key");
        Request request = deliver("{\"a\":1}");
        assertThat(request.header("webhook-signature")).startsWith("v1a,").doesNotContain(" ");
        assertThat(verifies(publicKey, request, request.body())).isTrue();
        assertThat(verifies(publicKey, request, request.body().replace("1", "2"))).isFalse();
    }

    @Test
    void sharedSecretSignsBesideTheKeyThatReplacedIt() throws Exception {
        Reply created = this.customer.register(this.receiver.url(), "");
        Reply changed = this.customer.patch(created.text("id"), "{\"signature\":\"ed25519\"}");
        Request request = deliver("{}");
        accepted(created.text("secret"), request, request.body());
        assertThat(verifies(changed.text("public_key"), request, request.body())).isTrue();
    }

    private String rotate(String endpointId, String body) {
        Reply rotated = this.customer.post("/api/webhooks/" + endpointId + "/secret/rotate", body);
        assertThat(rotated.status()).isEqualTo(200);
        return rotated.text("secret");
    }

    private Request deliver(String payload) {
        String id = this.customer.event("order.paid", payload);
        eventually(() -> assertThat(this.receiver.requests(id)).isNotEmpty());
        return this.receiver.requests(id).getFirst();
    }

    private static void accepted(String secret, Request request, String body) {
        assertThatNoException()
            .isThrownBy(() -> new com.standardwebhooks.Webhook(secret).verify(body, headers(request)));
        assertThatNoException().isThrownBy(() -> new com.svix.Webhook(secret).verify(body, headers(request)));
    }

    private static void refused(String secret, Request request, String body) {
        ThrowingCallable standard = () -> new com.standardwebhooks.Webhook(secret).verify(body, headers(request));
        ThrowingCallable svix = () -> new com.svix.Webhook(secret).verify(body, headers(request));
        assertThatThrownBy(standard).isInstanceOf(com.standardwebhooks.exceptions.WebhookVerificationException.class);
        assertThatThrownBy(svix).isInstanceOf(com.svix.exceptions.WebhookVerificationException.class);
    }

    private static HttpHeaders headers(Request request) {
        return HttpHeaders.of(Map.copyOf(request.headers()), (name, value) -> true);
    }

    private static boolean verifies(String publicKey, Request request, String body) throws Exception {
        byte[] der = HexFormat.of()
            .parseHex("302a300506032b6570032100"
                    + HexFormat.of().formatHex(Base64.getDecoder().decode(publicKey.substring("whpk_".length()))));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der)));
        signature.update((request.header("webhook-id") + "." + request.header("webhook-timestamp") + "." + body)
            .getBytes(StandardCharsets.UTF_8));
        String asymmetric = request.header("webhook-signature").split(" ")[0];
        return signature.verify(Base64.getDecoder().decode(asymmetric.substring("v1a,".length())));
    }

}
