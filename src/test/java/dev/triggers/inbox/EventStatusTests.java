package dev.triggers.inbox;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import dev.triggers.support.Rows;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static dev.triggers.inbox.InboxStatus.ALL;
import static dev.triggers.inbox.InboxStatus.DELIVERED;
import static dev.triggers.inbox.InboxStatus.FAILED;
import static dev.triggers.inbox.InboxStatus.PENDING;
import static dev.triggers.inbox.InboxStatus.RETRYING;
import static dev.triggers.inbox.InboxStatus.UNDELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which status follows from what is stored of an event, and which listings show it.
 */
class EventStatusTests {

    private static final JdbcClient jdbc = Rows.newDatabase();

    private static final Rows rows = new Rows(jdbc);

    private static final UUID ONE = Rows.newId();

    private static final UUID TWO = Rows.newId();

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final InboxRepository repository = new InboxRepository(jdbc);

    static Stream<Case> cases() {
        return Stream.of( //
                new Case("waits for a webhook", (event) -> event.parked(Rows.NO_ENDPOINT), "pending", 0,
                        Set.of(UNDELIVERED, PENDING)),
                new Case("due", (event) -> event.open(ONE, 0), "pending", 0, Set.of(UNDELIVERED, PENDING)),
                new Case("backs off", (event) -> event.tried(ONE, 1, 'r').open(ONE, 1), "pending", 1,
                        Set.of(UNDELIVERED, PENDING, RETRYING)),
                new Case("delivered", (event) -> event.tried(ONE, 1, 'd'), "delivered", 1, Set.of(DELIVERED)),
                new Case("delivered at last", (event) -> event.tried(ONE, 1, 'r').tried(ONE, 2, 'd'), "delivered", 2,
                        Set.of(DELIVERED)),
                new Case("failed", (event) -> event.tried(ONE, 1, 'r').tried(ONE, 2, 'f').dead(ONE, 2), "failed", 2,
                        Set.of(UNDELIVERED, FAILED)),
                new Case("delivered here, due there", (event) -> event.tried(ONE, 1, 'd').open(TWO, 0), "pending", 1,
                        Set.of(UNDELIVERED, PENDING, RETRYING)),
                new Case("failed here, due there", (event) -> event.tried(ONE, 3, 'f').dead(ONE, 3).open(TWO, 0),
                        "pending", 3, Set.of(UNDELIVERED, PENDING, RETRYING)),
                new Case("delivered here, failed there",
                        (event) -> event.tried(ONE, 1, 'd').tried(TWO, 2, 'f').dead(TWO, 2), "failed", 2,
                        Set.of(UNDELIVERED, FAILED)),
                new Case("delivered here, cancelled there", (event) -> event.tried(ONE, 1, 'd').tried(TWO, 1, 'c'),
                        "delivered", 1, Set.of(DELIVERED)),
                new Case("cancelled after attempts, waits again",
                        (event) -> event.tried(ONE, 1, 'r').tried(ONE, 2, 'c').parked(Rows.NO_ENDPOINT), "pending", 1,
                        Set.of(UNDELIVERED, PENDING, RETRYING)),
                new Case("cancelled untried, waits again", (event) -> event.tried(ONE, 1, 'c').parked(Rows.NO_ENDPOINT),
                        "pending", 0, Set.of(UNDELIVERED, PENDING)),
                new Case("acknowledged untried", (event) -> event.acknowledged(), "delivered", 0, Set.of(DELIVERED)),
                new Case("acknowledged while retrying", (event) -> event.tried(ONE, 1, 'r').acknowledged(), "delivered",
                        1, Set.of(DELIVERED)),
                new Case("acknowledged, redelivery runs",
                        (event) -> event.tried(ONE, 1, 'd').acknowledged().open(ONE, 1), "delivered", 1,
                        Set.of(DELIVERED)),
                new Case("acknowledged, redelivery failed",
                        (event) -> event.tried(ONE, 2, 'f').acknowledged().dead(ONE, 2), "delivered", 2,
                        Set.of(DELIVERED)),
                new Case("redelivered after failure", (event) -> event.tried(ONE, 5, 'f').open(ONE, 5), "pending", 5,
                        Set.of(UNDELIVERED, PENDING, RETRYING)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void statusFollowsFromWhatIsStored(Case given) {
        UUID organization = Rows.newId();
        UUID event = rows.event(organization, "user.created", "{}");
        given.rows().write(new Writer(organization, event));
        for (InboxStatus status : InboxStatus.values()) {
            for (Direction direction : Direction.values()) {
                for (TypeFilter type : new TypeFilter[] { null, TypeFilter.parse("user.*") }) {
                    List<EventState> listed = this.repository
                        .find(organization, InboxQuery.of(status, type, direction, null, 0, 10))
                        .events();
                    boolean expected = status == ALL || given.listed().contains(status);
                    assertThat(listed).as("%s %s %s", status, direction, type).hasSize(expected ? 1 : 0);
                    assertThat(listed).allSatisfy((state) -> {
                        assertThat(state.eventId()).isEqualTo(event);
                        assertThat(state.status()).isEqualTo(given.status());
                        assertThat(state.attempts()).isEqualTo(given.attempts());
                    });
                }
            }
        }
    }

    record Case(String name, Written rows, String status, int attempts, Set<InboxStatus> listed) {

        @Override
        public String toString() {
            return this.name;
        }

    }

    @FunctionalInterface
    interface Written {

        void write(Writer event);

    }

    record Writer(UUID organization, UUID event) {

        Writer parked(UUID endpoint) {
            rows.parked(this.organization, this.event, endpoint);
            return this;
        }

        Writer open(UUID endpoint, int attempts) {
            rows.delivery(this.organization, this.event, endpoint, NOON, attempts);
            return this;
        }

        Writer dead(UUID endpoint, int attempts) {
            rows.deadLetter(this.organization, this.event, endpoint, attempts);
            return this;
        }

        Writer tried(UUID endpoint, int number, char outcome) {
            rows.attempt(this.organization, this.event, endpoint, number, outcome, NOON.plusSeconds(number));
            return this;
        }

        Writer acknowledged() {
            rows.acknowledged(this.organization, this.event, NOON.plusSeconds(60));
            return this;
        }

    }

}
