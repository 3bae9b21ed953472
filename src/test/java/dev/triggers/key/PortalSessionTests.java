package dev.triggers.key;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.triggers.support.Api;
import dev.triggers.support.Concurrently;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

@IntegrationTest
class PortalSessionTests {

    private static final String SESSIONS = "/api/portal/sessions";

    @Autowired
    Api api;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    KeyAuthenticator authenticator;

    private String key = "";

    @BeforeEach
    void register() {
        this.key = this.api.newKey();
    }

    private Reply open(String with, String body) {
        return this.api.post(SESSIONS, with, body.replace('\'', '"'));
    }

    private Reply exchange(String token) {
        return this.api.post(SESSIONS + "/exchange", null, "{\"token\":\"" + token + "\"}");
    }

    private String session(String with, String body) {
        Reply opened = open(with, body);
        assertThat(opened.status()).as(opened.toString()).isEqualTo(201);
        Reply exchanged = exchange(opened.text("token"));
        assertThat(exchanged.status()).as(exchanged.toString()).isEqualTo(200);
        return exchanged.text("api_key");
    }

    private String lesserKey(String body) {
        Reply made = this.api.post("/api/organization/keys", this.key, body.replace('\'', '"'));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.text("api_key");
    }

    @Test
    void aLinkOpensASessionOnce() {
        Reply opened = open(this.key, "");
        assertThat(opened.status()).as(opened.toString()).isEqualTo(201);
        String token = opened.text("token");
        assertThat(token).matches("zap_link_00[0-9a-f]{64}");
        assertThat(opened.text("url")).isEqualTo("https://events.example.com/#token=" + token);
        assertThat(Instant.parse(opened.text("expires_at"))).isCloseTo(Instant.now().plusSeconds(3600),
                within(Duration.ofMinutes(1)));
        Reply exchanged = exchange(token);
        assertThat(exchanged.status()).isEqualTo(200);
        assertThat(exchanged.text("api_key")).matches("zap_sess_00[0-9a-f]{64}");
        assertThat(exchanged.at("scopes").toString()).isEqualTo("[\"events:read\",\"webhooks:read\"]");
        assertThat(exchanged.text("expires_at")).isEqualTo(opened.text("expires_at"));
        String session = exchanged.text("api_key");
        assertThat(this.api.get("/api/inbox", session).status()).isEqualTo(200);
        assertThat(this.api.get("/api/webhooks", session).status()).isEqualTo(200);
        assertThat(this.api.post("/api/events", session, "{}").status()).isEqualTo(403);
        assertThat(exchange(token).status()).isEqualTo(401);
        assertThat(this.jdbc.sql("select count(*) from portal_sessions s where s::text like '%' || :part || '%'")
            .param("part", session.substring(30))
            .query(Integer.class)
            .single()).as("the key is not stored").isZero();
    }

