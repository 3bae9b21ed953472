package dev.triggers.key;

import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AdminTokenTests {

    private static AdminToken token(String configured) {
        return new AdminToken(new KeyProperties(TierLimits.valueOf(""), KeyEnvironment.LIVE, configured),
                new KeyMetrics(new SimpleMeterRegistry()));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", "anything" })
    void whereThereIsNoTokenNobodyPasses(@Nullable String presented) {
        assertThat(token("").isConfigured()).isFalse();
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> token("").require(presented));
    }

    @Test
    void theRightTokenPasses() {
        token("s3cret").require("s3cret");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", "s3cre", "s3cret ", "S3CRET" })
    void aWrongTokenIsUnauthorized(@Nullable String presented) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> token("s3cret").require(presented))
            .satisfies((problem) -> assertThat(problem.kind()).isEqualTo(ProblemKind.UNAUTHORIZED));
    }

    @Test
    void theTokenIsNeverShown() {
        assertThat(new KeyProperties(TierLimits.valueOf(""), KeyEnvironment.LIVE, "s3cret").toString())
            .doesNotContain("s3cret");
    }

}
