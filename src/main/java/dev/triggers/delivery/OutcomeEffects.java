package dev.triggers.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.triggers.delivery.CircuitRepository.Observation;
import dev.triggers.delivery.OutcomeRecorder.Ended;
import dev.triggers.delivery.OutcomeRepository.Recorded;
import dev.triggers.sending.AttemptFailure;
import dev.triggers.sending.AttemptResult;
import dev.triggers.sending.RetryAfter;
import dev.triggers.webhook.Endpoint;
import dev.triggers.webhook.EndpointDirectory;
import dev.triggers.webhook.EndpointRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * What follows from recorded outcomes: meters, the endpoints' health and circuits, the
 * end of endpoints that are gone or fail for days, and the events that tell of it.
 */
@Component
class OutcomeEffects {

    private static final Logger logger = LoggerFactory.getLogger(OutcomeEffects.class);

    private final CircuitRepository health;

    private final EndpointRepository endpoints;

    private final EndpointDirectory directory;

    private final EndpointStates states;

    private final OperationalEvents operations;

    private final DeliveryProperties properties;

    private final DeliveryMetrics metrics;

    private final WorkSignal signal;

    private final FinishedAttempts finished;

    OutcomeEffects(CircuitRepository health, EndpointRepository endpoints, EndpointDirectory directory,
            EndpointStates states, OperationalEvents operations, DeliveryProperties properties, DeliveryMetrics metrics,
            WorkSignal signal, FinishedAttempts finished) {
        this.health = health;
        this.endpoints = endpoints;
        this.directory = directory;
        this.states = states;
        this.operations = operations;
        this.properties = properties;
        this.metrics = metrics;
        this.signal = signal;
        this.finished = finished;
    }

    /**
     * @param batch attempts that have ended
     * @param recorded what became of their outcomes
     */
    void recorded(List<Ended> batch, Recorded recorded) {
        this.finished.recorded(batch, recorded);
        List<Ended> exhausted = new ArrayList<>(0);
        for (int i = 0; i < batch.size(); i++) {
            Ended ended = batch.get(i);
            this.metrics.attempt(ended.outcome(), recorded.counted().contains(i));
            if (recorded.dead().contains(i)) {
                this.metrics.deadLetter();
                exhausted.add(ended);
            }
        }
        if (batch.stream().anyMatch(Ended::urgent)) {
            this.signal.orderedChanged();
        }
        try {
            List<Ended> telling = batch.stream().filter(this::tellsOfEndpoint).toList();
            this.health.update(observations(telling)).forEach((changed) -> apply(changed, telling));
            disableGone(telling);
            this.operations.exhausted(exhausted);
        }
        catch (DataAccessException | TransactionException ex) {
            logger.warn("The health of endpoints was not updated: {}", ex.getMessage());
        }
    }

    /** What another URL answered says nothing of the one that the endpoint has now. */
    private boolean tellsOfEndpoint(Ended ended) {
        Endpoint current = this.directory.find(ended.endpoint().id());
        if (current == null && ended.outcome().result() instanceof AttemptResult.Failure) {
            // Deleted meanwhile: what failed is cancelled now
            this.signal.endpointsChanged();
        }
        return current != null && current.url().equals(ended.endpoint().url());
    }

    private static List<Observation> observations(List<Ended> batch) {
        Map<UUID, Observation> seen = new LinkedHashMap<>();
        for (Ended ended : batch) {
            seen.merge(ended.endpoint().id(), observe(ended), OutcomeEffects::then);
        }
        return List.copyOf(seen.values());
    }

    private static Observation observe(Ended ended) {
        UUID id = ended.endpoint().id();
        return switch (ended.outcome().result()) {
            case AttemptResult.Success _ -> new Observation(id, true, 0, false, Duration.ZERO, false);
            case AttemptResult.Failure failure -> new Observation(id, false, 1, ended.outcome().delivery().probe(),
                    (failure.retryAfter() != null) ? failure.retryAfter() : Duration.ZERO,
                    RetryAfter.slows(failure.status()));
        };
    }

    private static Observation then(Observation before, Observation after) {
        Duration hold = (after.hold().compareTo(before.hold()) > 0) ? after.hold() : before.hold();
        if (after.succeeded()) {
            return new Observation(after.endpointId(), true, after.failures(), false, hold, after.slowed());
        }
        return new Observation(after.endpointId(), before.succeeded(), before.failures() + after.failures(),
                before.probeFailed() || after.probeFailed(), hold, before.slowed() || after.slowed());
    }

    private void apply(CircuitChange changed, List<Ended> batch) {
        Endpoint endpoint = batch.stream()
            .map(Ended::endpoint)
            .filter((candidate) -> candidate.id().equals(changed.endpointId()))
            .findFirst()
            .orElseThrow();
        this.states.changed(changed);
        if (!changed.wasOpen() && changed.open()) {
            this.metrics.circuitOpened();
            logger.info("The circuit of endpoint {} is open after {} failures in a row", changed.endpointId(),
                    changed.consecutiveFailures());
        }
        if (changed.wasOpen() && !changed.open()) {
            this.operations.recovered(endpoint);
            this.signal.wake();
        }
        if (changed.failingFor().compareTo(this.properties.disableAfter()) > 0) {
            disable(endpoint, "No delivery has succeeded for " + this.properties.disableAfter().toHours() + " hours");
        }
    }

    private void disableGone(List<Ended> batch) {
        for (Ended ended : batch) {
            if (ended.outcome().result() instanceof AttemptResult.Failure failure
                    && failure.failure() == AttemptFailure.STATUS_410) {
                disable(ended.endpoint(), "The receiver answered 410 Gone");
            }
        }
    }

    private void disable(Endpoint endpoint, String reason) {
        if (this.endpoints.disable(endpoint.id(), reason)) {
            logger.info("Endpoint {} was disabled: {}", endpoint.id(), reason);
            this.metrics.endpointDisabled();
            this.operations.disabled(endpoint, reason);
        }
    }

}
