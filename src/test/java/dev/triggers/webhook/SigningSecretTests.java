package dev.triggers.webhook;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.triggers.support.Concurrently;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SigningSecretTests {

    private static final String BODY = "{\"id\":\"018f\",\"data\":{\"größe\":1}}";

    private static final String ID = "018f0000-0000-7000-8000-000000000000";

    private static final String TIMESTAMP = Long.toString(Instant.now().getEpochSecond());

    @Test
    void standardWebhooksLibraryVerifiesTheSignature() throws Exception {
        SigningSecret secret = SigningSecret.generate(SignatureScheme.HMAC_SHA256);
        new com.standardwebhooks.Webhook(secret.reveal()).verify(BODY, headers(sign(secret)));
    }

    @Test
    void svixLibraryVerifiesTheSignature() throws Exception {
        SigningSecret secret = SigningSecret.generate(SignatureScheme.HMAC_SHA256);
        new com.svix.Webhook(secret.reveal()).verify(BODY, headers(sign(secret)));
    }

    @Test
    void manySignAtOnceWithOneSecret() throws Exception {
        SigningSecret secret = SigningSecret.generate(SignatureScheme.HMAC_SHA256);
        byte[] key = Base64.getDecoder().decode(secret.reveal().substring("whsec_".length()));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        List<List<String>> signatures = Concurrently.call(16,
                (client) -> IntStream.range(0, 500).mapToObj((n) -> secret.signature(content(client, n))).toList());
        for (int client = 0; client < 16; client++) {
            for (int n = 0; n < 500; n++) {
                assertThat(signatures.get(client).get(n))
                    .isEqualTo("v1," + Base64.getEncoder().encodeToString(mac.doFinal(content(client, n))));
            }
        }
    }

    private static byte[] content(int client, int n) {
        return (ID + "." + client + "." + "x".repeat(n)).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void librariesVerifyEitherSecretWhileBothSign() throws Exception {
        SigningSecret young = SigningSecret.generate(SignatureScheme.HMAC_SHA256);
        SigningSecret old = SigningSecret.generate(SignatureScheme.HMAC_SHA256);
        String both = sign(young) + " " + sign(old);
        for (SigningSecret secret : List.of(young, old)) {
            new com.standardwebhooks.Webhook(secret.reveal()).verify(BODY, headers(both));
            new com.svix.Webhook(secret.reveal()).verify(BODY, headers(both));
        }
    }

    @Test
    void librariesVerifyTheSharedSecretBesideAnAsymmetricSignature() throws Exception {
        SigningSecret young = SigningSecret.generate(SignatureScheme.ED25519);
        SigningSecret old = SigningSecret.generate(SignatureScheme.HMAC_SHA256);
        new com.standardwebhooks.Webhook(old.reveal()).verify(BODY, headers(sign(young) + " " + sign(old)));
        new com.svix.Webhook(old.reveal()).verify(BODY, headers(sign(young) + " " + sign(old)));
    }

    @Test
    void librariesRefuseTheSignatureOfAnotherSecret() {
        SigningSecret secret = SigningSecret.generate(SignatureScheme.HMAC_SHA256);
        String signature = sign(SigningSecret.generate(SignatureScheme.HMAC_SHA256));
        assertThatThrownBy(() -> new com.standardwebhooks.Webhook(secret.reveal()).verify(BODY, headers(signature)))
            .isInstanceOf(com.standardwebhooks.exceptions.WebhookVerificationException.class);
        assertThatThrownBy(() -> new com.svix.Webhook(secret.reveal()).verify(BODY, headers(signature)))
            .isInstanceOf(com.svix.exceptions.WebhookVerificationException.class);
    }

    @Test
    void publicKeyVerifiesTheAsymmetricSignature() throws Exception {
        SigningSecret secret = SigningSecret.generate(SignatureScheme.ED25519);
        assertThat(secret.reveal()).matches("whsk_[A-Za-z0-9+/]{86}==");
        assertThat(secret.publicKey()).matches("whpk_[A-Za-z0-9+/]{43}=");
        String signature = sign(secret);
        assertThat(signature).startsWith("v1a,");
        assertThat(verifies(String.valueOf(secret.publicKey()), signature, content())).isTrue();
        assertThat(verifies(String.valueOf(secret.publicKey()), signature, "other".getBytes(StandardCharsets.UTF_8)))
            .isFalse();
    }

    /** RFC 8032, section 7.1, test 3. */
    @Test
    void asymmetricSignatureIsThatOfTheStandard() {
        HexFormat hex = HexFormat.of();
        byte[] key = hex.parseHex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7"
                + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
        SigningSecret secret = SigningSecret.parse("whsk_" + Base64.getEncoder().encodeToString(key));
        byte[] signature = Base64.getDecoder().decode(secret.signature(hex.parseHex("af82")).substring(4));
        assertThat(hex.formatHex(signature))
            .isEqualTo("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                    + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
    }

    @ParameterizedTest
    @EnumSource
    void secretComesBackFromItsNotation(SignatureScheme scheme) {
        SigningSecret secret = SigningSecret.generate(scheme);
        SigningSecret again = SigningSecret.parse(secret.reveal());
        assertThat(again.scheme()).isEqualTo(scheme);
        assertThat(again.publicKey()).isEqualTo(secret.publicKey());
        assertThat(sign(again)).isEqualTo(sign(secret));
    }

    @ParameterizedTest
    @EnumSource
    void secretIsMaskedAsText(SignatureScheme scheme) {
        SigningSecret secret = SigningSecret.generate(scheme);
        assertThat(secret.toString()).endsWith("_****").hasSizeLessThan(12);
    }

    @Property(tries = 200)
    void publicKeyOfAnyKeyVerifies(@ForAll @Size(min = 1, max = 200) byte[] content) throws Exception {
        SigningSecret secret = SigningSecret.generate(SignatureScheme.ED25519);
        assertThat(verifies(String.valueOf(secret.publicKey()), secret.signature(content), content)).isTrue();
    }

    private static boolean verifies(String publicKey, String signature, byte[] content) throws Exception {
        byte[] raw = Base64.getDecoder().decode(publicKey.substring("whpk_".length()));
        // SubjectPublicKeyInfo
        byte[] prefix = HexFormat.of().parseHex("302a300506032b6570032100");
        byte[] encoded = new byte[prefix.length + raw.length];
        System.arraycopy(prefix, 0, encoded, 0, prefix.length);
        System.arraycopy(raw, 0, encoded, prefix.length, raw.length);
        PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(key);
        verifier.update(content);
        return verifier.verify(Base64.getDecoder().decode(signature.substring("v1a,".length())));
    }

    private static String sign(SigningSecret secret) {
        return secret.signature(content());
    }

    private static byte[] content() {
        return (ID + "." + TIMESTAMP + "." + BODY).getBytes(StandardCharsets.UTF_8);
    }

    private static HttpHeaders headers(String signature) {
        return HttpHeaders.of(Map.of("webhook-id", List.of(ID), "webhook-timestamp", List.of(TIMESTAMP),
                "webhook-signature", List.of(signature)), (name, value) -> true);
    }

}
