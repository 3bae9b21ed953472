package dev.triggers.webhook;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

import dev.triggers.database.ServiceSecrets;
import dev.triggers.webhook.SecretCipher.Purpose;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SecretCipherTests {

    private static final UUID ID = UUID.fromString("018f0000-0000-7000-8000-000000000001");

    private final SecretCipher cipher = cipher("a secret of the operator");

    @Property
    void whatWasEncryptedComesBack(@ForAll String text) {
        String encodable = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        byte[] stored = this.cipher.encrypt(ID, Purpose.SECRET, encodable);
        assertThat(this.cipher.decrypt(ID, Purpose.SECRET, stored)).isEqualTo(encodable);
    }

    @Property(tries = 200)
    void anyAlteredBitIsNoticed(@ForAll @IntRange(max = 10_000) int position) {
        byte[] stored = this.cipher.encrypt(ID, Purpose.SECRET, "whsec_abc");
        int bit = position % (stored.length * Byte.SIZE);
        stored[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
        assertUnreadable(this.cipher, ID, Purpose.SECRET, stored);
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 12, 28, 29, 37 })
    void shortenedTextIsNoticed(int length) {
        byte[] stored = this.cipher.encrypt(ID, Purpose.SECRET, "whsec_abc");
        assertUnreadable(this.cipher, ID, Purpose.SECRET, Arrays.copyOf(stored, length));
    }

    @Test
    void anotherServiceSecretDoesNotDecrypt() {
        byte[] stored = this.cipher.encrypt(ID, Purpose.SECRET, "whsec_abc");
        assertUnreadable(cipher("another secret"), ID, Purpose.SECRET, stored);
    }

    @Test
    void sameServiceSecretDecryptsAfterRestart() {
        byte[] stored = this.cipher.encrypt(ID, Purpose.SECRET, "whsec_abc");
        assertThat(cipher("a secret of the operator").decrypt(ID, Purpose.SECRET, stored)).isEqualTo("whsec_abc");
    }

    @Test
    void textOfAnotherEndpointOrPurposeDoesNotDecrypt() {
        byte[] stored = this.cipher.encrypt(ID, Purpose.SECRET, "whsec_abc");
        assertUnreadable(this.cipher, new UUID(1, 1), Purpose.SECRET, stored);
        assertUnreadable(this.cipher, ID, Purpose.HEADERS, stored);
    }

    @Test
    void sameTextNeverLooksTheSame() {
        assertThat(this.cipher.encrypt(ID, Purpose.SECRET, "whsec_abc"))
            .isNotEqualTo(this.cipher.encrypt(ID, Purpose.SECRET, "whsec_abc"));
    }

    private static void assertUnreadable(SecretCipher cipher, UUID id, Purpose purpose, byte[] stored) {
        assertThatExceptionOfType(UnreadableSecretException.class).isThrownBy(() -> cipher.decrypt(id, purpose, stored))
            .withMessageContaining("WEBHOOK_SECRET")
            .withMessageContaining(id.toString());
    }

    private static SecretCipher cipher(String secret) {
        return new SecretCipher(new ServiceSecrets("salt", secret));
    }

}
