package dev.triggers.key;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import dev.triggers.database.Database;
import dev.triggers.support.Api;
import dev.triggers.support.Instance;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Reply;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@IntegrationTest
class RegistrationTests {

    private static final TierLimits TIERS = TierLimits.valueOf("");

    @Autowired
    RegistrationRepository registrations;

    @Autowired
    Database database;

    private Registration registration(@Nullable RegistrationMode mode, String adminToken) {
        KeyProperties keys = new KeyProperties(TIERS, KeyEnvironment.LIVE, adminToken);
        RegistrationProperties properties = new RegistrationProperties(mode, Set.of());
        return new Registration(properties, keys, this.database,
                new AdminToken(keys, new KeyMetrics(new SimpleMeterRegistry())),
                new ClientAddress(properties, (request) -> null), this.registrations);
    }

    private static MockHttpServletRequest request(@Nullable String adminToken, String address) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(address);
        if (adminToken != null) {
            request.addHeader("X-Admin-Token", adminToken);
        }
        return request;
    }

    /** Of no other test. */
    private static String address() {
        UUID random = UUID.randomUUID();
        return "2001:db8:" + Integer.toHexString((int) random.getMostSignificantBits() & 0xFFFF) + ":"
                + Integer.toHexString((int) random.getLeastSignificantBits() & 0xFFFF) + "::1";
    }

    private @Nullable ProblemKind outcome(RegistrationMode mode, String configured, @Nullable String presented,
            String tier) {
        Registration registration = registration(mode, configured);
        MockHttpServletRequest request = request(presented, address());
        try {
            registration.admit(registration.isOperator(request), tier, request);
            return null;
        }
        catch (ProblemException ex) {
            return ex.kind();
        }
    }

    @ParameterizedTest
    @CsvSource({ "OPEN, '', , pro, ", "OPEN, '', any, pro, ", "OPEN, s3cret, , free, UNAUTHORIZED",
            "OPEN, s3cret, s3cret, pro, ", "OPEN, '', , gold, UNPROCESSABLE", "DEFAULT_TIER, '', , free, ",
            "DEFAULT_TIER, '', any, pro, TIER_NOT_ALLOWED", "DEFAULT_TIER, s3cret, , free, ",
            "DEFAULT_TIER, s3cret, , pro, TIER_NOT_ALLOWED", "DEFAULT_TIER, s3cret, s3cret, pro, ",
            "DEFAULT_TIER, s3cret, wrong, free, UNAUTHORIZED", "DEFAULT_TIER, s3cret, , gold, UNPROCESSABLE",
            "CLOSED, s3cret, , free, UNAUTHORIZED", "CLOSED, s3cret, wrong, free, UNAUTHORIZED",
            "CLOSED, s3cret, s3cret, pro, ", "CLOSED, '', , free, UNAUTHORIZED",
            "CLOSED, '', any, free, UNAUTHORIZED" })
    void theModeDecidesWhoMayRegister(RegistrationMode mode, String configured, @Nullable String presented, String tier,
            @Nullable ProblemKind expected) {
        assertThat(outcome(mode, configured, presented, tier)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({ "true, true, OPEN", "true, false, OPEN", "false, true, CLOSED", "false, false, DEFAULT_TIER" })
    void withoutAModeTheDatabaseSuggestsOne(boolean embedded, boolean adminToken, RegistrationMode mode) {
        assertThat(Registration.suggested(embedded, adminToken)).isEqualTo(mode);
    }

    @Test
    void anAddressRegistersTenTimesAMinute() {
        Registration registration = registration(RegistrationMode.DEFAULT_TIER, "s3cret");
        String network = address();
        for (int i = 0; i < 10; i++) {
            MockHttpServletRequest request = request(null, network + i);
            registration.admit(registration.isOperator(request), "free", request);
        }
        MockHttpServletRequest eleventh = request(null, network + "ff");
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> registration.admit(false, "free", eleventh))
            .satisfies((problem) -> {
                assertThat(problem.kind()).isEqualTo(ProblemKind.RATE_LIMITED);
                assertThat(Objects.requireNonNull(problem.retryAfter()).toSeconds()).isBetween(0L, 6L);
            });
        registration.admit(true, "free", eleventh);
        registration.admit(false, "free", request(null, address()));
        registration(RegistrationMode.OPEN, "").admit(false, "free", eleventh);
    }

    @Test
    void verdictsComeInOrder() {
        try (Instance instance = Instance.start(PostgresServer.newDatabase(),
                Map.of("REGISTRATION", "default_tier", "ADMIN_TOKEN", "s3cret"))) {
            Api api = instance.api();
            assertThat(register(api, "wrong", "nonsense").status()).isEqualTo(401);
            assertThat(register(api, null, "nonsense").status()).isEqualTo(400);
            assertThat(register(api, null, "{\"org_name\":\"a\",\"tier\":\"gold\"}").status()).isEqualTo(422);
            Reply refused = register(api, null, "{\"org_name\":\"a\",\"tier\":\"pro\"}");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text("code")).isEqualTo("tier_not_allowed");
            assertThat(register(api, "s3cret", "{\"org_name\":\"a\",\"tier\":\"pro\"}").status()).isEqualTo(201);
            Reply service = api.get("/api/service", null);
            assertThat(service.text("registration")).isEqualTo("default_tier");
            assertThat(service.text("default_tier")).isEqualTo("free");
            assertThat(service.text("cell")).isEqualTo("00");
            for (int i = 0; i < 10; i++) {
                assertThat(register(api, null, "{\"org_name\":\"a\"}").status()).isEqualTo(201);
            }
            Reply limited = register(api, null, "{\"org_name\":\"a\"}");
            assertThat(limited.status()).isEqualTo(429);
            assertThat(Integer.parseInt(String.valueOf(limited.header("Retry-After")))).isBetween(1, 6);
            String key = register(api, "s3cret", "{\"org_name\":\"a\"}").text("api_key");
            Reply link = api.post("/api/portal/sessions", key, "");
            assertThat(link.status()).isEqualTo(409);
            assertThat(link.text("code")).isEqualTo("public_url_not_set");
        }
    }

    @Test
    void behindProxiesTheClientsNetworkCounts() {
        try (Instance instance = Instance.start(PostgresServer.newDatabase(),
                Map.of("REGISTRATION", "default_tier", "TRUSTED_PROXIES", "127.0.0.0/8,::1/128"))) {
            Api api = instance.api();
            for (int i = 0; i < 10; i++) {
                // What the client says of itself stands further left
                assertThat(registerFrom(api, "198.51.100." + i + ", 2001:db8:1:2:" + i + "::1").status())
                    .isEqualTo(201);
            }
            assertThat(registerFrom(api, "198.51.100.99, 2001:db8:1:2:ffff::1").status()).isEqualTo(429);
            assertThat(registerFrom(api, "198.51.100.0, 2001:db8:1:3::1").status()).isEqualTo(201);
        }
    }

    private static Reply registerFrom(Api api, String forwardedFor) {
        return Api.patiently(() -> api.send(api.request("/api/keys/generate", null)
            .POST(BodyPublishers.ofString("{\"org_name\":\"a\"}"))
            .header("X-Forwarded-For", forwardedFor)));
    }

    private static Reply register(Api api, @Nullable String token, String body) {
        return Api.patiently(() -> {
            var request = api.request("/api/keys/generate", null).POST(BodyPublishers.ofString(body));
            return api.send((token != null) ? request.header("X-Admin-Token", token) : request);
        });
    }

}
