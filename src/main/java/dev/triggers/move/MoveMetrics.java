package dev.triggers.move;

import java.time.Duration;

import dev.triggers.cell.Cells;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.springframework.stereotype.Component;

/**
 * The meters of moves. There are none where there are no other cells.
 */
@Component
class MoveMetrics {

    private final Counter rows;

    private final Timer fences;

    MoveMetrics(Cells cells, MeterRegistry registry) {
        MeterRegistry meters = cells.others().isEmpty() ? new CompositeMeterRegistry() : registry;
        this.rows = Counter.builder("triggers.move.rows")
            .description("Rows of organizations that were copied to other cells")
            .register(meters);
        this.fences = Timer.builder("triggers.move.fence")
            .description("For how long nothing was stored of an organization, until its target was told to take over")
            .register(meters);
    }

    void copied(int count) {
        this.rows.increment(count);
    }

    void fenced(Duration duration) {
        this.fences.record(duration);
    }

}
