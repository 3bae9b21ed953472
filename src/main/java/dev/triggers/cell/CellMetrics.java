package dev.triggers.cell;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/**
 * The meters of requests that are other cells'. There are none where there are no other
 * cells.
 */
@Component
final class CellMetrics {

    private final Map<String, Map<CellOutcome, Counter>> requests = new HashMap<>();

    CellMetrics(Cells cells, ForwardPlaces places, MeterRegistry meters) {
        for (OtherCell cell : cells.others()) {
            Map<CellOutcome, Counter> outcomes = new EnumMap<>(CellOutcome.class);
            for (CellOutcome outcome : CellOutcome.values()) {
                outcomes.put(outcome,
                        Counter.builder("triggers.cell.requests")
                            .description("Requests that are for another cell, by that cell and what came of them")
                            .tags("cell", cell.digits(), "outcome", outcome.tag())
                            .register(meters));
            }
            this.requests.put(cell.digits(), outcomes);
        }
        if (!cells.others().isEmpty()) {
            Gauge.builder("triggers.cell.under.way", places, ForwardPlaces::taken)
                .description("Requests that are being forwarded to other cells")
                .register(meters);
        }
    }

    void count(OtherCell cell, CellOutcome outcome) {
        Objects.requireNonNull(Objects.requireNonNull(this.requests.get(cell.digits())).get(outcome)).increment();
    }

}
