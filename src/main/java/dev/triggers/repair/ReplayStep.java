package dev.triggers.repair;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.triggers.delivery.DeliveryPolicy;
import dev.triggers.repair.ReplayRepository.Load;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * One step of a replay: a short transaction that opens a few deliveries and says how far
 * it has come. It opens no more than an endpoint sends at once, so that a fresh event
 * finds next to nothing before it.
 */
@Component
class ReplayStep {

    /**
     * Between two steps of a replay that named no rate: at 20 ms fresh events on two busy
     * cores came noticeably later.
     */
    private static final Duration PACE = Duration.ofMillis(50);

    /** What a step of a replay that named a rate opens at once, in time. */
    private static final Duration SLICE = Duration.ofMillis(20);

    /**
     * Deliveries of an endpoint that such a step opens: more at once, and a fresh event
     * that comes meanwhile would notice.
     */
    private static final int BURST = 4;

    /** Deliveries of an endpoint that may wait or be under way while more are opened. */
    private static final int ROOM = 16;

    /**
     * An endpoint that is always busy, and lets nothing wait, gets a few all the same.
     */
    private static final int LEAST = 2;

    private static final int MOST = 500;

    private static final int FEWEST_ROWS = 64;

    private static final int MOST_ROWS = 2_000;

    private final ReplayRepository replays;

    private final DeliveryPolicy policy;

    ReplayStep(ReplayRepository replays, DeliveryPolicy policy) {
        this.replays = replays;
        this.policy = policy;
    }

    /**
     * Takes a replay a step on.
     * @param reach how far the last step said that this one should reach
     * @return what the step did; null if another instance is at it, or it is not due
     */
    @Transactional
    public @Nullable Result take(UUID id, Reach reach) {
        Replay replay = this.replays.lockDue(id);
        if (replay == null) {
            return null;
        }
        ReplayOrder order = replay.order();
        int wanted = wanted(order, reach);
        int look = Math.clamp(reach.look(), Math.max(FEWEST_ROWS, wanted), MOST_ROWS);
        ReplayPage page = this.replays.page(order, replay.position(), look, wanted);
        List<Pair> pairs = page.matches().stream().map(ReplayPage.Match::pair).toList();
        List<Pair> some = pairs.subList(0, fitting(pairs, order));
        int opened = some.isEmpty() ? 0 : this.replays.open(order.organizationId(), some,
                order.toEndpointId() == null || order.again(), this.policy.attempts());
        boolean last = page.isLast() && some.size() == pairs.size();
        this.replays.advance(replay, page.next(replay.position(), some.size(), order.toEndpointId() != null), opened,
                some.size() - opened, wait(order, opened, pairs.isEmpty()), last);
        return new Result(opened, some.size() - opened,
                new Reach(pairs.isEmpty() ? 4 * look : look / 2, 2 * some.size()));
    }

    private static int wanted(ReplayOrder order, Reach reach) {
        return (order.rate() != null) ? Math.clamp(order.rate() * SLICE.toMillis() / 1_000, 1, MOST)
                : Math.clamp(reach.wanted(), ROOM, MOST / 4);
    }

    /** Where the filter lets little through, the steps go on at once. */
    private static Duration wait(ReplayOrder order, int opened, boolean nothing) {
        if (nothing) {
            return Duration.ZERO;
        }
        if (order.rate() == null) {
            return PACE;
        }
        return (opened > 0) ? Duration.ofSeconds(1).multipliedBy(opened).dividedBy(order.rate()) : SLICE;
    }

    /** How many of the pairs, from the first on, their endpoints have room for. */
    private int fitting(List<Pair> pairs, ReplayOrder order) {
        int most = (order.rate() != null) ? Math.max(ROOM, 2 * wanted(order, Reach.FIRST)) : ROOM;
        Map<UUID, Load> loads = this.replays.loads(pairs.stream().map(Pair::endpointId).distinct().toList(), most);
        Map<UUID, Integer> rooms = new HashMap<>();
        int burst = (order.rate() != null) ? MOST : BURST;
        loads.forEach((id, load) -> rooms.put(id, room(load, most, burst)));
        for (int i = 0; i < pairs.size(); i++) {
            int left = rooms.merge(pairs.get(i).endpointId(), MOST, (room, ignored) -> room - 1);
            if (left < 0) {
                return i;
            }
        }
        return pairs.size();
    }

    private static int room(Load load, int most, int burst) {
        if (!load.takes()) {
            return MOST;
        }
        int before = load.waiting() + load.parked();
        return Math.clamp(most - before - load.underWay(), (before == 0) ? LEAST : 0, burst);
    }

    /**
     * What a step did.
     *
     * @param opened deliveries that are open now
     * @param skipped deliveries that were so already, or need not or cannot be made
     * @param next how far the next step should reach
     */
    record Result(int opened, int skipped, Reach next) {

    }

    /**
     * How far a step reaches: it finds no more than it has lately been able to open.
     *
     * @param look how many rows it looks at
     * @param wanted how many deliveries it looks for, where no rate says so
     */
    record Reach(int look, int wanted) {

        /** Of a replay's first step. */
        static final Reach FIRST = new Reach(0, 0);

    }

}
