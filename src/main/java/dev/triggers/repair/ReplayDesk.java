package dev.triggers.repair;

import java.util.List;
import java.util.UUID;

import dev.triggers.time.UuidV7;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import org.springframework.stereotype.Component;

/**
 * Looks what a replay would do, and begins replays.
 */
@Component
class ReplayDesk {

    private static final int LOOK = 10_000;

    private static final int SAMPLE = 5;

    private static final int MOST_RUNNING = 20;

    private final ReplayRepository repository;

    private final Replays replays;

    private final UuidV7 ids;

    ReplayDesk(ReplayRepository repository, Replays replays, UuidV7 ids) {
        this.repository = repository;
        this.replays = replays;
        this.ids = ids;
    }

    Preview preview(ReplayOrder order) {
        ReplayPage page = page(order);
        return new Preview(page.matches().size(), !page.isLast(), page.matches().stream().limit(SAMPLE).toList());
    }

    Replay begin(ReplayOrder order) {
        if (this.repository.running(order.organizationId()) >= MOST_RUNNING) {
            throw ProblemException.of(ProblemKind.CONFLICT, MOST_RUNNING + " replays are under way");
        }
        ReplayPage page = page(order);
        UUID id = this.ids.next();
        Replay replay = this.repository.insert(id, order, page.matches().size(), !page.isLast());
        this.replays.wake();
        return replay;
    }

    private ReplayPage page(ReplayOrder order) {
        return this.repository.page(order, Pair.before(order.filter().since()), LOOK, LOOK);
    }

    /**
     * What a replay would do.
     *
     * @param matching how many deliveries the filter lets through, as far as was looked
     * @param capped whether there may be more
     * @param sample the first of them
     */
    record Preview(int matching, boolean capped, List<ReplayPage.Match> sample) {

    }

}
