package dev.triggers.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import dev.triggers.database.FenceRepository;
import dev.triggers.key.Access;
import dev.triggers.key.Caller;
import dev.triggers.support.IntegrationTest;
import dev.triggers.time.UuidV7;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@IntegrationTest
class EndpointRepositoryTests {

    private static final CallbackUrl URL = CallbackUrl.parse("url", "https://example.com/hook", false);

    @Autowired
    private EndpointRepository endpoints;

    @Autowired
    private EndpointSettingsRepository settings;

    @Autowired
    private EndpointDirectory directory;

    @Autowired
    private EndpointHealthRepository health;

    @Autowired
    private EndpointRevisionRepository revisions;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private UuidV7 ids;

    private UUID organization = new UUID(0, 0);

    @BeforeEach
    void registerOrganization() {
        this.organization = this.ids.next();
        this.jdbc.sql("insert into organizations values (:id, 'Acme', 'free', now(), now())")
            .param("id", this.organization)
            .update();
    }

    @Test
    void everySettingComesBackAsItWasStored() {
        EndpointSettings settings = new EndpointSettings(URL, "orders", List.of("order.*", "a_b%c\\d"),
                Map.of("Authorization", "Bearer xyz", "X-Team", "blue"), false, true, true, 50,
                List.of(Duration.ofMillis(500), Duration.ofDays(1)));
        UUID id = insert(settings, SignatureScheme.ED25519);
        Endpoint endpoint = found(id);
        assertThat(EndpointSettings.of(endpoint)).isEqualTo(settings);
        assertThat(endpoint.signature()).isEqualTo(SignatureScheme.ED25519);
        assertThat(endpoint.secrets()).hasSize(1);
        assertThat(endpoint.organizationId()).isEqualTo(this.organization);
        assertThat(endpoint.createdAt()).isEqualTo(endpoint.updatedAt());
    }

    @Test
    void absentSettingsStayAbsent() {
        UUID id = insert(EndpointSettings.of(URL), SignatureScheme.HMAC_SHA256);
        assertThat(EndpointSettings.of(found(id))).isEqualTo(EndpointSettings.of(URL));
    }

    @Test
    void neitherSecretsNorHeadersAreReadableInTheDatabase() {
        EndpointSettings settings = new EndpointSettings(URL, null, List.of(), Map.of("Authorization", "Bearer xyz"),
                true, false, false, null, null);
        UUID id = insert(settings, SignatureScheme.HMAC_SHA256);
        String row = this.jdbc
            .sql("select encode(secret, 'escape') || encode(headers, 'escape') from endpoints where id = :id")
            .param("id", id)
            .query(String.class)
            .single();
        assertThat(row).doesNotContain("whsec_", "Authorization", "xyz");
    }

    @Test
    void secretMovedToAnotherEndpointIsRefused() {
        UUID id = insert(EndpointSettings.of(URL), SignatureScheme.HMAC_SHA256);
        UUID other = insert(EndpointSettings.of(URL), SignatureScheme.HMAC_SHA256);
        this.jdbc.sql("update endpoints set secret = (select secret from endpoints where id = :other) where id = :id")
            .param("id", id)
            .param("other", other)
            .update();
        assertThatThrownBy(() -> this.endpoints.find(id)).isInstanceOf(UnreadableSecretException.class)
            .hasMessageContaining("WEBHOOK_SECRET");
    }

    @Test
    void disablingHappensOnceAndIsSeenAtOnce() {
        UUID id = insert(EndpointSettings.of(URL), SignatureScheme.HMAC_SHA256);
        assertThat(this.directory.find(id)).extracting(Endpoint::enabled).isEqualTo(true);
        assertThat(this.endpoints.disable(id, "gone")).isTrue();
        assertThat(this.directory.find(id)).extracting(Endpoint::enabled, Endpoint::disabledReason)
            .containsExactly(false, "gone");
        assertThat(this.endpoints.disable(id, "again")).isFalse();
    }

    @Test
    void deletedEndpointIsNotFoundAndKeepsNoSecret() {
        UUID id = insert(EndpointSettings.of(URL), SignatureScheme.HMAC_SHA256);
        assertThat(this.settings.delete(this.organization, id)).isTrue();
        assertThat(this.endpoints.find(id)).isNull();
        assertThat(this.endpoints.find(this.organization, id)).isNull();
        assertThat(this.settings.countFurther(this.organization)).isZero();
        assertThat(this.endpoints.disable(id, "gone")).isFalse();
        assertThat(this.jdbc.sql("select secret = '' and headers is null and settling from endpoints where id = :id")
            .param("id", id)
            .query(Boolean.class)
            .single()).isTrue();
    }

    @Test
    void replacedSecretSignsUntilTheOverlapEnds() {
        UUID id = insert(EndpointSettings.of(URL), SignatureScheme.HMAC_SHA256);
        SigningSecret old = found(id).secret();
        SigningSecret young = SigningSecret.generate(SignatureScheme.HMAC_SHA256);
        this.settings.replaceSecret(id, young, Duration.ofHours(24));
        assertThat(found(id).secrets()).extracting(SigningSecret::reveal).containsExactly(young.reveal(), old.reveal());
        this.jdbc.sql("update endpoints set previous_secret_expires_at = now() where id = :id")
            .param("id", id)
            .update();
        assertThat(found(id).secrets()).extracting(SigningSecret::reveal).containsExactly(young.reveal());
        assertThat(found(id).previousSecretExpiresAt()).isNull();
    }

