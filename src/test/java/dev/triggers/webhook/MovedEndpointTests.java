package dev.triggers.webhook;

import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Credentials do not follow an endpoint to another origin.
 */
@IntegrationTest
class MovedEndpointTests {

    @Autowired
    Api api;

    private String key = "";

    private String path = "";

    private String secret = "";

    @BeforeEach
    void register() {
        this.key = this.api.newKey();
        Reply made = this.api.post("/api/webhooks", this.key,
                "{\"url\":\"http://127.0.0.1:9000/hook\",\"headers\":{\"Authorization\":\"Bearer token\"}}");
        this.path = "/api/webhooks/" + made.text("id");
        this.secret = made.text("secret");
    }

    private Reply change(String with, String body) {
        Reply reply = this.api.patch(this.path, with, body.replace('\'', '"'));
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply;
    }

    private String currentSecret() {
        return this.api.get(this.path + "/secret", this.key).text("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://127.0.0.1:9001/hook", "https://127.0.0.1:9000/hook", "http://127.0.0.2:9000/hook",
            "http://127.0.0.1/hook" })
    void anotherOriginGetsANewSecretAndNoHeaders(String url) {
        Reply moved = change(this.key, "{'url':'" + url + "'}");
        assertThat(moved.text("secret")).isNotEqualTo(this.secret).isEqualTo(currentSecret());
        assertThat(moved.at("headers")).isEmpty();
        assertThat(moved.at("previous_secret_expires_at").isNull()).as("the old one does not sign there").isTrue();
    }

    @Test
    void theSameOriginKeepsBoth() {
        Reply moved = change(this.key, "{'url':'http://127.0.0.1:9000/elsewhere?a=b'}");
        assertThat(moved.at("secret").isMissingNode()).isTrue();
        assertThat(moved.at("headers")).hasSize(1);
        assertThat(currentSecret()).isEqualTo(this.secret);
    }

    @Test
    void aMaskBringsNoHeaderAlong() {
        String mask = this.api.get(this.path, this.key).at("/headers/Authorization").stringValue();
        Reply moved = change(this.key,
                "{'url':'http://127.0.0.1:9001/hook','headers':{'Authorization':'" + mask + "','X-New':'1'}}");
        assertThat(moved.at("headers")).hasSize(2);
        Reply back = change(this.key, "{'url':'http://127.0.0.1:9001/other'}");
        assertThat(back.at("headers")).hasSize(2);
    }

    @Test
    void whoMaySeeSecretsMayTakeThemAlong() {
        Reply moved = change(this.key, "{'url':'http://127.0.0.1:9001/hook','keep_credentials':true}");
        assertThat(moved.at("secret").isMissingNode()).isTrue();
        assertThat(moved.at("headers")).hasSize(1);
        assertThat(currentSecret()).isEqualTo(this.secret);
        String lesser = this.api
            .post("/api/organization/keys", this.key, "{\"name\":\"a\",\"scopes\":[\"webhooks:write\"]}")
            .text("api_key");
        Reply refused = this.api.patch(this.path, lesser,
                "{\"url\":\"http://127.0.0.1:9002/hook\",\"keep_credentials\":true}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.at("missing").toString()).isEqualTo("[\"secrets:read\"]");
        assertThat(change(lesser, "{'url':'http://127.0.0.1:9002/hook'}").text("secret")).isNotEqualTo(this.secret);
        assertThat(change(lesser, "{'signature':'hmac-sha256'}").at("secret").isMissingNode()).isTrue();
    }

    @Test
    void theDefaultEndpointKeepsItsSecretAndDropsHeaders() {
        Reply set = this.api.post("/api/webhook/config", this.key, "{\"url\":\"http://127.0.0.1:9000/hook\"}");
        this.path = "/api/webhooks/" + set.text("id");
        change(this.key, "{'headers':{'Authorization':'Bearer token'}}");
        Reply same = this.api.post("/api/webhook/config", this.key, "{\"url\":\"http://127.0.0.1:9000/other\"}");
        assertThat(same.text("secret")).isEqualTo(set.text("secret"));
        assertThat(this.api.get(this.path, this.key).at("headers")).hasSize(1);
        this.api.post("/api/webhook/config", this.key, "{\"url\":\"http://127.0.0.1:9001/hook\"}");
        assertThat(this.api.get(this.path, this.key).at("headers")).isEmpty();
        assertThat(currentSecret()).isEqualTo(set.text("secret"));
        String lesser = this.api
            .post("/api/organization/keys", this.key, "{\"name\":\"a\",\"scopes\":[\"webhooks:write\"]}")
            .text("api_key");
        assertThat(this.api.post("/api/webhook/config", lesser, "{\"url\":\"http://127.0.0.1:9001/hook\"}")
            .at("secret")
            .isMissingNode()).as("a secret that it may not see").isTrue();
    }

}
