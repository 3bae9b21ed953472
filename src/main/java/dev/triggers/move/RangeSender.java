package dev.triggers.move;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.triggers.cell.CellMessages;
import dev.triggers.cell.OtherCell;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Copies what changes and goes while the organization works: all of it at first, then
 * what changed.
 */
@Component
class RangeSender {

    private static final int PAGE = 250;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RangeRepository ranges;

    private final MoveRepository moves;

    private final CellMessages messages;

    private final MoveMetrics metrics;

    RangeSender(RangeRepository ranges, MoveRepository moves, CellMessages messages, MoveMetrics metrics) {
        this.ranges = ranges;
        this.moves = moves;
        this.messages = messages;
        this.metrics = metrics;
    }

    /**
     * Sends the ranges of a table in which something changed.
     * @return the move behind that step, unless it is to end
     */
    Departure send(Departure taken, MovedTable table, List<String> columns, OtherCell target, UUID worker) {
        Departure move = taken;
        for (EventRange range : this.ranges.changed(move, worker, table)) {
            @Nullable EventRange left = range;
            while (left != null && !move.cancelled()) {
                RangePage page = this.ranges.page(move, table, columns, left, PAGE);
                UUID next = page.next();
                this.ranges.begin(move, worker, table, left.first(), next);
                this.messages.ask(target, ArrivalController.RANGE,
                        new ArrivalController.Range(move.id(), move.organizationId(), move.turn(), table.toString(),
                                columns, new EventRange(left.first(), (next != null) ? next : left.until()),
                                page.content()),
                        PATIENCE);
                this.ranges.end(move, worker, table, left.first(), page);
                this.metrics.copied(page.rows());
                move = this.moves.proceed(move.id(), worker, move.step(), null, page.rows());
                left = (next != null) ? new EventRange(next, left.until()) : null;
            }
        }
        return move.cancelled() ? move : this.moves.proceed(move.id(), worker, move.step() + 1, null, 0);
    }

}