    @Test
    void ofManyWhoExchangeALinkOneWins() {
        for (int i = 0; i < 5; i++) {
            String token = open(this.key, "{}").text("token");
            assertThat(Concurrently.call(8, (client) -> exchange(token).status())).containsOnlyOnce(200)
                .containsOnly(200, 401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "nonsense", "zap_link_00", "ünicode" })
    void anUnknownLinkIsRefused(String token) {
        assertThat(exchange(token).status()).isEqualTo(401);
    }

    @Test
    void aLinkWorksForTenMinutes() {
        String token = open(this.key, "{}").text("token");
        this.jdbc.sql(
                "update portal_sessions set link_expires_at = now() - interval '1 second' where created_at > now() - interval '1 minute'")
            .update();
        assertThat(exchange(token).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{'expires_in':59}|expires_in", "{'expires_in':86401}|expires_in",
            "{'scopes':['x']}|scopes[0]", "{'types':['*x']}|types[0]",
            "{'endpoint_ids':['0198c0de-5a2f-7c41-9d3e-6b1f0a2c4d5e']}|endpoint_ids", "{'return_url':7}|return_url" })
    void aWrongMemberIsNamed(String body, String field) {
        Reply reply = open(this.key, body);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.at("/errors/0/field").stringValue()).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://app.example.com", "https://app.example.com/back?a=b#c",
            "https://APP.example.com/", "https://app.example.com:443/x", "https://events.example.com/elsewhere" })
    void thePortalLeadsBackToKnownOrigins(String url) {
        Reply opened = open(this.key, "{'return_url':'" + url + "'}");
        assertThat(opened.status()).as(opened.toString()).isEqualTo(201);
        assertThat(exchange(opened.text("token")).text("return_url")).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "/relative", "http://app.example.com", "https://app.example.com.evil.example",
            "https://app.example.com@evil.example", "https://app.example.com:8443/", "javascript:alert(1)",
            "https:app.example.com", "//app.example.com", "https://evil.example\\@app.example.com" })
    void thePortalLeadsNowhereElse(String url) {
        Reply opened = this.api.post(SESSIONS, this.key, "{\"return_url\":\"" + url.replace("\\", "\\\\") + "\"}");
        assertThat(opened.status()).as(opened.toString()).isEqualTo(422);
        assertThat(opened.at("/errors/0/field").stringValue()).isEqualTo("return_url");
    }

    @Test
    void aSessionNeverExceedsItsKey() {
        String lesser = lesserKey("{'name':'a','scopes':['events:read','inbox:write'],'expires_in':600}");
        Reply refused = open(lesser, "{}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.at("missing").toString()).isEqualTo("[\"webhooks:read\"]");
        Reply opened = open(lesser, "{'scopes':['events:read'],'expires_in':3600}");
        assertThat(Instant.parse(opened.text("expires_at"))).isBefore(Instant.now().plusSeconds(700));
        String session = exchange(opened.text("token")).text("api_key");
        assertThat(this.api.get("/api/inbox", session).status()).isEqualTo(200);
        String id = this.api.get("/api/organization/keys", this.key).at("/keys/1/id").stringValue();
        this.api.patch("/api/organization/keys/" + id, this.key, "{\"scopes\":[\"inbox:write\"]}");
        assertThat(this.api.get("/api/inbox", session).status()).as("its key was lowered").isEqualTo(403);
    }

    @Test
    void aSessionEndsWithItsKeyAndGoesOnWithARotatedOne() {
        String maker = lesserKey("{'name':'a'}");
        String session = session(maker, "{}");
        String link = open(maker, "{}").text("token");
        String renewed = this.api.post("/api/keys/rotate", maker, "").text("api_key");
        assertThat(this.api.get("/api/inbox", session).status()).isEqualTo(200);
        String id = this.api.get("/api/organization/keys", this.key).at("/keys/1/id").stringValue();
        assertThat(renewed)
            .startsWith(this.api.get("/api/organization/keys", this.key).at("/keys/1/prefix").stringValue());
        assertThat(this.api.delete("/api/organization/keys/" + id, this.key).status()).isEqualTo(204);
        assertThat(this.api.get("/api/inbox", session).status()).isEqualTo(401);
        assertThat(exchange(link).status()).isEqualTo(401);
    }

    @Test
    void aSessionMakesNoKeysAndNoSessions() {
        String session = session(this.key, "{'scopes':['keys:write','events:read']}");
        assertThat(this.api.get("/api/organization/keys", session).status()).isEqualTo(200);
        for (Reply reply : List.of(this.api.post("/api/organization/keys", session, "{\"name\":\"a\"}"),
                open(session, "{}"), this.api.post("/api/keys/rotate", session, ""))) {
            assertThat(reply.status()).as(reply.toString()).isEqualTo(403);
        }
    }

    @Test
    void allSessionsEndAtOnce() {
        String session = session(this.key, "{}");
        String other = this.api.newKey();
        String others = session(other, "{}");
        String link = open(this.key, "{}").text("token");
        assertThat(this.api.get("/api/inbox", session).status()).isEqualTo(200);
        assertThat(this.api.delete(SESSIONS, lesserKey("{'name':'a','scopes':['events:read']}")).status())
            .isEqualTo(403);
        assertThat(this.api.delete(SESSIONS, this.key).status()).isEqualTo(204);
        assertThat(this.api.get("/api/inbox", session).status()).isEqualTo(401);
        assertThat(exchange(link).status()).isEqualTo(401);
        assertThat(this.api.get("/api/inbox", others).status()).isEqualTo(200);
    }

    @Test
    void aSessionEndsByItself() {
        String session = session(this.key, "{'expires_in':60}");
        this.jdbc.sql("update portal_sessions set expires_at = now() where session_id = :id")
            .param("id", session.substring(0, 25))
            .update();
        this.authenticator.forget(session.substring(0, 25));
        assertThat(this.api.get("/api/inbox", session).status()).isEqualTo(401);
    }

}
