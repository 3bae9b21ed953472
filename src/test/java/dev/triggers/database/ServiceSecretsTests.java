package dev.triggers.database;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ServiceSecretsTests {

    private static final String A = "aaaaaaaaaaaaaaaa";

    private static final String B = "bbbbbbbbbbbbbbbb";

    @Test
    void aValueIsItself() {
        assertThat(new ServiceSecrets(A, B).apiKeySalts()).containsExactly(A);
        assertThat(new ServiceSecrets(A, B).webhookSecrets()).containsExactly(B);
    }

    @Test
    void aListHasTheUndividedValueLast() {
        assertThat(new ServiceSecrets(A + ", " + B, A).apiKeySalts()).containsExactly(A, B, A + ", " + B);
    }

    @Test
    void aValueWithAShortPartIsNoList() {
        assertThat(new ServiceSecrets(A, A + ",b").webhookSecrets()).containsExactly(A + ",b");
        assertThat(new ServiceSecrets(A, A + ",").webhookSecrets()).containsExactly(A + ",");
    }

    @Test
    void theyAreNeverShown() {
        assertThat(new ServiceSecrets(A, B).toString()).doesNotContain(A).doesNotContain(B);
    }

}
