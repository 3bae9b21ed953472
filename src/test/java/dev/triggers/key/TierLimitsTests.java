package dev.triggers.key;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TierLimitsTests {

    @Test
    void nothingSetMeansTheDefaults() {
        TierLimits limits = TierLimits.valueOf("");
        assertThat(limits.find("free")).isEqualTo(100);
        assertThat(limits.find("pro")).isEqualTo(1_000);
        assertThat(limits.find("business")).isEqualTo(10_000);
        assertThat(limits.find("enterprise")).isEqualTo(100_000);
        assertThat(limits.find("gold")).isNull();
    }

    @Test
    void tiersAreChangedAndAdded() {
        TierLimits limits = TierLimits.valueOf(" free=5 , gold = 250000");
        assertThat(limits.find("free")).isEqualTo(5);
        assertThat(limits.find("gold")).isEqualTo(250_000);
        assertThat(limits.find("pro")).isEqualTo(1_000);
        assertThat(limits.names()).containsExactly("business", "enterprise", "free", "gold", "pro");
    }

    @ParameterizedTest
    @ValueSource(strings = { "free", "free=", "=5", "free=0", "free=-1", "free=1.5", "free=x", "free=1;pro=2",
            "free=1,", "Free=1", "free=999999999", "free=99999999999", "a b=1" })
    void anythingElseIsRefused(String changes) {
        assertThatIllegalArgumentException().isThrownBy(() -> TierLimits.valueOf(changes));
    }

}
