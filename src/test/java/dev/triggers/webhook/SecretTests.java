package dev.triggers.webhook;

import java.util.List;
import java.util.UUID;

import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Reply;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@IntegrationTest
class SecretTests {

    @Autowired
    private Api api;

    @Autowired
    private EndpointDirectory directory;

    private String key = "";

    private String path = "";

    private String secret = "";

    @BeforeEach
    void registerEndpoint() {
        this.key = this.api.newKey();
        Reply created = this.api.post("/api/webhooks", this.key, "{\"url\":\"https://example.com/hook\"}");
        this.path = "/api/webhooks/" + created.text("id") + "/secret";
        this.secret = created.text("secret");
    }

    @Test
    void secretIsShownToItsOwner() {
        Reply reply = this.api.get(this.path, this.key);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text("secret")).isEqualTo(this.secret);
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void secretIsShownNowhereElse() {
        String endpoint = this.path.replace("/secret", "");
        Reply configured = this.api.post("/api/webhook/config", this.key, "{\"url\":\"https://example.com/default\"}");
        for (Reply reply : List.of(this.api.get("/api/webhooks", this.key), this.api.get(endpoint, this.key),
                this.api.patch(endpoint, this.key, "{\"description\":\"x\"}"),
                this.api.get("/api/webhook/config", this.key), this.api.get("/api/keys", this.key),
                this.api.get(endpoint + "/attempts", this.key), this.api.get(endpoint + "/statistics", this.key))) {
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).doesNotContain("whsec_", this.secret.substring(6),
                    configured.text("secret").substring(6));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "{}", "{\"revoke\":false}", "{\"revoke\":null}" })
    void replacedSecretSignsBesideTheNewOne(String body) {
        assertThat(live()).containsExactly(this.secret);
        Reply reply = this.api.post(this.path + "/rotate", this.key, body);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text("secret")).startsWith("whsec_").isNotEqualTo(this.secret);
        assertThat(reply.text("previous_secret_expires_at")).endsWith("Z");
        assertThat(live()).containsExactly(reply.text("secret"), this.secret);
        assertThat(this.api.get(this.path, this.key).text("secret")).isEqualTo(reply.text("secret"));
    }

    @Test
    void revokedSecretSignsNoMore() {
        Reply overlapping = this.api.post(this.path + "/rotate", this.key, "");
        Reply reply = this.api.post(this.path + "/rotate", this.key, "{\"revoke\":true}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("previous_secret_expires_at").isNull()).isTrue();
        assertThat(live()).containsExactly(reply.text("secret"));
        assertThat(reply.text("secret")).isNotIn(this.secret, overlapping.text("secret"));
    }

    @Test
    void onlyTheTwoNewestSign() {
        String second = this.api.post(this.path + "/rotate", this.key, "").text("secret");
        String third = this.api.post(this.path + "/rotate", this.key, "").text("secret");
        assertThat(live()).containsExactly(third, second);
    }

    @Test
    void wrongTypeIs400() {
        Reply reply = this.api.post(this.path + "/rotate", this.key, "{\"revoke\":\"yes\"}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("/errors/0/field")).isEqualTo("revoke");
        assertThat(live()).containsExactly(this.secret);
    }

    private List<String> live() {
        @Nullable Endpoint endpoint = this.directory.find(UUID.fromString(this.path.split("/")[3]));
        assertThat(endpoint).isNotNull();
        return (endpoint != null) ? endpoint.secrets().stream().map(SigningSecret::reveal).toList() : List.of();
    }

}
