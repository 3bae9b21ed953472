package dev.triggers.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.triggers.settings.MemoryProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Leased deliveries that wait for room, some of each endpoint and not for long: what a
 * receiver takes within moments is spared the way back into the table and out again,
 * which costs more than all the rest of it.
 */
@Component
class DeliveryQueue {

    private static final int MOST = 1_024;

    private static final int MOST_OF_ONE = 256;

    private static final long MOST_BYTES = 2 * 1024 * 1024;

    private static final long LONGEST_NANOS = Duration.ofSeconds(1).toNanos();

    private final Map<UUID, ArrayDeque<Waiting>> endpoints = new HashMap<>();

    private final int most;

    private final int mostOfOne;

    private final long mostBytes;

    private int count;

    private long bytes;

    private boolean closed;

    DeliveryQueue(MemoryProperties memory) {
        this.most = memory.scaled(MOST);
        this.mostOfOne = memory.scaled(MOST_OF_ONE);
        this.mostBytes = memory.scaled(MOST_BYTES);
    }

    /**
     * How many more of an endpoint's deliveries may wait.
     */
    synchronized int room(UUID endpointId) {
        ArrayDeque<Waiting> queue = this.endpoints.get(endpointId);
        return Math.min(this.most - this.count, this.mostOfOne - ((queue != null) ? queue.size() : 0));
    }

    /**
     * Takes a delivery in, if there is room for it.
     */
    synchronized boolean offer(Delivery delivery) {
        if (this.closed || room(delivery.endpointId()) < 1 || this.bytes + delivery.size() > this.mostBytes) {
            return false;
        }
        add(new Waiting(delivery, System.nanoTime()));
        return true;
    }

    private void add(Waiting waiting) {
        this.endpoints.computeIfAbsent(waiting.delivery.endpointId(), (id) -> new ArrayDeque<>()).add(waiting);
        this.count++;
        this.bytes += waiting.delivery.size();
    }

    /**
     * Takes out the endpoint's oldest, if there is room to attempt it.
     */
    synchronized @Nullable Delivery poll(UUID endpointId, DeliverySlots slots) {
        ArrayDeque<Waiting> queue = this.endpoints.get(endpointId);
        if (queue == null || !slots.tryAcquire(queue.getFirst().delivery)) {
            return null;
        }
        Delivery delivery = queue.removeFirst().delivery;
        left(delivery);
        if (queue.isEmpty()) {
            this.endpoints.remove(endpointId);
        }
        return delivery;
    }

    /**
     * Takes out what waits for an endpoint.
     */
    synchronized List<Delivery> removeAll(UUID endpointId) {
        ArrayDeque<Waiting> queue = this.endpoints.remove(endpointId);
        List<Delivery> removed = (queue != null) ? queue.stream().map(Waiting::delivery).toList() : List.of();
        removed.forEach(this::left);
        return removed;
    }

    /**
     * Takes out what has waited for too long: its receiver is not as fast as it was taken
     * for.
     */
    synchronized List<Delivery> removeStale() {
        long now = System.nanoTime();
        List<Delivery> stale = new ArrayList<>(0);
        for (Iterator<ArrayDeque<Waiting>> queues = this.endpoints.values().iterator(); queues.hasNext();) {
            ArrayDeque<Waiting> queue = queues.next();
            while (!queue.isEmpty() && now - queue.getFirst().since > LONGEST_NANOS) {
                stale.add(queue.removeFirst().delivery);
            }
            if (queue.isEmpty()) {
                queues.remove();
            }
        }
        stale.forEach(this::left);
        return stale;
    }

    synchronized void open() {
        this.closed = false;
    }

    /**
     * Takes nothing in any more, and everything out.
     */
    synchronized List<Delivery> close() {
        this.closed = true;
        return List.copyOf(this.endpoints.keySet()).stream().flatMap((id) -> removeAll(id).stream()).toList();
    }

    private void left(Delivery delivery) {
        this.count--;
        this.bytes -= delivery.size();
    }

    /**
     * A delivery, and since when it waits.
     */
    private record Waiting(Delivery delivery, long since) {
    }

}
