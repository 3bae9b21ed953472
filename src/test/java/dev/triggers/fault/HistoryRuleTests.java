package dev.triggers.fault;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.triggers.fault.History.Ack;
import dev.triggers.fault.History.Attempt;
import dev.triggers.fault.History.Disturbance;
import dev.triggers.fault.History.Grant;
import dev.triggers.fault.History.Post;
import dev.triggers.fault.History.Reading;
import dev.triggers.fault.History.Receipt;
import dev.triggers.fault.History.Stored;
import dev.triggers.fault.History.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each rule finds what is against it in a history that is wrong on purpose, in that way
 * and in no other.
 */
class HistoryRuleTests {

    private static final Target PLAIN = new Target("plain", "o", false, 3);

    private static final Target ORDERED = new Target("ordered", "o", true, 3);

    private static final Post FIRST = new Post("o", "one", "1", 10, 20, 201, "a");

    private static final Post SECOND = new Post("o", "two", "2", 30, 40, 201, "b");

    private static final Stored A = new Stored("a", "o", "one", "1");

    private static final Stored B = new Stored("b", "o", "two", "2");

    private static final Receipt TAKEN = new Receipt("a", "plain", 50, 60, 200);

    private static final Receipt OTHER_TAKEN = new Receipt("b", "plain", 55, 65, 200);

    private static final Attempt UNHEARD = new Attempt("a", "plain", 1, 'r', "response_timeout");

    private static final long LONG = Duration.ofMinutes(1).toNanos();

    /** Two events that were posted, and came once each. */
    private static final History RIGHT = History.EMPTY.withTargets(PLAIN)
        .withPosts(FIRST, SECOND)
        .withStored(A, B)
        .withReceipts(TAKEN, OTHER_TAKEN)
        .withAttempts(new Attempt("a", "plain", 1, 'd', null), new Attempt("b", "plain", 1, 'd', null))
        .withReadings(new Reading("o", List.of("b", "a")));

    private static final History LATE = RIGHT.withReceipts(new Receipt("a", "plain", LONG, LONG + 1, 200), OTHER_TAKEN);

    private static final Map<HistoryRule, List<History>> WRONG = Map.ofEntries(
            Map.entry(HistoryRule.ACCEPTED_IS_STORED,
                    List.of(RIGHT.withPosts(FIRST, SECOND, new Post("o", "three", "3", 30, 40, 202, "c")),
                            RIGHT.withPosts(FIRST, SECOND, new Post("o", "two", "3", 50, 60, 409, "b")),
                            RIGHT.withPosts(FIRST, SECOND, new Post("o", "four", "4", 30, 40, 409, null)))),
            Map.entry(HistoryRule.STORED_WAS_POSTED, List.of(RIGHT.withPosts(FIRST))),
            Map.entry(HistoryRule.ONE_ID_PER_DEDUP_ID,
                    List.of(RIGHT.withPosts(FIRST, SECOND, new Post("o", "one", "2", 30, 40, 409, "b")),
                            RIGHT.withStored(A, B, new Stored("c", "o", "one", "1"))
                                .withReceipts(TAKEN, OTHER_TAKEN, new Receipt("c", "plain", 70, 80, 200))
                                .withReadings(new Reading("o", List.of("a", "b", "c"))),
                            RIGHT.withPosts(FIRST, SECOND, new Post("o", "one", "1", 30, 40, 201, "a")))),
            Map.entry(HistoryRule.NOTHING_IS_LOST,
                    List.of(RIGHT.withReceipts(TAKEN),
                            RIGHT.withReceipts(TAKEN, new Receipt("b", "plain", 55, 65, 500)),
                            RIGHT.withReceipts(TAKEN, new Receipt("b", "elsewhere", 55, 65, 200)))),
            Map.entry(HistoryRule.NOTHING_BEGINS_AFTER_ITS_ACKNOWLEDGEMENT,
                    List.of(LATE.withAcks(new Ack("a", 42, 45, 200)),
                            LATE.withAcks(new Ack("a", 42, 45, 200))
                                .withDisturbances(new Disturbance("short", 1, LONG / 2)))),
            Map.entry(HistoryRule.ORDERED_IN_ORDER, List.of(RIGHT.withTargets(ORDERED)
                .withReceipts(new Receipt("b", "ordered", 50, 60, 200), new Receipt("a", "ordered", 70, 80, 200)),
                    RIGHT.withTargets(ORDERED)
                        .withReceipts(new Receipt("a", "ordered", 50, 60, 500),
                                new Receipt("b", "ordered", 70, 80, 200), new Receipt("a", "ordered", 90, 95, 200)))),
            Map.entry(HistoryRule.ATTEMPTS_WITHIN_SCHEDULE, List.of(
                    RIGHT.withAttempts(new Attempt("a", "plain", 4, 'd', null)),
                    RIGHT.withAttempts(new Attempt("a", "plain", 1, 'r', null),
                            new Attempt("a", "plain", 1, 'd', null)),
                    RIGHT.withReceipts(new Receipt("a", "plain", 41, 42, 500), new Receipt("a", "plain", 43, 44, 500),
                            new Receipt("a", "plain", 45, 46, 500), TAKEN, OTHER_TAKEN))),
            Map.entry(HistoryRule.REPEATS_ARE_EXPLAINED, List.of(
                    RIGHT.withReceipts(TAKEN, OTHER_TAKEN, new Receipt("a", "plain", 70, 80, 200)),
                    RIGHT.withReceipts(new Receipt("a", "plain", 45, History.NEVER, 0), TAKEN, OTHER_TAKEN),
                    RIGHT.withReceipts(TAKEN, OTHER_TAKEN, new Receipt("a", "plain", 3 * LONG, 3 * LONG + 1, 200))
                        .withDisturbances(new Disturbance("too late", LONG, 2 * LONG)),
                    RIGHT.withReceipts(TAKEN, OTHER_TAKEN, new Receipt("a", "plain", 70, 80, 200))
                        .withDisturbances(new Disturbance("too early", 1, 49)),
                    RIGHT
                        .withReceipts(TAKEN, OTHER_TAKEN, new Receipt("a", "plain", 70, 80, 200),
                                new Receipt("a", "plain", 90, 95, 200))
                        .withAttempts(UNHEARD))),
            Map.entry(HistoryRule.LOG_IS_EXACT,
                    List.of(RIGHT.withReadings(new Reading("o", List.of("a"))),
                            RIGHT.withReadings(new Reading("o", List.of("a", "b", "a"))),
                            RIGHT.withReadings(new Reading("o", List.of("a", "b", "c"))))),
            Map.entry(HistoryRule.LEASES_ARE_EXCLUSIVE, List
                .of(RIGHT.withGrants(new Grant("a", "worker", 10, 20, 100), new Grant("a", "thief", 30, 40, 200)))));

