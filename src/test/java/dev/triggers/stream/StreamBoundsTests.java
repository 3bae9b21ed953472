package dev.triggers.stream;

import java.util.UUID;

import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How many streams there may be.
 */
class StreamBoundsTests {

    private static final UUID ONE = new UUID(1, 1);

    private static final UUID OTHER = new UUID(2, 2);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final Streams streams = new Streams(new StreamMetrics(this.meters, new StreamMemory(StreamMemory.MOST)), 3,
            2);

    private void assertRefused(UUID organization, ProblemKind kind, String bound) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> this.streams.enter(organization))
            .satisfies((problem) -> {
                assertThat(problem.kind()).isEqualTo(kind);
                assertThat(problem.retryAfter()).isPositive();
            });
        assertThat(this.meters.get("triggers.stream.refused").tag("bound", bound).counter().count()).isEqualTo(1);
    }

    @Test
    void organizationThatHasAllThatItMayHaveIsRefused() throws InterruptedException {
        this.streams.enter(ONE);
        this.streams.enter(ONE);
        assertRefused(ONE, ProblemKind.TOO_MANY_STREAMS, "organization");
        this.streams.enter(OTHER);
        this.streams.leave(ONE);
        this.streams.enter(ONE);
    }

    @Test
    void instanceThatHasAllThatItMayHaveRefuses() throws InterruptedException {
        this.streams.enter(ONE);
        this.streams.enter(ONE);
        this.streams.enter(OTHER);
        assertRefused(OTHER, ProblemKind.UNAVAILABLE, "instance");
        assertThat(this.meters.get("triggers.stream.open").gauge().value()).isEqualTo(3);
        this.streams.leave(ONE);
        this.streams.enter(OTHER);
    }

    @Test
    void instanceThatStopsRefuses() {
        this.streams.close();
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> this.streams.enter(ONE))
            .satisfies((problem) -> assertThat(problem.kind()).isEqualTo(ProblemKind.UNAVAILABLE));
    }

}
