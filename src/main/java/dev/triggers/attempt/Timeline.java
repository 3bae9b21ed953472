package dev.triggers.attempt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import dev.triggers.inbox.EventState;
import org.jspecify.annotations.Nullable;

/**
 * Puts what is known of an event into the order in which it happened.
 */
final class Timeline {

    /** What happens at the same time comes in this order. */
    private static final List<String> ORDER = List.of("accepted", "waiting", "queued", "redelivered", "attempt",
            "circuit_opened", "circuit_closed", "dead", "cancelled", "expired", "acknowledged", "next_attempt");

    private final EventState state;

    private final Map<UUID, DeliveryRow> rows;

    private final Map<UUID, List<AttemptLog>> records;

    private final Moments moments;

    private final List<TimelineEntry> entries = new ArrayList<>();

    private Timeline(EventState state, Map<UUID, DeliveryRow> rows, Map<UUID, List<AttemptLog>> records,
            Moments moments) {
        this.state = state;
        this.rows = rows;
        this.records = records;
        this.moments = moments;
    }

    static List<TimelineEntry> of(EventState state, List<UUID> endpointIds, Map<UUID, DeliveryRow> rows,
            Map<UUID, List<AttemptLog>> records, Moments moments) {
        Timeline timeline = new Timeline(state, rows, records, moments);
        timeline.addEvent();
        endpointIds.forEach(timeline::addDelivery);
        timeline.entries.sort(Comparator.comparing(TimelineEntry::at)
            .thenComparingInt((entry) -> ORDER.indexOf(entry.what()))
            .thenComparingInt((entry) -> Objects.requireNonNullElse(entry.number(), 0)));
        return timeline.entries;
    }

    private void addEvent() {
        add(this.state.createdAt(), "accepted", null);
        if (this.state.open() && this.rows.values().stream().allMatch(DeliveryRow::dead)) {
            add(this.state.createdAt(), "waiting", null);
        }
        if (this.state.acknowledgedAt() != null) {
            add(this.state.acknowledgedAt(), "acknowledged", null);
        }
    }

    private void addDelivery(UUID endpointId) {
        List<AttemptLog> log = this.records.getOrDefault(endpointId, List.of());
        DeliveryRow row = this.rows.get(endpointId);
        Instant due = (row != null) ? row.dueAt() : null;
        boolean open = row != null && !row.dead();
        Instant registered = this.moments.created().getOrDefault(endpointId, this.state.createdAt());
        add(later(registered, this.state.createdAt()), "queued", endpointId);
        log.forEach(this::addRecord);
        if (open && due != null) {
            add(due, "next_attempt", endpointId);
        }
        addRepairs(endpointId, log, open);
        addCircuits(endpointId, open ? Instant.MAX : log.isEmpty() ? Instant.MIN : log.getLast().startedAt());
    }

    private void addRecord(AttemptLog record) {
        switch (record.outcome()) {
            case 'c' -> add(record.startedAt(), "cancelled", record.endpointId());
            case 'x' -> add(record.startedAt(), "expired", record.endpointId());
            default -> {
                this.entries.add(TimelineEntry.of(record));
                if (record.outcome() == 'f') {
                    add(record.startedAt().plusMillis(record.durationMs()), "dead", record.endpointId());
                }
            }
        }
    }

    private void addRepairs(UUID endpointId, List<AttemptLog> log, boolean open) {
        this.moments.redelivered()
            .stream()
            .filter((moment) -> moment.endpointId().equals(endpointId))
            .forEach((moment) -> add(moment.at(), "redelivered", endpointId));
        this.moments.recovered()
            .stream()
            .filter((moment) -> moment.endpointId().equals(endpointId) && beganAgain(log, moment.at(), open))
            .forEach((moment) -> add(moment.at(), "redelivered", endpointId));
    }

    /** Whether the delivery had failed for good at the time, and went on afterwards. */
    private static boolean beganAgain(List<AttemptLog> log, Instant at, boolean open) {
        AttemptLog before = log.stream()
            .filter((record) -> !record.startedAt().isAfter(at))
            .reduce((a, b) -> b)
            .orElse(null);
        boolean after = log.stream().anyMatch((record) -> record.startedAt().isAfter(at) && !record.isMarker());
        return before != null && before.outcome() == 'f' && (after || open);
    }

    private void addCircuits(UUID endpointId, Instant end) {
        for (Moments.Circuit change : this.moments.circuits()) {
            if (change.endpointId().equals(endpointId) && change.at().isBefore(end)) {
                add(change.at(), change.open() ? "circuit_opened" : "circuit_closed", endpointId);
            }
        }
    }

    private void add(Instant at, String what, @Nullable UUID endpointId) {
        this.entries.add(TimelineEntry.of(at, what, endpointId));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

}
