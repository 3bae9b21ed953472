package dev.triggers.inbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import dev.triggers.support.Rows;
import dev.triggers.time.UuidV7;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Walks along cursors: whatever the page sizes, every event that stood at the start comes
 * exactly once, in order, also while others arrive.
 */
class InboxWalkTests {

    private static final JdbcClient jdbc = Rows.newDatabase();

    private static final Rows rows = new Rows(jdbc);

    private final InboxRepository repository = new InboxRepository(jdbc);

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void everyEventThatStoodAtTheStartComesExactlyOnce(@ForAll @IntRange(max = 40) int count,
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 15) Integer> sizes,
            @ForAll Direction direction, @ForAll WalkedStatus status, @ForAll boolean filtered, @ForAll long seed) {
        Random random = new Random(seed);
        UUID organization = Rows.newId();
        List<UUID> standing = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            UUID id = tied(random);
            write(organization, id, "user.created", random);
            standing.add(id);
            if (filtered && random.nextBoolean()) {
                write(organization, tied(random), "order.paid", random);
            }
        }
        TypeFilter type = filtered ? TypeFilter.parse("user.*") : null;
        List<UUID> seen = new ArrayList<>();
        List<UUID> arrived = new ArrayList<>();
        InboxCursor cursor = null;
        int page = 0;
        do {
            int size = sizes.get(page % sizes.size());
            InboxSlice slice = this.repository.find(organization,
                    InboxQuery.of(status.status, type, direction, cursor, 0, size));
            assertThat(slice.events()).hasSizeLessThanOrEqualTo(size);
            slice.events().forEach((event) -> seen.add(event.eventId()));
            cursor = (slice.next() != null) ? InboxCursor.parse(slice.next().text()) : null;
            for (int i = random.nextInt(3); i > 0 && page < 30; i--) {
                UUID id = Rows.newId();
                write(organization, id, "user.created", random);
                arrived.add(id);
            }
            page++;
        }
        while (cursor != null);
        assertThat(seen).doesNotHaveDuplicates();
        List<UUID> expected = new ArrayList<>(standing);
        Collections.sort(expected, InboxWalkTests::unsigned);
        List<UUID> old = new ArrayList<>(seen);
        old.removeAll(arrived);
        assertThat(old).isEqualTo((direction == Direction.ASC) ? expected : expected.reversed());
    }

    @Property(tries = 30, shrinking = ShrinkingMode.OFF)
    void offsetAndCursorTogetherAreTheListWithoutItsBeginning(@ForAll @IntRange(max = 25) int count,
            @ForAll @IntRange(max = 30) int offset, @ForAll @IntRange(min = 1, max = 9) int size,
            @ForAll Direction direction) {
        UUID organization = Rows.newId();
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(rows.waiting(organization, "a"));
        }
        List<UUID> expected = (direction == Direction.ASC) ? ids : ids.reversed();
        List<UUID> seen = new ArrayList<>();
        InboxCursor cursor = null;
        do {
            InboxSlice slice = this.repository.find(organization,
                    InboxQuery.of(InboxStatus.UNDELIVERED, null, direction, cursor, offset, size));
            slice.events().forEach((event) -> seen.add(event.eventId()));
            cursor = slice.next();
        }
        while (cursor != null);
        assertThat(seen).isEqualTo(expected.subList(Math.min(offset, count), count));
    }

    /** Many in the same millisecond, a while ago. */
    private static UUID tied(Random random) {
        Instant past = UuidV7.instant(Rows.newId()).minusSeconds(60).plusMillis(random.nextInt(3));
        return new UUID(UuidV7.floor(past).getMostSignificantBits() | 0x7000 | random.nextInt(0x1000),
                (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L);
    }

    /** In a way that each of the walked statuses lists it. */
    private static void write(UUID organization, UUID id, String type, Random random) {
        rows.event(organization, id, type, null, "1");
        switch (random.nextInt(3)) {
            case 0 -> rows.parked(organization, id, Rows.NO_ENDPOINT);
            case 1 -> rows.deadLetter(organization, id, Rows.newId(), 5);
            default -> {
                rows.parked(organization, id, Rows.newId());
                rows.deadLetter(organization, id, Rows.newId(), 5);
                rows.deadLetter(organization, id, Rows.newId(), 5);
            }
        }
    }

    private static int unsigned(UUID one, UUID other) {
        int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return (high != 0) ? high
                : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
    }

    enum WalkedStatus {

        UNDELIVERED(InboxStatus.UNDELIVERED), ALL(InboxStatus.ALL);

        private final InboxStatus status;

        WalkedStatus(InboxStatus status) {
            this.status = status;
        }

    }

}
