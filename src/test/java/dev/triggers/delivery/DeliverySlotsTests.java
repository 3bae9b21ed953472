package dev.triggers.delivery;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeliverySlotsTests {

    private static final OffsetDateTime LEASE = OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    @Test
    void endpointFillsAQuarterAndAnOrganizationHalfOfWhatTheOthersLeave() {
        DeliverySlots slots = new DeliverySlots(256, 1 << 30);
        assertThat(fill(slots, 1, 1)).isEqualTo(64);
        assertThat(fill(slots, 1, 2)).as("a second endpoint: a quarter of the 192 that are left").isEqualTo(48);
        for (int endpoint = 3; endpoint < 200; endpoint++) {
            fill(slots, 1, endpoint);
        }
        assertThat(slots.busy()).as("all endpoints of an organization").isEqualTo(128);
        assertThat(fill(slots, 2, 1_000)).as("somebody else").isEqualTo(32);
    }

    @Test
    void lastPlaceIsForWhoHasNone() {
        DeliverySlots slots = new DeliverySlots(4, 1 << 30);
        assertThat(fill(slots, 1, 1)).isEqualTo(1);
        assertThat(fill(slots, 2, 2)).isEqualTo(1);
        assertThat(fill(slots, 3, 3)).isEqualTo(1);
        assertThat(fill(slots, 1, 1)).isZero();
        assertThat(fill(slots, 4, 4)).isEqualTo(1);
        assertThat(fill(slots, 5, 5)).isZero();
    }

    @Test
    void bytesAreSharedLikePlaces() {
        DeliverySlots slots = new DeliverySlots(1_000, 8_000);
        int taken = 0;
        while (slots.tryAcquire(delivery(1, 1, 500))) {
            taken++;
        }
        assertThat(taken).as("a quarter of the bytes").isEqualTo(4);
        assertThat(slots.tryAcquire(delivery(2, 2, 2_000))).isTrue();
        assertThat(slots.tryAcquire(delivery(3, 3, 4_000))).as("more than its share, but its only one").isTrue();
        assertThat(slots.tryAcquire(delivery(4, 4, 1))).isFalse();
    }

    @Test
    void largerThanEverythingIsLetThroughWhenItIsAlone() {
        DeliverySlots slots = new DeliverySlots(4, 100);
        Delivery large = delivery(1, 1, 1_000);
        assertThat(slots.tryAcquire(large)).isTrue();
        assertThat(slots.tryAcquire(delivery(2, 2, 1))).isFalse();
        slots.release(large);
        assertThat(slots.tryAcquire(delivery(2, 2, 1))).isTrue();
    }

    @Property(tries = 300)
    void totalsAreNeverExceededAndNothingLeaks(@ForAll @IntRange(min = 4, max = 300) int total,
            @ForAll @IntRange(min = 1, max = 12) int endpoints, @ForAll long seed) {
        Random random = new Random(seed);
        int bytes = 50_000;
        DeliverySlots slots = new DeliverySlots(total, bytes);
        List<Delivery> held = new ArrayList<>();
        for (int step = 0; step < 500; step++) {
            if (random.nextInt(3) > 0) {
                int endpoint = random.nextInt(endpoints);
                Delivery delivery = delivery(endpoint % 3, endpoint, random.nextInt(5_000));
                int room = slots.room(delivery.organizationId(), delivery.endpointId());
                if (slots.tryAcquire(delivery)) {
                    assertThat(room).isPositive();
                    held.add(delivery);
                }
            }
            else if (!held.isEmpty()) {
                slots.release(held.remove(random.nextInt(held.size())));
            }
            assertThat(slots.busy()).isEqualTo(held.size()).isLessThanOrEqualTo(total);
            assertThat(slots.busyBytes()).isEqualTo(held.stream().mapToLong(Delivery::size).sum())
                .isLessThanOrEqualTo(bytes);
            assertThat(slots.free()).isEqualTo(total - held.size());
        }
        held.forEach(slots::release);
        assertThat(slots.busy()).isZero();
        assertThat(slots.busyBytes()).isZero();
        assertThat(slots.endpointRooms()).isEmpty();
        assertThat(slots.organizationRooms()).isEmpty();
    }

    @Property(tries = 200)
    void whoeverFillsWhatTheyCanLeavesRoomForANewcomer(@ForAll @IntRange(min = 4, max = 300) int total,
            @ForAll @IntRange(min = 1, max = 20) int endpoints) {
        DeliverySlots slots = new DeliverySlots(total, 1 << 30);
        for (int endpoint = 0; endpoint < endpoints; endpoint++) {
            fill(slots, 1, endpoint);
        }
        UUID newcomer = id(1_000);
        assertThat(slots.room(newcomer, newcomer)).as("for another organization").isPositive();
        assertThat(slots.defaultRoom()).isPositive();
    }

    private static int fill(DeliverySlots slots, int organization, int endpoint) {
        int taken = 0;
        while (slots.tryAcquire(delivery(organization, endpoint, 1))) {
            taken++;
        }
        return taken;
    }

    private static Delivery delivery(int organization, int endpoint, int size) {
        return new Delivery(id(organization), UUID.randomUUID(), id(10_000 + endpoint), LEASE, 0, 5, "order.paid", null,
                size, false, null, 0);
    }

    private static UUID id(int number) {
        return new UUID(7, number);
    }

}
