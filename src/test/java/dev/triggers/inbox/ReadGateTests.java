package dev.triggers.inbox;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

class ReadGateTests {

    private final ReadGate gate = new ReadGate(1, 1);

    @Test
    void whoFindsNoPlaceIsToldToComeAgain() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        CompletableFuture<String> first = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                first.complete(this.gate.read(() -> {
                    entered.countDown();
                    await().until(() -> over.getCount() == 0);
                    return "read";
                }));
            }
            catch (InterruptedException ex) {
                first.completeExceptionally(ex);
            }
        });
        entered.await();
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> this.gate.read(() -> "late"))
            .satisfies((problem) -> {
                assertThat(problem.kind()).isEqualTo(ProblemKind.UNAVAILABLE);
                assertThat(problem.retryAfter()).isPositive();
            });
        over.countDown();
        assertThat(first.get()).isEqualTo("read");
        assertThat(this.gate.read(() -> "next")).isEqualTo("next");
    }

    @Test
    void failedReadGivesItsPlaceBack() throws Exception {
        assertThatIllegalStateException().isThrownBy(() -> this.gate.read(() -> {
            throw new IllegalStateException();
        }));
        assertThat(this.gate.read(() -> "next")).isEqualTo("next");
    }

}
