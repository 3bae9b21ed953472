package dev.triggers.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

import dev.triggers.delivery.CircuitRepository.Observation;
import dev.triggers.support.IntegrationTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Inside one transaction the database's clock stands still, so waits are exact.
 */
@IntegrationTest
class CircuitRepositoryTests {

    @Autowired
    private CircuitRepository repository;

    @Autowired
    private DeliveryProperties properties;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private PlatformTransactionManager transactions;

    @Test
    void circuitOpensAtTheTenthFailureInARow() {
        inTransaction((id) -> {
            assertThat(fail(id, 9)).satisfies((change) -> {
                assertThat(change.open()).isFalse();
                assertThat(change.quiet()).isZero();
            });
            assertThat(fail(id, 1)).satisfies((change) -> {
                assertThat(change.wasOpen()).isFalse();
                assertThat(change.open()).isTrue();
                assertThat(change.quiet()).isEqualTo(this.properties.circuitOpen());
            });
        });
    }

    @Test
    void successBetweenFailuresBeginsTheCountAnew() {
        inTransaction((id) -> {
            fail(id, 9);
            succeed(id);
            assertThat(fail(id, 9).open()).isFalse();
        });
    }

    @Test
    void successInTheSameBatchCountsOnlyFailuresAfterIt() {
        inTransaction((id) -> {
            fail(id, 9);
            CircuitChange change = update(new Observation(id, true, 3, false, Duration.ZERO, false));
            assertThat(change.open()).isFalse();
            assertThat(change.consecutiveFailures()).isEqualTo(3);
            assertThat(change.failingFor()).isZero();
        });
    }

    @Test
    void healthyEndpointIsNotWrittenForASuccess() {
        inTransaction((id) -> assertThat(
                this.repository.update(List.of(new Observation(id, true, 0, false, Duration.ZERO, false))))
            .isEmpty());
    }

    @Test
    void failedProbesDoubleTheTimeUntilTheLongest() {
        inTransaction((id) -> {
            List<Duration> quiet = new ArrayList<>();
            quiet.add(fail(id, 10).quiet());
            for (int i = 0; i < 40; i++) {
                quiet.add(update(new Observation(id, false, 1, true, Duration.ZERO, false)).quiet());
            }
            Duration open = this.properties.circuitOpen();
            Duration longest = this.properties.circuitLongest();
            assertThat(quiet).startsWith(open, open.multipliedBy(2), open.multipliedBy(4)).endsWith(longest, longest);
            assertThat(quiet).allSatisfy((time) -> assertThat(time).isLessThanOrEqualTo(longest));
        });
    }

    @Test
    void latecomersOfAnOpenCircuitDoNotProlongIt() {
        inTransaction((id) -> {
            Duration quiet = fail(id, 12).quiet();
            CircuitChange late = fail(id, 30);
            assertThat(late.wasOpen()).isTrue();
            assertThat(late.open()).isTrue();
            assertThat(late.quiet()).isEqualTo(quiet);
        });
    }

    @Test
    void successClosesTheCircuit() {
        inTransaction((id) -> {
            fail(id, 10);
            CircuitChange change = succeed(id);
            assertThat(change.wasOpen()).isTrue();
            assertThat(change.open()).isFalse();
            assertThat(change.quiet()).isZero();
            assertThat(fail(id, 10).quiet()).as("begins with the shortest again")
                .isEqualTo(this.properties.circuitOpen());
        });
    }

    @Test
    void longestTimeThatWasAskedForHolds() {
        inTransaction((id) -> {
            assertThat(update(new Observation(id, false, 1, false, Duration.ofHours(2), true)).quiet())
                .isEqualTo(Duration.ofHours(2));
            assertThat(update(new Observation(id, false, 1, false, Duration.ofMinutes(1), true)).quiet())
                .isEqualTo(Duration.ofHours(2));
        });
    }

    @Test
    void overloadIsBelievedAtItsSecondSign() {
        inTransaction((id) -> {
            Observation overload = new Observation(id, false, 1, false, Duration.ZERO, true);
            assertThat(update(overload).quiet()).isZero();
            assertThat(update(overload).quiet()).isEqualTo(this.properties.firstWait());
        });
    }

    private void inTransaction(Consumer<UUID> test) {
        new TransactionTemplate(this.transactions).executeWithoutResult((status) -> {
            UUID id = UUID.randomUUID();
            this.jdbc.sql("insert into endpoint_health (endpoint_id) values (:id)").param("id", id).update();
            test.accept(id);
            status.setRollbackOnly();
        });
    }

    private CircuitChange fail(UUID id, int times) {
        return update(new Observation(id, false, times, false, Duration.ZERO, false));
    }

    private CircuitChange succeed(UUID id) {
        return update(new Observation(id, true, 0, false, Duration.ZERO, false));
    }

    private CircuitChange update(Observation observation) {
        return this.repository.update(List.of(observation)).getFirst();
    }

}
