package dev.triggers.delivery;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;

import dev.triggers.database.Instances;
import dev.triggers.event.HandOver;
import dev.triggers.event.LeasedDelivery;
import dev.triggers.event.NewEvent;
import dev.triggers.trace.Lineage;
import dev.triggers.webhook.Endpoint;
import dev.triggers.webhook.EndpointDirectory;
import org.springframework.stereotype.Component;

/**
 * Sends fresh deliveries at once to endpoints that can take them: enabled, with a closed
 * circuit, neither ordered nor rate-limited, with room, and with nothing older waiting.
 */
@Component
class DirectHandOver implements HandOver {

    private final DeliveryDispatcher dispatcher;

    private final DeliveryWorker worker;

    private final DeliverySlots slots;

    private final DeliveryQueue queue;

    private final EndpointStates states;

    private final EndpointDirectory directory;

    private final DeliveryPolicy policy;

    private final DeliveryProperties properties;

    private final DeliveryMetrics metrics;

    private final Instances instances;

    DirectHandOver(DeliveryDispatcher dispatcher, DeliveryWorker worker, DeliverySlots slots, DeliveryQueue queue,
            EndpointStates states, EndpointDirectory directory, DeliveryPolicy policy, DeliveryProperties properties,
            DeliveryMetrics metrics, Instances instances) {
        this.dispatcher = dispatcher;
        this.worker = worker;
        this.slots = slots;
        this.queue = queue;
        this.states = states;
        this.directory = directory;
        this.policy = policy;
        this.properties = properties;
        this.metrics = metrics;
        this.instances = instances;
    }

    @Override
    public int attempts() {
        return this.policy.attempts();
    }

    @Override
    public Duration lease() {
        return this.properties.lease();
    }

    @Override
    public OptionalInt instance() {
        return this.instances.number();
    }

    @Override
    public List<UUID> ready(UUID organizationId, int deliveries) {
        if (!this.worker.isRunning()) {
            return List.of();
        }
        return this.states.candidates(organizationId)
            .stream()
            .filter((id) -> this.slots.room(organizationId, id) + this.queue.room(id) >= deliveries
                    && takesAtOnce(organizationId, id))
            .toList();
    }

    private boolean takesAtOnce(UUID organizationId, UUID id) {
        Endpoint endpoint = this.directory.find(id);
        if (endpoint == null) {
            // deleted: do not ask again
            this.states.forget(organizationId, id);
            return false;
        }
        return endpoint.sends() && !endpoint.ordered() && endpoint.rateLimitPerSecond() == null;
    }

    @Override
    public void take(List<LeasedDelivery> leased, long claimedAt) {
        if (leased.isEmpty()) {
            return;
        }
        this.metrics.handedOver(leased.size());
        this.dispatcher.dispatch(leased.stream().map((delivery) -> toDelivery(delivery, claimedAt)).toList());
    }

    private Delivery toDelivery(LeasedDelivery leased, long claimedAt) {
        NewEvent event = leased.event();
        return new Delivery(event.organizationId(), event.id(), leased.endpointId(), leased.lease(), 0,
                leased.remaining(), event.type(), event.payload(), event.payload().length(), false,
                Lineage.begin(event.trace()), claimedAt);
    }

    @Override
    public void stored(Collection<UUID> endpointIds) {
        this.states.backlog(endpointIds);
        this.worker.wake();
    }

}
