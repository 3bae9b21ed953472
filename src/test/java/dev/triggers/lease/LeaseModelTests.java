package dev.triggers.lease;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import dev.triggers.database.FenceRepository;
import dev.triggers.inbox.ItemRepository;
import dev.triggers.inbox.TypeFilter;
import dev.triggers.key.EventTypes;
import dev.triggers.lease.Leasing.Round;
import dev.triggers.support.Rows;
import dev.triggers.time.UuidV7;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever consumers do, in whatever order: nobody gets what another holds, and whoever
 * gets nothing could have got nothing. Two instances, each with what it remembers.
 */
class LeaseModelTests {

    private static final String[] TYPES = { "user.created", "order.paid" };

    private static final JdbcClient jdbc = Rows.newDatabase();

    private static final Rows rows = new Rows(jdbc);

    private final LeaseRepository leases = new LeaseRepository(jdbc, new FenceRepository(jdbc));

    private final Leasing leasing = new Leasing(this.leases, new ItemRepository(jdbc), new UuidV7(Clock.systemUTC()));

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void nobodyGetsWhatAnotherHoldsAndNothingIsForgotten(@ForAll @IntRange(min = 10, max = 60) int steps,
            @ForAll long seed) {
        Random random = new Random(seed);
        Model model = new Model(Rows.newId());
        for (int i = 0; i < steps; i++) {
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> model.post(random);
                case 3, 4, 5 -> lease(model, random);
                case 6 -> model.acknowledge(random);
                case 7 -> model.letRunOut(random);
                case 8 -> release(model, random);
                default -> model.settle(random);
            }
        }
        model.letAllRunOut();
        Set<UUID> left = model.available(null, Integer.MAX_VALUE);
        Set<UUID> drained = new HashSet<>();
        List<UUID> got;
        do {
            got = leaseAll(model, new LeaseFilter(model.organization, null, Integer.MAX_VALUE), 7, 0);
            drained.addAll(got);
        }
        while (!got.isEmpty());
        assertThat(drained).isEqualTo(left);
    }

    private void lease(Model model, Random random) {
        String type = random.nextBoolean() ? null : TYPES[random.nextInt(TYPES.length)];
        int maxReceives = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(3);
        LeaseFilter filter = new LeaseFilter(model.organization, TypeFilter.parse(type), maxReceives);
        Set<UUID> available = model.available(type, maxReceives);
        List<UUID> got = leaseAll(model, filter, 1 + random.nextInt(5), random.nextInt(2));
        assertThat(available).containsAll(got);
        if (got.isEmpty()) {
            assertThat(available).isEmpty();
        }
    }

    /** As long as a round finds nothing, and says that it did not look everywhere. */
    private List<UUID> leaseAll(Model model, LeaseFilter filter, int limit, int instance) {
        LeaseRequest request = new LeaseRequest(filter, limit, Duration.ofHours(1), Duration.ZERO, null);
        Round round;
        do {
            Position from = model.positions.get(instance).getOrDefault(filter, Position.start());
            round = this.leasing.lease(request, from, (bytes) -> true);
            model.positions.get(instance).put(filter, round.next());
        }
        while (round.answer().isEmpty() && round.more());
        List<UUID> got = new ArrayList<>();
        for (LeasedItem item : round.answer().events()) {
            Event event = model.get(item.item().id());
            assertThat(item.receives()).isEqualTo(++event.receives);
            event.lease = round.answer().leaseId();
            got.add(event.id);
        }
        assertThat(got).hasSizeLessThanOrEqualTo(limit).isSorted();
        return got;
    }

    private void release(Model model, Random random) {
        UUID lease = model.anyLease(random);
        if (lease != null) {
            List<Event> held = model.events.values().stream().filter((event) -> lease.equals(event.lease)).toList();
            int released = random.nextBoolean()
                    ? this.leases.release(model.organization, EventTypes.EVERY, lease, Duration.ZERO, Rows.newId())
                        .events()
                    : this.leases
                        .release(model.organization, EventTypes.EVERY, held.stream().map((event) -> event.id).toList(),
                                Duration.ZERO, Rows.newId())
                        .events();
            assertThat(released).isEqualTo(held.size());
            held.forEach((event) -> event.lease = null);
            assertThat(this.leases.extend(model.organization, EventTypes.EVERY, lease, Duration.ofHours(1))).isNull();
        }
    }

    /** What should be so. */
    private static final class Model {

        private final Map<UUID, Event> events = new HashMap<>();

        private final List<Map<LeaseFilter, Position>> positions = List.of(new HashMap<>(), new HashMap<>());

        private final UUID organization;

        Model(UUID organization) {
            this.organization = organization;
        }

        Event get(UUID id) {
            Event event = this.events.get(id);
            assertThat(event).isNotNull();
            return event;
        }

        /** Sometimes with an id older than those that are there. */
        void post(Random random) {
            for (int i = random.nextInt(6); i >= 0; i--) {
                UUID newest = Rows.newId();
                UUID id = (random.nextInt(4) > 0) ? newest : new UUID(
                        UuidV7.floor(Instant.now().minusMillis(random.nextInt(60_000))).getMostSignificantBits(),
                        newest.getLeastSignificantBits());
                String type = TYPES[random.nextInt(TYPES.length)];
                rows.event(this.organization, id, type, null, "1");
                if (random.nextInt(4) > 0) {
                    rows.parked(this.organization, id, Rows.NO_ENDPOINT);
                }
                else {
                    rows.deadLetter(this.organization, id, Rows.newId(), 5);
                }
                this.events.put(id, new Event(id, type));
            }
        }

        void acknowledge(Random random) {
            Event event = any(random);
            if (event != null && !event.acknowledged) {
                event.acknowledged = true;
                event.lease = null;
                remove("event_deliveries", event.id);
                remove("dead_letters", event.id);
                remove("leased_events", event.id);
                rows.acknowledged(this.organization, event.id, Instant.now());
            }
        }

        /** Delivered, or opened again by a redelivery. */
        void settle(Random random) {
            Event event = any(random);
            if (event != null && event.open) {
                remove("event_deliveries", event.id);
                remove("dead_letters", event.id);
                event.open = false;
            }
            else if (event != null) {
                rows.delivery(this.organization, event.id, Rows.newId(), Instant.now(), 1);
                event.open = true;
            }
        }

        void letRunOut(Random random) {
            UUID lease = anyLease(random);
            if (lease != null) {
                jdbc.sql("update inbox_leases set leased_until = now() - interval '1 second' where id = :id")
                    .param("id", lease)
                    .update();
                this.events.values().stream().filter((event) -> lease.equals(event.lease)).forEach((event) -> {
                    event.lease = null;
                });
            }
        }

        void letAllRunOut() {
            jdbc.sql("update inbox_leases set leased_until = now() - interval '1 second' where organization_id = :id")
                .param("id", this.organization)
                .update();
            this.events.values().forEach((event) -> event.lease = null);
        }

        private static void remove(String table, UUID eventId) {
            jdbc.sql("delete from " + table + " where event_id = :id").param("id", eventId).update();
        }

        private @Nullable Event any(Random random) {
            List<UUID> ids = new ArrayList<>(this.events.keySet());
            Collections.sort(ids);
            return ids.isEmpty() ? null : this.events.get(ids.get(random.nextInt(ids.size())));
        }

        private @Nullable UUID anyLease(Random random) {
            List<UUID> held = this.events.values()
                .stream()
                .map((event) -> event.lease)
                .filter((lease) -> lease != null)
                .sorted()
                .distinct()
                .toList();
            return held.isEmpty() ? null : held.get(random.nextInt(held.size()));
        }

        Set<UUID> available(@Nullable String type, int maxReceives) {
            Set<UUID> ids = new HashSet<>();
            for (Event event : this.events.values()) {
                if (event.open && !event.acknowledged && event.lease == null && event.receives < maxReceives
                        && (type == null || type.equals(event.type))) {
                    ids.add(event.id);
                }
            }
            return ids;
        }

    }

    private static final class Event {

        private final UUID id;

        private final String type;

        private @Nullable UUID lease;

        private int receives;

        private boolean open = true;

        private boolean acknowledged;

        Event(UUID id, String type) {
            this.id = id;
            this.type = type;
        }

    }

}
