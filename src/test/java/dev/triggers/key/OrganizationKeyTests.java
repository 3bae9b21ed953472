package dev.triggers.key;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

import dev.triggers.support.Api;
import dev.triggers.support.Concurrently;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

@IntegrationTest
class OrganizationKeyTests {

    private static final String KEYS = "/api/organization/keys";

    @Autowired
    Api api;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    KeyUse use;

    @Autowired
    KeyAuthenticator authenticator;

    private String first = "";

    @BeforeEach
    void register() {
        this.first = this.api.newKey();
    }

    private Reply make(String key, String body) {
        return Api.patiently(() -> this.api.post(KEYS, key, body.replace('\'', '"')));
    }

    private String made(String body) {
        Reply reply = make(this.first, body);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
        return reply.text("api_key");
    }

    private Reply change(String key, String id, String body) {
        return this.api.patch(KEYS + "/" + id, key, body.replace('\'', '"'));
    }

    private String id(String key) {
        return StreamSupport.stream(this.api.get(KEYS, this.first).at("keys").spliterator(), false)
            .filter((listed) -> key.startsWith(listed.path("prefix").stringValue()))
            .map((listed) -> listed.path("id").stringValue())
            .findFirst()
            .orElseThrow();
    }

    private static void assertMissing(Reply reply, String... missing) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(403);
        assertThat(reply.text("code")).isEqualTo("insufficient_scope");
        assertThat(reply.at("missing").valueStream().map(JsonNode::stringValue)).containsExactly(missing);
    }

    @Test
    void aKeyIsShownOnceAndThenByItsPrefix() {
        Reply reply = make(this.first, "{'name':'Billing','scopes':['events:read','inbox:write'],'expires_in':3600}");
        assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
        String key = reply.text("api_key");
        assertThat(key).matches("zap_live_00[0-9a-f]{62}").startsWith(reply.text("prefix"));
        assertThat(Instant.parse(reply.text("expires_at")))
            .isCloseTo(Instant.parse(reply.text("created_at")).plusSeconds(3600), within(Duration.ofMinutes(1)));
        Reply one = this.api.get(KEYS + "/" + reply.text("id"), this.first);
        assertThat(one.status()).isEqualTo(200);
        assertThat(one.text("name")).isEqualTo("Billing");
        assertThat(one.at("scopes").toString()).isEqualTo("[\"events:read\",\"inbox:write\"]");
        Reply list = this.api.get(KEYS, this.first);
        assertThat(list.at("keys")).hasSize(2);
        assertThat(list.at("/keys/0/prefix").stringValue()).isEqualTo(this.first.substring(0, 25));
        assertThat(list.at("/keys/0/scopes")).hasSize(7);
        assertThat(list.at("/keys/0/expires_at").isNull()).isTrue();
        assertThat(list.body()).doesNotContain(key).doesNotContain(this.first);
        assertThat(this.api.get("/api/inbox", key).status()).isEqualTo(200);
        assertMissing(this.api.get(KEYS, key), "keys:write");
        assertMissing(this.api.post("/api/events", key, "nonsense"), "events:write");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = { "{}|name", "{'name':''}|name", "{'name':7}|name", "{'name':'a','scopes':[]}|scopes",
                    "{'name':'a','scopes':['events:read','everything']}|scopes[1]",
                    "{'name':'a','scopes':'events:read'}|scopes", "{'name':'a','expires_in':0}|expires_in",
                    "{'name':'a','expires_in':'3600'}|expires_in", "{'name':'a','expires_at':'tomorrow'}|expires_at",
                    "{'name':'a','expires_at':'2020-01-01T00:00:00Z'}|expires_at",
                    "{'name':'a','expires_in':60,'expires_at':'2099-01-01T00:00:00Z'}|expires_at",
                    "{'name':'a','types':[]}|types", "{'name':'a','types':['us*er']}|types[0]",
                    "{'name':'a','endpoint_ids':['x']}|endpoint_ids[0]", "{'name':'a','endpoint_ids':[]}|endpoint_ids",
                    "{'name':'a','endpoint_ids':['0198c0de-5a2f-7c41-9d3e-6b1f0a2c4d5e']}|endpoint_ids" })
    void aWrongMemberIsNamed(String body, String field) {
        Reply reply = make(this.first, body);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.at("/errors/0/field").stringValue()).isEqualTo(field);
    }

    @Test
    void aKeyGivesOnlyWhatItHas() {
        String lesser = made("{'name':'a','scopes':['keys:write','events:read'],'expires_in':3600}");
        assertMissing(make(lesser, "{'name':'b','scopes':['events:read','webhooks:write','secrets:read']}"),
                "webhooks:write", "secrets:read");
        assertMissing(make(lesser, "{'name':'b','expires_in':7200}"), "expires_at");
        Reply made = make(lesser, "{'name':'b'}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.at("scopes").toString()).isEqualTo("[\"events:read\",\"keys:write\"]");
        Instant end = Instant.parse(this.api.get(KEYS + "/" + id(lesser), this.first).text("expires_at"));
        assertThat(Instant.parse(made.text("expires_at"))).isEqualTo(end);
        assertMissing(change(lesser, made.text("id"), "{'scopes':['events:read','events:write']}"), "events:write");
        assertThat(change(lesser, id(this.first), "{'name':'kept its scopes'}").status()).isEqualTo(200);
        String restricted = made("{'name':'c','types':['user.*']}");
        assertThat(make(restricted, "{'name':'d'}").status()).isEqualTo(403);
    }

    @Test
    void aChangeCountsAtOnce() {
        String key = made("{'name':'a'}");
        assertThat(this.api.get("/api/inbox", key).status()).isEqualTo(200);
        Reply changed = change(this.first, id(key), "{'name':'b','scopes':['webhooks:read']}");
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(changed.text("name")).isEqualTo("b");
        assertMissing(this.api.get("/api/inbox", key), "events:read");
        assertThat(this.api.get("/api/webhooks", key).status()).isEqualTo(200);
    }

    @Test
    void aDeletedKeyIsDead() {
        String key = made("{'name':'a'}");
        String id = id(key);
        assertThat(this.api.get("/api/keys", key).status()).isEqualTo(200);
        assertThat(this.api.delete(KEYS + "/" + id, this.first).status()).isEqualTo(204);
        assertThat(this.api.get("/api/keys", key).status()).isEqualTo(401);
        assertThat(this.api.delete(KEYS + "/" + id, this.first).status()).isEqualTo(404);
        assertThat(this.api.get(KEYS + "/" + id, this.first).status()).isEqualTo(404);
        assertThat(this.api.delete(KEYS + "/nonsense", this.first).status()).isEqualTo(400);
    }

    @Test
    void anothersKeyIsNotThere() {
        String others = id(this.first);
        String foreign = this.api.newKey();
        assertThat(this.api.get(KEYS + "/" + others, foreign).status()).isEqualTo(404);
        assertThat(change(foreign, others, "{'name':'mine'}").status()).isEqualTo(404);
        assertThat(this.api.delete(KEYS + "/" + others, foreign).status()).isEqualTo(404);
    }

    @Test
    void theLastKeyThatMakesKeysStays() {
        made("{'name':'ends','expires_in':3600}");
        made("{'name':'reads','scopes':['events:read']}");
        made("{'name':'held','types':['user.*']}");
        String id = id(this.first);
        assertThat(this.api.delete(KEYS + "/" + id, this.first).status()).isEqualTo(409);
        assertThat(change(this.first, id, "{'scopes':['events:read']}").status()).isEqualTo(409);
        assertThat(change(this.first, id, "{'scopes':['keys:write']}").status()).isEqualTo(200);
    }

    @Test
    void ofTwoLastKeysThatDeleteEachOtherOneStays() {
        for (int i = 0; i < 5; i++) {
            String other = made("{'name':'other'}");
            List<String> keys = List.of(this.first, other);
            List<String> ids = List.of(id(other), id(this.first));
            List<Integer> answers = Concurrently.call(2,
                    (client) -> this.api.delete(KEYS + "/" + ids.get(client), keys.get(client)).status());
            assertThat(answers).contains(204).doesNotContain(500, 503);
            this.first = (answers.getFirst() == 204) ? this.first : other;
            assertThat(this.api.get(KEYS, this.first).at("keys")).hasSize(1);
        }
    }

    @Test
    void anOrganizationHasAHundredKeys() {
        this.jdbc
            .sql("""
                    insert into api_keys (key_id, id, organization_id, name, environment, salt, hash, memory_kib, iterations,
                        parallelism, created_at)
                    select left(md5(organization_id::text || n), 16), gen_random_uuid(), organization_id, 'copy', environment,
                        salt, hash, memory_kib, iterations, parallelism, now()
                    from api_keys, generate_series(1, 98) n where key_id = :id
                    """)
            .param("id", this.first.substring(9, 25))
            .update();
        assertThat(this.api.post("/api/keys/rotate", made("{'name':'last'}"), "{\"grace_period_seconds\":60}").status())
            .isEqualTo(200);
        assertThat(make(this.first, "{'name':'one too many'}").status()).isEqualTo(409);
    }

    @Test
    void rotatingReplacesTheCallingKeyAlone() {
        String other = made("{'name':'other'}");
        String restricted = made("{'name':'held','scopes':['events:read'],'types':['user.*'],'expires_in':3600}");
        Reply before = this.api.get(KEYS + "/" + id(restricted), this.first);
        Reply rotated = this.api.post("/api/keys/rotate", restricted, "{\"grace_period_seconds\":60}");
        assertThat(rotated.status()).as(rotated.toString()).isEqualTo(200);
        String renewed = rotated.text("api_key");
        Reply after = this.api.get(KEYS + "/" + id(renewed), this.first);
        for (String handedOn : List.of("name", "scopes", "types", "endpoint_ids", "expires_at")) {
            assertThat(after.at(handedOn)).as(handedOn).isEqualTo(before.at(handedOn));
        }
        Reply old = this.api.get(KEYS + "/" + id(restricted), this.first);
        assertThat(old.text("rotated_at")).isNotEmpty();
        assertThat(Instant.parse(old.text("expires_at")))
            .isCloseTo(Instant.parse(old.text("rotated_at")).plusSeconds(60), within(Duration.ofSeconds(1)));
        for (String key : List.of(this.first, other, restricted, renewed)) {
            assertThat(this.api.get("/api/keys", key).status()).isEqualTo(200);
        }
        assertThat(this.api.post("/api/keys/rotate", restricted, "").status()).isEqualTo(409);
    }

    @Test
    void lastUseIsNotedByTheHour() {
        String used = made("{'name':'used'}");
        String idle = made("{'name':'idle'}");
        assertThat(this.api.get("/api/keys", used).status()).isEqualTo(200);
        this.use.record();
        String noted = this.api.get(KEYS + "/" + id(used), this.first).text("last_used_at");
        assertThat(noted).matches(".*T\\d\\d:00:00Z");
        assertThat(this.api.get(KEYS + "/" + id(idle), this.first).at("last_used_at").isNull()).isTrue();
        this.jdbc.sql("update api_keys set last_used_at = null where id = :id")
            .param("id", UUID.fromString(id(used)))
            .update();
        this.api.get("/api/keys", used);
        this.use.record();
        assertThat(this.api.get(KEYS + "/" + id(used), this.first).at("last_used_at").isNull())
            .as("an hour is noted once")
            .isTrue();
    }

}
