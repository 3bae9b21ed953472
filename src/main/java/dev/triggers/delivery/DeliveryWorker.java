package dev.triggers.delivery;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.UUID;

import dev.triggers.database.Instances;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Serves what was not handed over: retries, overflow, scheduled and ordered deliveries,
 * and those of instances that died. It looks again when called, when a delivery was
 * found, and at the poll interval.
 */
@Component
class DeliveryWorker implements SmartLifecycle {

    private static final Logger logger = LoggerFactory.getLogger(DeliveryWorker.class);

    private static final UUID START = new UUID(0, 0);

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(6);

    private static final Duration UPKEEP = Duration.ofSeconds(1);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final ClaimRepository claims;

    private final DeliveryRepository deliveries;

    private final DeliveryDispatcher dispatcher;

    private final OutcomeRecorder recorder;

    private final Instances instances;

    private final AbandonedLeases abandoned;

    private final DeliverySlots slots;

    private final EndpointStates states;

    private final Settlement settlement;

    private final WorkSignal signal;

    private final DeliveryProperties properties;

    private final DeliveryMetrics metrics;

    private volatile boolean running;

    private volatile long turnedAt;

    private UUID after = START;

    private Duration pause = SHORTEST_PAUSE;

    private long upkeepAt;

    DeliveryWorker(ClaimRepository claims, DeliveryRepository deliveries, DeliveryDispatcher dispatcher,
            OutcomeRecorder recorder, Instances instances, AbandonedLeases abandoned, DeliverySlots slots,
            EndpointStates states, Settlement settlement, WorkSignal signal, DeliveryProperties properties,
            DeliveryMetrics metrics) {
        this.claims = claims;
        this.deliveries = deliveries;
        this.dispatcher = dispatcher;
        this.recorder = recorder;
        this.instances = instances;
        this.abandoned = abandoned;
        this.slots = slots;
        this.states = states;
        this.settlement = settlement;
        this.signal = signal;
        this.properties = properties;
        this.metrics = metrics;
        metrics.watchWorker(() -> sinceLastTurn().toMillis() / 1_000.0);
    }

    private void run() {
        while (this.running) {
            try {
                settle();
                this.abandoned.giveBack();
                this.dispatcher.releaseStale();
                Duration rest = deliverDue();
                this.turnedAt = System.nanoTime();
                if (rest.isPositive()) {
                    // What becomes due meanwhile is claimed together
                    Thread.sleep(SHORTEST_PAUSE);
                    this.signal.await(rest.minus(SHORTEST_PAUSE));
                }
            }
            catch (InterruptedException ex) {
                return;
            }
            catch (RuntimeException ex) {
                logger.warn("Looking for due deliveries failed, trying again: {}", ex.toString());
                rest(AFTER_FAILURE);
            }
        }
    }

    /**
     * Claims what is due and has it sent.
     * @return how long to rest before the next look
     */
    private Duration deliverDue() {
        int limit = Math.min(this.properties.batchSize(), this.slots.free());
        if (limit == 0 || this.recorder.behind()) {
            return SHORTEST_PAUSE;
        }
        long claimedAt = System.nanoTime();
        OptionalInt instance = this.instances.number();
        if (instance.isEmpty()) {
            return this.properties.pollInterval();
        }
        Claim claim = this.claims
            .claim(new Claim.Request(this.after, limit, this.slots.defaultRoom(), this.slots.endpointRooms(),
                    this.slots.organizationRooms(), this.properties.lease(), (short) instance.getAsInt(), claimedAt));
        this.states.looked(this.after, claim, this.slots);
        this.metrics.claimed(claim, this.after.equals(START));
        this.dispatcher.dispatch(claim.deliveries());
        this.after = (claim.next() != null) ? claim.next() : START;
        return rest(claim);
    }

    /**
     * Short while there is more than can be sent, and longer the less comes of looking.
     */
    private Duration rest(Claim claim) {
        if (claim.next() != null) {
            return Duration.ZERO;
        }
        if (!claim.deliveries().isEmpty()) {
            this.pause = SHORTEST_PAUSE;
            boolean all = claim.drained().containsAll(claim.deliveries().stream().map(Delivery::endpointId).toList());
            return all ? shorter(this.properties.pollInterval(), claim.throttled()) : SHORTEST_PAUSE;
        }
        if (claim.oldestDue().isPositive() && claim.throttled() == null) {
            this.pause = shorter(this.pause.multipliedBy(2), this.properties.pollInterval());
            return this.pause;
        }
        return shorter(this.properties.pollInterval(), claim.throttled());
    }

    private static Duration shorter(Duration one, @org.jspecify.annotations.Nullable Duration other) {
        return (other != null && other.compareTo(one) < 0) ? other : one;
    }

    private void settle() {
        long now = System.nanoTime();
        boolean due = now - this.upkeepAt >= UPKEEP.toNanos();
        if (due) {
            this.upkeepAt = now;
            this.metrics.open(this.deliveries.estimateOpen());
        }
        if (this.signal.takeEndpointsChanged() || due) {
            this.settlement.settleEndpoints();
        }
        if (this.signal.takeOrderedChanged() || due) {
            this.settlement.advanceOrdered();
        }
    }

    private void rest(Duration duration) {
        try {
            Thread.sleep(duration);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            this.running = false;
        }
    }

    /**
     * Calls for an early look.
     */
    void wake() {
        this.signal.wake();
    }

    /**
     * How long ago the last look ended well; zero where deliveries are left to others.
     */
    Duration sinceLastTurn() {
        return this.properties.disabled() ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - this.turnedAt);
    }

    @Override
    public void start() {
        this.turnedAt = System.nanoTime();
        if (this.properties.disabled()) {
            return;
        }
        this.dispatcher.open();
        this.running = true;
        Thread.ofPlatform().name("delivery-worker").start(this::run);
    }

    /**
     * Claims no more, and gives back what was not sent yet.
     */
    @Override
    public void stop() {
        this.running = false;
        this.recorder.closing();
        this.dispatcher.close();
        this.signal.wake();
    }

    @Override
    public boolean isRunning() {
        return this.running;
    }

    /** Stopped before all others: what is claimed is free for other instances at once. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }

}
