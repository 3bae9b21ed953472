package dev.triggers.delivery;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The attempts that this instance has under way, and who may begin another. An endpoint
 * may fill a quarter of what the others leave free, an organization half of it, in number
 * and in bytes: whoever hangs leaves room for everybody else.
 */
class DeliverySlots {

    private static final int ENDPOINT_SHARE = 4;

    private static final int ORGANIZATION_SHARE = 2;

    private final int total;

    private final long totalBytes;

    private final Map<UUID, Usage> endpoints = new HashMap<>();

    private final Map<UUID, Usage> organizations = new HashMap<>();

    private final Usage all = new Usage();

    DeliverySlots(int total, long totalBytes) {
        this.total = total;
        this.totalBytes = totalBytes;
    }

    /**
     * Begins an attempt, if there is room for it. An attempt that has all the room of
     * others is let through, however large it is.
     */
    synchronized boolean tryAcquire(Delivery delivery) {
        Usage endpoint = this.endpoints.getOrDefault(delivery.endpointId(), Usage.NONE);
        Usage organization = this.organizations.getOrDefault(delivery.organizationId(), Usage.NONE);
        if (room(endpoint, organization) < 1) {
            return false;
        }
        long share = (this.totalBytes - this.all.bytes + endpoint.bytes) / ENDPOINT_SHARE;
        if (endpoint.count > 0 && endpoint.bytes + delivery.size() > share) {
            return false;
        }
        if (this.all.count > 0 && this.all.bytes + delivery.size() > this.totalBytes) {
            return false;
        }
        this.all.add(delivery.size());
        this.endpoints.computeIfAbsent(delivery.endpointId(), (id) -> new Usage()).add(delivery.size());
        this.organizations.computeIfAbsent(delivery.organizationId(), (id) -> new Usage()).add(delivery.size());
        return true;
    }

    synchronized void release(Delivery delivery) {
        this.all.remove(delivery.size());
        this.endpoints.computeIfPresent(delivery.endpointId(), (id, usage) -> usage.remove(delivery.size()));
        this.organizations.computeIfPresent(delivery.organizationId(), (id, usage) -> usage.remove(delivery.size()));
    }

    /**
     * How many attempts to the endpoint could begin now.
     */
    synchronized int room(UUID organizationId, UUID endpointId) {
        return room(this.endpoints.getOrDefault(endpointId, Usage.NONE),
                this.organizations.getOrDefault(organizationId, Usage.NONE));
    }

    /**
     * The same for whichever organization's it is.
     */
    synchronized int roomOf(UUID endpointId) {
        return room(this.endpoints.getOrDefault(endpointId, Usage.NONE), Usage.NONE);
    }

    /**
     * Room of an endpoint with nothing under way.
     */
    synchronized int defaultRoom() {
        return room(Usage.NONE, Usage.NONE);
    }

    /**
     * Room of the endpoints that have attempts under way.
     */
    synchronized Map<UUID, Integer> endpointRooms() {
        Map<UUID, Integer> rooms = HashMap.newHashMap(this.endpoints.size());
        this.endpoints.forEach((id, usage) -> rooms.put(id, room(usage, Usage.NONE)));
        return rooms;
    }

    /**
     * Room of the organizations that have attempts under way.
     */
    synchronized Map<UUID, Integer> organizationRooms() {
        Map<UUID, Integer> rooms = HashMap.newHashMap(this.organizations.size());
        this.organizations.forEach((id, usage) -> rooms.put(id, share(usage, ORGANIZATION_SHARE)));
        return rooms;
    }

    synchronized int free() {
        return this.total - this.all.count;
    }

    synchronized int busy() {
        return this.all.count;
    }

    synchronized long busyBytes() {
        return this.all.bytes;
    }

    private int room(Usage endpoint, Usage organization) {
        return Math.min(share(endpoint, ENDPOINT_SHARE), share(organization, ORGANIZATION_SHARE));
    }

    private int share(Usage own, int part) {
        int free = this.total - this.all.count;
        int cap = Math.max(1, (free + own.count) / part);
        return Math.min(free, cap - own.count);
    }

    /** Attempts under way, and the bytes of their payloads. */
    private static final class Usage {

        private static final Usage NONE = new Usage();

        private int count;

        private long bytes;

        void add(int size) {
            this.count++;
            this.bytes += size;
        }

        /** Null when none is left, so that maps forget it. */
        @org.jspecify.annotations.Nullable
        Usage remove(int size) {
            this.count--;
            this.bytes -= size;
            return (this.count == 0) ? null : this;
        }

    }

}