    @Test
    void secretReplacedWithoutOverlapIsGone() {
        UUID id = insert(EndpointSettings.of(URL), SignatureScheme.HMAC_SHA256);
        SigningSecret young = SigningSecret.generate(SignatureScheme.ED25519);
        this.settings.replaceSecret(id, young, Duration.ZERO);
        assertThat(found(id).secrets()).extracting(SigningSecret::reveal).containsExactly(young.reveal());
        assertThat(found(id).signature()).isEqualTo(SignatureScheme.ED25519);
    }

    @Test
    void operationalEndpointsAreTheLiveOnesThatAskForIt() {
        insert(EndpointSettings.of(URL), SignatureScheme.HMAC_SHA256);
        EndpointSettings operations = new EndpointSettings(URL, null, List.of(), Map.of(), false, true, false, null,
                null);
        UUID wanted = insert(operations, SignatureScheme.HMAC_SHA256);
        this.settings.delete(this.organization, insert(operations, SignatureScheme.HMAC_SHA256));
        assertThat(this.endpoints.operational(this.organization)).containsExactly(wanted);
    }

    @Test
    void secondDefaultEndpointIsImpossible() {
        this.settings.insert(this.ids.next(), this.organization, true, EndpointSettings.of(URL), secret());
        assertThat(this.endpoints.findDefault(this.organization)).isNotNull();
        assertThatThrownBy(() -> this.settings.insert(this.ids.next(), this.organization, true,
                EndpointSettings.of(URL), secret()))
            .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void numberOfFurtherEndpointsIsBounded() {
        Endpoints changes = new Endpoints(this.endpoints, this.settings, this.revisions, this.health, this.ids,
                new WebhookProperties(null, 2), (organization, action, target, before, after) -> {
                }, new FenceRepository(this.jdbc));
        EndpointSettings settings = EndpointSettings.of(URL);
        changes.create(this.organization, settings, SignatureScheme.HMAC_SHA256);
        Endpoint second = changes.create(this.organization, settings, SignatureScheme.HMAC_SHA256);
        assertThatExceptionOfType(ProblemException.class)
            .isThrownBy(() -> changes.create(this.organization, settings, SignatureScheme.HMAC_SHA256))
            .satisfies((problem) -> assertThat(problem.kind()).isEqualTo(ProblemKind.UNPROCESSABLE));
        assertThat(changes.setDefault(this.organization, URL).endpoint().isDefault()).isTrue();
        changes.delete(caller(), second.id());
        assertThat(changes.create(this.organization, settings, SignatureScheme.HMAC_SHA256).enabled()).isTrue();
    }

    @Test
    void onlyWhatRequestsAreMadeOfMakesARevision() {
        Endpoints changes = new Endpoints(this.endpoints, this.settings, this.revisions, this.health, this.ids,
                new WebhookProperties(null, 2), (organization, action, target, before, after) -> {
                }, new FenceRepository(this.jdbc));
        UUID id = changes.setDefault(this.organization, URL).endpoint().id();
        Endpoint first = found(id);
        changes.setDefault(this.organization, URL);
        assertThat(found(id).revision()).isEqualTo(first.revision());
        changes.setDefault(this.organization, CallbackUrl.stored("https://example.com/other"));
        Endpoint moved = found(id);
        assertThat(moved.revision()).isGreaterThan(first.revision());
        assertThat(this.revisions.find(id, first.revision())).isEqualTo(new EndpointRevision(URL.toString(), List.of(),
                first.secrets().stream().map(SigningSecret::id).toList()));
        assertThat(Objects.requireNonNull(this.revisions.find(id, moved.revision())).url())
            .isEqualTo("https://example.com/other");
    }

    @Test
    void endOfTheOlderOfTwoSecretsLeadsToTheNextRevision() {
        Endpoints changes = new Endpoints(this.endpoints, this.settings, this.revisions, this.health, this.ids,
                new WebhookProperties(null, 2), (organization, action, target, before, after) -> {
                }, new FenceRepository(this.jdbc));
        UUID id = changes.setDefault(this.organization, URL).endpoint().id();
        String old = found(id).secret().id();
        changes.rotateSecret(caller(), id, Duration.ofHours(1));
        Endpoint both = found(id);
        String young = both.secret().id();
        assertThat(Objects.requireNonNull(this.revisions.find(id, both.revision())).secretIds()).containsExactly(young,
                old);
        this.jdbc.sql("update endpoints set previous_secret_expires_at = now() - interval '1 second' where id = :id")
            .param("id", id)
            .update();
        Endpoint one = found(id);
        assertThat(one.revision()).isEqualTo(both.revision() + 1);
        assertThat(Objects.requireNonNull(this.revisions.find(id, one.revision())).secretIds()).containsExactly(young);
        assertThat(this.revisions.secrets(id)).containsOnlyKeys(young, old);
    }

    private Caller caller() {
        return new Caller(this.organization, "Acme", "free", "0123456789abcdef", Access.FULL, false);
    }

    private UUID insert(EndpointSettings settings, SignatureScheme scheme) {
        UUID id = this.ids.next();
        this.settings.insert(id, this.organization, false, settings, SigningSecret.generate(scheme));
        return id;
    }

    private static SigningSecret secret() {
        return SigningSecret.generate(SignatureScheme.HMAC_SHA256);
    }

    private Endpoint found(UUID id) {
        @Nullable Endpoint endpoint = this.endpoints.find(id);
        assertThat(endpoint).isNotNull();
        return Objects.requireNonNull(endpoint);
    }

}
