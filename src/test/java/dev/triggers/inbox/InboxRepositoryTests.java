package dev.triggers.inbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.triggers.support.Rows;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pages on a real database: where they begin and end.
 */
class InboxRepositoryTests {

    private static final JdbcClient jdbc = Rows.newDatabase();

    private static final Rows rows = new Rows(jdbc);

    private final InboxRepository repository = new InboxRepository(jdbc);

    private final ItemRepository items = new ItemRepository(jdbc);

    private final UUID organization = Rows.newId();

    private InboxSlice find(InboxStatus status, @Nullable String type, @Nullable Direction direction,
            @Nullable InboxCursor cursor, int offset, int limit) {
        return this.repository.find(this.organization,
                InboxQuery.of(status, TypeFilter.parse(type), direction, cursor, offset, limit));
    }

    private static List<UUID> ids(InboxSlice slice) {
        return slice.events().stream().map(EventState::eventId).toList();
    }

    private List<UUID> waiting(int count, String type) {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(rows.waiting(this.organization, type));
        }
        return ids;
    }

    @Test
    void newestComeFirstUnlessAskedOtherwise() {
        List<UUID> ids = waiting(3, "a");
        assertThat(ids(find(InboxStatus.UNDELIVERED, null, null, null, 0, 10))).isEqualTo(ids.reversed());
        assertThat(ids(find(InboxStatus.UNDELIVERED, null, Direction.ASC, null, 0, 10))).isEqualTo(ids);
    }

    @ParameterizedTest
    @EnumSource(names = { "UNDELIVERED", "PENDING", "ALL" })
    void offsetPassesOverMatches(InboxStatus status) {
        List<UUID> ids = waiting(5, "a");
        InboxSlice page = find(status, null, Direction.ASC, null, 2, 2);
        assertThat(ids(page)).isEqualTo(ids.subList(2, 4));
        InboxSlice rest = find(status, null, null, page.next(), 0, 2);
        assertThat(ids(rest)).isEqualTo(ids.subList(4, 5));
        assertThat(rest.next()).isNull();
        assertThat(find(status, null, Direction.ASC, null, 9, 2).isOver()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({ "user.created, user.created", "user.*, user.created|user.deleted|user.*", "user*, user*",
            "user.*x, user.*x", "user, user", "ü.*, ü.ß", "*, user.created|user.deleted|user|user*|user.*|user.*x|ü.ß",
            "User.*, ''" })
    void typesMatchExactlyOrByPrefix(String filter, String expected) {
        for (String type : List.of("user.created", "user.deleted", "user", "user*", "user.*", "user.*x", "ü.ß",
                "users.created", "user/created", "user.createdx")) {
            rows.waiting(this.organization, type);
        }
        Set<String> allowed = new HashSet<>(List.of(expected.split("\\|")));
        if (filter.equals("user.*")) {
            allowed.addAll(Set.of("user.createdx", "user.*x"));
        }
        if (filter.equals("*")) {
            allowed.addAll(Set.of("user.createdx", "users.created", "user/created"));
        }
        allowed.remove("");
        for (InboxStatus status : List.of(InboxStatus.ALL, InboxStatus.PENDING)) {
            List<UUID> found = ids(find(status, filter, null, null, 0, 100));
            assertThat(this.items.texts(this.organization, found).values()).extracting(EventTexts::type)
                .containsExactlyInAnyOrderElementsOf(allowed);
        }
    }

    @Test
    void pageEndsEarlyWhenItsEventsAreLarge() {
        String payload = "\"" + "x".repeat(262_142) + "\"";
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ids.add(rows.event(this.organization, "large", payload));
        }
        List<UUID> seen = new ArrayList<>();
        InboxCursor cursor = null;
        int pages = 0;
        do {
            InboxSlice page = find(InboxStatus.ALL, null, Direction.ASC, cursor, 0, 1000);
            assertThat(page.bytes()).isLessThanOrEqualTo(InboxSlice.MOST_BYTES);
            seen.addAll(ids(page));
            cursor = page.next();
            pages++;
        }
        while (cursor != null);
        assertThat(seen).isEqualTo(ids);
        assertThat(pages).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = { "UNDELIVERED", "ALL", "DELIVERED" })
    void filteredPageLooksAtSoManyRowsAndNamesTheLast(InboxStatus status) {
        UUID oldest = rows.waiting(this.organization, "rare");
        if (status == InboxStatus.DELIVERED) {
            rows.acknowledged(this.organization, oldest, Instant.EPOCH);
        }
        UUID newest = many(status, 10_050);
        InboxSlice first = find(status, "rare", null, null, 1, 10);
        assertThat(first.events()).isEmpty();
        assertThat(first.isOver()).isFalse();
        assertThat(first.next()).isNotNull().satisfies((cursor) -> assertThat(cursor.skip()).isEqualTo(1));
        InboxSlice second = find(status, "rare", null, first.next(), 0, 10);
        assertThat(second.isOver()).as("the offset goes on behind the first page").isTrue();
        assertThat(ids(find(status, "rare", null, find(status, "rare", null, null, 0, 10).next(), 0, 10)))
            .containsExactly(oldest);
        InboxSlice deep = find(status, null, Direction.DESC, null, 10_000, 10);
        assertThat(deep.events()).as("an unfiltered page stays full").hasSize(10);
        assertThat(newest).isNotNull();
    }

    private UUID many(InboxStatus status, int count) {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(Rows.newId());
        }
        String[] array = ids.stream().map(UUID::toString).toArray(String[]::new);
        jdbc.sql("""
                insert into events (organization_id, id, type, payload)
                select :organization, id, 'common', '1' from unnest(:ids::uuid[]) id
                """).param("organization", this.organization).param("ids", array).update();
        jdbc.sql((status == InboxStatus.DELIVERED) ? """
                insert into delivery_attempts (organization_id, event_id, endpoint_id, number, started_at, duration_ms,
                    outcome)
                select :organization, id, id, 1, now(), 1, 'd' from unnest(:ids::uuid[]) id
                """ : """
                insert into event_deliveries (organization_id, event_id, endpoint_id, due_at, remaining)
                select :organization, id, id, now(), 5 from unnest(:ids::uuid[]) id
                """).param("organization", this.organization).param("ids", array).update();
        return ids.getLast();
    }

    @Test
    void anEventWithManyDeliveriesIsListedOnce() {
        UUID event = rows.event(this.organization, "a", "1");
        for (int i = 0; i < 7; i++) {
            rows.parked(this.organization, event, Rows.newId());
            rows.deadLetter(this.organization, event, Rows.newId(), 5);
        }
        for (InboxStatus status : List.of(InboxStatus.UNDELIVERED, InboxStatus.PENDING, InboxStatus.ALL)) {
            InboxSlice page = find(status, null, null, null, 0, 1);
            assertThat(ids(page)).containsExactly(event);
            assertThat(page.next()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void pageStaysFullThoughAcknowledgedEventsAreSentAgain(Direction direction) {
        List<UUID> ids = waiting(9, "a");
        List<UUID> hidden = List.of(ids.get(0), ids.get(4), ids.get(7), ids.get(8));
        hidden.forEach((id) -> {
            rows.acknowledged(this.organization, id, Instant.EPOCH);
            rows.parked(this.organization, id, Rows.newId());
        });
        List<UUID> visible = new ArrayList<>(ids);
        visible.removeAll(hidden);
        List<UUID> expected = (direction == Direction.ASC) ? visible : visible.reversed();
        InboxSlice page = find(InboxStatus.UNDELIVERED, null, direction, null, 0, 3);
        assertThat(ids(page)).isEqualTo(expected.subList(0, 3));
        InboxSlice rest = find(InboxStatus.UNDELIVERED, null, direction, page.next(), 0, 3);
        assertThat(ids(rest)).isEqualTo(expected.subList(3, 5));
        assertThat(rest.next()).isNull();
    }

    @Test
    void otherOrganizationsEventsAreNotListed() {
        UUID event = rows.waiting(Rows.newId(), "a");
        for (InboxStatus status : InboxStatus.values()) {
            assertThat(find(status, null, null, null, 0, 10).isOver()).isTrue();
        }
        assertThat(this.items.texts(this.organization, List.of(event))).isEmpty();
    }

    @Test
    void stateTellsOfTheLatestAttempt() {
        Instant noon = Instant.parse("2026-06-01T12:00:00Z");
        UUID event = rows.event(this.organization, "a", "1");
        UUID one = Rows.newId();
        rows.attempt(this.organization, event, one, 1, 'r', noon.plusSeconds(9));
        rows.attempt(this.organization, event, Rows.newId(), 1, 'd', noon);
        rows.attempt(this.organization, event, one, 2, 'c', noon.plusSeconds(20));
        EventState state = find(InboxStatus.ALL, null, null, null, 0, 1).events().getFirst();
        assertThat(state.responseStatus()).isEqualTo(500);
        assertThat(state.lastError()).isEqualTo("HTTP 500");
        assertThat(state.attempts()).isEqualTo(1);
        assertThat(state.lastAttemptAt()).isEqualTo(noon.plusSeconds(9));
    }

}
