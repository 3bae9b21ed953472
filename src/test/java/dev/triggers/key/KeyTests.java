package dev.triggers.key;

import java.util.UUID;

import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@IntegrationTest
class KeyTests {

    @Autowired
    Api api;

    @Test
    void generatingAKeyShowsItOnce() {
        Reply reply = this.api.post("/api/keys/generate", null, "{\"organization_name\":\"Zoë & Söhne\"}");
        assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
        assertThat(reply.text("api_key")).matches("zap_live_00[0-9a-f]{62}");
        assertThat(UUID.fromString(reply.text("organization_id")).version()).isEqualTo(7);
        assertThat(reply.text("organization_name")).isEqualTo("Zoë & Söhne");
        assertThat(reply.text("tier")).isEqualTo("free");
        assertThat(reply.at("rate_limit_per_minute").intValue()).isEqualTo(100);
        assertThat(reply.text("created_at")).endsWith("Z");
        assertThat(reply.text("message")).isNotEmpty();
        assertThat(reply.text("warning")).isNotEmpty();
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    }

    @ParameterizedTest
    @CsvSource({ "free, 100", "pro, 1000", "business, 10000", "enterprise, 100000" })
    void eachTierHasItsLimit(String tier, int limit) {
        Reply reply = this.api.post("/api/keys/generate", null,
                "{\"org_name\":\"Acme\",\"tier\":\"" + tier + "\",\"unknown\":1}");
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.text("tier")).isEqualTo(tier);
        assertThat(reply.at("rate_limit_per_minute").intValue()).isEqualTo(limit);
    }

    @Test
    void anUnknownTierIsUnprocessable() {
        Reply reply = this.api.post("/api/keys/generate", null, "{\"org_name\":\"Acme\",\"tier\":\"gold\"}");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.at("/errors/0/field").stringValue()).isEqualTo("tier");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = { "{}|organization_name", "{'organization_name':null}|organization_name",
                    "{'organization_name':7}|organization_name", "{'organization_name':['a']}|organization_name",
                    "{'organization_name':''}|organization_name", "{'org_name':'a\\u0000b'}|org_name",
                    "{'org_name':'a\\ud800'}|org_name", "{'organization_name':'a','org_name':'b'}|org_name",
                    "{'org_name':'a','tier':3}|tier" })
    void aWrongMemberIsNamed(String body, String field) {
        Reply reply = this.api.post("/api/keys/generate", null, body.replace('\'', '"'));
        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.text("code")).isEqualTo("validation_error");
        assertThat(reply.at("/errors/0/field").stringValue()).isEqualTo(field);
    }

    @Test
    void aNameHasAtMost255Characters() {
        String longest = "😀".repeat(255);
        assertThat(this.api.post("/api/keys/generate", null, "{\"org_name\":\"" + longest + "\"}").status())
            .isEqualTo(201);
        assertThat(this.api.post("/api/keys/generate", null, "{\"org_name\":\"" + longest + "x\"}").status())
            .isEqualTo(400);
    }

    @Test
    void aKeyShowsItsOrganization() {
        String key = this.api.newKey("Acme", "pro");
        Reply reply = this.api.get("/api/keys", key);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.text("organization_name")).isEqualTo("Acme");
        assertThat(reply.text("tier")).isEqualTo("pro");
        assertThat(reply.at("rate_limit_per_minute").intValue()).isEqualTo(1000);
        assertThat(reply.at("webhook_url").isNull()).isTrue();
        assertThat(reply.text("updated_at")).isEqualTo(reply.text("created_at"));
        assertThat(reply.text("note")).isNotEmpty();
        assertThat(reply.text("api_key_prefix")).isEqualTo(key.substring(0, 25));
        assertThat(reply.body()).doesNotContain(key.substring(25));
    }

    @Test
    void rotatingAKeyEndsTheOldOneAtOnce() {
        String old = this.api.newKey();
        Reply reply = this.api.post("/api/keys/rotate", old, "");
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.text("rotated_at")).endsWith("Z");
        String renewed = reply.text("api_key");
        assertThat(this.api.get("/api/keys", old).status()).isEqualTo(401);
        Reply details = this.api.get("/api/keys", renewed);
        assertThat(details.status()).isEqualTo(200);
        assertThat(details.text("organization_id")).isEqualTo(reply.text("organization_id"));
        assertThat(details.text("updated_at")).isEqualTo(reply.text("rotated_at"));
    }

    @Test
    void withAGracePeriodTheOldKeyWorksOn() {
        String old = this.api.newKey();
        Reply reply = this.api.post("/api/keys/rotate", old, "{\"grace_period_seconds\":3600}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(this.api.get("/api/keys", old).status()).isEqualTo(200);
        assertThat(this.api.get("/api/keys", reply.text("api_key")).status()).isEqualTo(200);
        assertThat(this.api.post("/api/keys/rotate", old, "").status()).isEqualTo(409);
        assertThat(this.api.post("/api/keys/rotate", reply.text("api_key"), "").status()).isEqualTo(200);
        assertThat(this.api.get("/api/keys", old).status()).as("keeps its grace period").isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({ "-1", "86401", "1.5", "'\"60\"'", "true", "99999999999" })
    void aGracePeriodIsNoLongerThanADay(String period) {
        Reply reply = this.api.post("/api/keys/rotate", this.api.newKey(), "{\"grace_period_seconds\":" + period + "}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.at("/errors/0/field").stringValue()).isEqualTo("grace_period_seconds");
    }

}
