package dev.triggers.delivery;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

import dev.triggers.settings.MemoryProperties;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What may wait for room, and how it comes out again.
 */
class DeliveryQueueTests {

    private static final UUID ENDPOINT = new UUID(1, 1);

    private final DeliveryQueue queue = new DeliveryQueue(new MemoryProperties(1));

    private final DeliverySlots slots = new DeliverySlots(8, 1024 * 1024);

    private static Delivery delivery(UUID endpointId, long number, int size) {
        return new Delivery(new UUID(9, endpointId.getLeastSignificantBits()), new UUID(7, number), endpointId,
                OffsetDateTime.now(ZoneOffset.UTC), 0, 5, "type", "\"payload\"", size, false, null, System.nanoTime());
    }

    @Test
    void oldestComesOutFirst() {
        this.queue.offer(delivery(ENDPOINT, 1, 10));
        this.queue.offer(delivery(ENDPOINT, 2, 10));
        Delivery first = this.queue.poll(ENDPOINT, this.slots);
        assertThat(first).isNotNull();
        assertThat(first.eventId()).isEqualTo(new UUID(7, 1));
    }

    @Test
    void nothingComesOutWhileThereIsNoRoom() {
        this.queue.offer(delivery(ENDPOINT, 1, 10));
        Delivery first = delivery(ENDPOINT, 2, 10);
        Delivery second = delivery(ENDPOINT, 3, 10);
        assertThat(this.slots.tryAcquire(first) && this.slots.tryAcquire(second)).isTrue();
        assertThat(this.queue.poll(ENDPOINT, this.slots)).isNull();
        this.slots.release(first);
        assertThat(this.queue.poll(ENDPOINT, this.slots)).isNotNull();
    }

    @Test
    void oneEndpointLeavesRoomForOthers() {
        int most = this.queue.room(ENDPOINT);
        for (int i = 0; i < most; i++) {
            assertThat(this.queue.offer(delivery(ENDPOINT, i, 10))).isTrue();
        }
        assertThat(this.queue.offer(delivery(ENDPOINT, most, 10))).isFalse();
        assertThat(this.queue.offer(delivery(new UUID(2, 2), 1, 10))).isTrue();
    }

    @Test
    void bytesAreBounded() {
        int waiting = 0;
        while (waiting < 100 && this.queue.offer(delivery(ENDPOINT, waiting, 256 * 1024))) {
            waiting++;
        }
        assertThat(waiting).isBetween(1, 16);
    }

    @Test
    void whatWaitsShortlyIsNotStale() {
        this.queue.offer(delivery(ENDPOINT, 1, 10));
        assertThat(this.queue.removeStale()).isEmpty();
    }

    @Test
    void closingGivesEverythingBackAndTakesNothingIn() {
        this.queue.offer(delivery(ENDPOINT, 1, 10));
        this.queue.offer(delivery(new UUID(2, 2), 2, 10));
        assertThat(this.queue.close()).hasSize(2);
        assertThat(this.queue.offer(delivery(ENDPOINT, 3, 10))).isFalse();
    }

}
