package dev.triggers.cell;

import java.io.IOException;
import java.util.Map;

import dev.triggers.key.Elsewhere;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;

/**
 * Sends requests with tokens that are not known here where their digits point. A known
 * one never comes by: digits are only where a token was made, not where it lives.
 */
@Component
class CellRouter implements Elsewhere {

    /** What Fly's proxy keeps of a body until it knows where it goes. */
    private static final long REPLAYABLE = 1_000_000;

    private final Cells cells;

    private final MovedTokens moved;

    private final CellRouting routing;

    private final Forwarder forwarder;

    private final CellMetrics metrics;

    CellRouter(Cells cells, MovedTokens moved, CellsProperties properties, Forwarder forwarder, CellMetrics metrics) {
        this.cells = cells;
        this.moved = moved;
        this.routing = properties.routing();
        this.forwarder = forwarder;
        this.metrics = metrics;
    }

    @Override
    public boolean answer(String token, HttpServletRequest request, HttpServletResponse response, byte[] read)
            throws IOException {
        OtherCell moved = this.moved.of(token);
        OtherCell cell = (moved != null) ? moved : this.cells.of(token);
        if (cell == null) {
            return false;
        }
        if (wasSentHere(request)) {
            if (moved != null) {
                throw misdirected(moved, CellOutcome.REDIRECTED);
            }
            this.metrics.count(cell, CellOutcome.LOOP);
            throw ProblemException.of(ProblemKind.CELL_LOOP,
                    "Another cell sent this request here, where its token is not known either");
        }
        switch (this.routing) {
            case PROXY -> this.forwarder.forward(cell, request, response, read);
            case REDIRECT -> throw misdirected(cell, CellOutcome.REDIRECTED);
            case FLY -> {
                if (!isReplayable(request)) {
                    this.forwarder.forward(cell, request, response, read);
                }
                else {
                    response.setHeader("fly-replay", "app=" + cell.name());
                    throw misdirected(cell, CellOutcome.REPLAYED);
                }
            }
        }
        return true;
    }

    private boolean wasSentHere(HttpServletRequest request) {
        return Hop.isMarked(request) || (this.routing == CellRouting.FLY && request.getHeader(Hop.REPLAYED) != null);
    }

    private static boolean isReplayable(HttpServletRequest request) {
        return request.getContentLengthLong() < REPLAYABLE && request.getHeader("Transfer-Encoding") == null;
    }

    private ProblemException misdirected(OtherCell cell, CellOutcome outcome) {
        this.metrics.count(cell, outcome);
        return ProblemException.of(ProblemKind.MISDIRECTED, "The token belongs to another cell; ask there")
            .with(Map.of("cell", cell.digits(), "location", cell.location()));
    }

}