    static Stream<HistoryRule> rules() {
        return Arrays.stream(HistoryRule.values());
    }

    @ParameterizedTest
    @EnumSource
    void wrongHistoryIsFoundByItsRuleAlone(HistoryRule rule) {
        assertThat(WRONG.get(rule)).as("histories against %s", rule).isNotEmpty().allSatisfy((history) -> {
            assertThat(rule.violations(history)).isNotEmpty();
            assertThat(rules().filter((other) -> other != rule))
                .allSatisfy((other) -> assertThat(other.violations(history)).as("%s", other).isEmpty());
        });
    }

    static List<History> right() {
        return List.of(RIGHT, History.EMPTY,
                // Stored without an answer
                RIGHT.withPosts(FIRST, new Post("o", "two", "2", 30, 40, 0, null)),
                // Answered late, as a duplicate
                RIGHT.withPosts(FIRST, new Post("o", "two", "2", 30, 40, 503, null),
                        new Post("o", "two", "2", 45, 46, 409, "b")),
                // Retried after failures
                RIGHT.withReceipts(new Receipt("a", "plain", 45, 46, 500), TAKEN, OTHER_TAKEN),
                // Answered when nobody waited for it any longer
                RIGHT.withReceipts(TAKEN, OTHER_TAKEN, new Receipt("a", "plain", 70, 80, 200)).withAttempts(UNHEARD),
                // Failed for good
                RIGHT.withReceipts(TAKEN).withAttempts(new Attempt("b", "plain", 3, 'f', null)),
                // Acknowledged before it came
                RIGHT.withReceipts(TAKEN).withAcks(new Ack("b", 42, 45, 200)),
                // Acknowledged when its sender had it already
                RIGHT.withAcks(new Ack("a", 42, 45, 200)),
                // Acknowledged while its sender was frozen
                LATE.withAcks(new Ack("a", 42, 45, 200)).withDisturbances(new Disturbance("freeze", 1, LONG - 1)),
                // Acknowledged while it was under way
                RIGHT.withAcks(new Ack("a", 45, 52, 200)),
                // Not acknowledged
                RIGHT.withAcks(new Ack("a", 42, 45, 503)),
                // Repeated after a disturbance, once more than the schedule has
                RIGHT
                    .withReceipts(TAKEN, OTHER_TAKEN, new Receipt("a", "plain", 61, 62, 500),
                            new Receipt("a", "plain", 63, 64, 500), new Receipt("a", "plain", 70, 80, 200))
                    .withDisturbances(new Disturbance("kill", 58, 59)),
                // In order, although one needed two attempts
                RIGHT.withTargets(ORDERED)
                    .withReceipts(new Receipt("a", "ordered", 50, 60, 500), new Receipt("a", "ordered", 70, 80, 200),
                            new Receipt("b", "ordered", 90, 95, 200)),
                // At the same time, so in any order
                RIGHT.withTargets(ORDERED)
                    .withPosts(FIRST, new Post("o", "two", "2", 15, 25, 201, "b"))
                    .withReceipts(new Receipt("b", "ordered", 50, 60, 200), new Receipt("a", "ordered", 70, 80, 200)),
                // Leased when it was free again, and perhaps before
                RIGHT.withGrants(new Grant("a", "worker", 10, 20, 100), new Grant("a", "next", 90, 110, 200)));
    }

    @ParameterizedTest
    @MethodSource("right")
    void rightHistoryIsAgainstNone(History history) {
        assertThat(rules()).allSatisfy((rule) -> assertThat(rule.violations(history)).as("%s", rule).isEmpty());
    }

    @Test
    void repeatsAreToldWithTheirReason() {
        History history = RIGHT.withReceipts(TAKEN, new Receipt("a", "plain", 70, 80, 200))
            .withDisturbances(new Disturbance("kill", 58, 59));
        assertThat(HistoryRules.repeats(history)).singleElement()
            .satisfies((repeat) -> assertThat(repeat.because()).containsExactly("kill"));
    }

}
