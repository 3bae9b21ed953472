package dev.triggers.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.triggers.fault.History.Ack;
import dev.triggers.fault.History.Attempt;
import dev.triggers.fault.History.Disturbance;
import dev.triggers.fault.History.Grant;
import dev.triggers.fault.History.Post;
import dev.triggers.fault.History.Reading;
import dev.triggers.fault.History.Receipt;
import dev.triggers.fault.History.Stored;
import dev.triggers.fault.History.Target;

/**
 * How histories are judged. Each rule looks at the whole history and at nothing else.
 */
final class HistoryRules {

    /**
     * How long after a receiver's answer the outcome may still be on its way into the
     * database, on a busy machine: until then the attempt is under way.
     */
    static final long RECORDING = Duration.ofSeconds(2).toNanos();

    /**
     * How long what was handed to its sender may wait there, a second, and what a busy
     * machine makes of that.
     */
    static final long HANDED_OVER = Duration.ofSeconds(3).toNanos();

    private HistoryRules() {
    }

    static List<String> acceptedIsStored(History history) {
        Map<String, Stored> stored = byId(history.stored());
        List<String> violations = new ArrayList<>();
        for (Post post : history.posts()) {
            if (!post.answered()) {
                continue;
            }
            Stored found = (post.id() != null) ? stored.get(post.id()) : null;
            if (found == null) {
                violations.add("event %s was answered with %d and is not stored".formatted(post.id(), post.status()));
            }
            else if (!found.payload().equals(post.payload())) {
                violations.add(
                        "event %s is stored as %s, posted as %s".formatted(post.id(), found.payload(), post.payload()));
            }
        }
        return violations;
    }

    private static Map<String, Stored> byId(Collection<Stored> stored) {
        return stored.stream().collect(Collectors.toMap(Stored::id, (one) -> one, (one, other) -> one));
    }

    static List<String> storedWasPosted(History history) {
        Set<String> posted = new HashSet<>();
        history.posts().forEach((post) -> posted.add(post.organization() + " " + post.payload()));
        return history.stored()
            .stream()
            .filter((stored) -> !posted.contains(stored.organization() + " " + stored.payload()))
            .map((stored) -> "event " + stored.id() + " was posted by nobody")
            .toList();
    }

    static List<String> oneIdPerDedupId(History history) {
        Map<String, Set<String>> ids = new HashMap<>();
        Map<String, Integer> accepted = new HashMap<>();
        for (Post post : history.posts()) {
            if (post.dedupId() != null && post.answered()) {
                String word = post.organization() + " " + post.dedupId();
                ids.computeIfAbsent(word, (key) -> new HashSet<>()).add(String.valueOf(post.id()));
                accepted.merge(word, post.accepted() ? 1 : 0, Integer::sum);
            }
        }
        for (Stored stored : history.stored()) {
            if (stored.dedupId() != null) {
                ids.computeIfAbsent(stored.organization() + " " + stored.dedupId(), (key) -> new HashSet<>())
                    .add(stored.id());
            }
        }
        List<String> violations = new ArrayList<>();
        ids.forEach((word, found) -> {
            if (found.size() > 1) {
                violations.add("dedup_id " + word + " has the events " + found);
            }
        });
        accepted.forEach((word, times) -> {
            if (times > 1) {
                violations.add("dedup_id %s was accepted %d times".formatted(word, times));
            }
        });
        return violations;
    }

    static List<String> nothingIsLost(History history) {
        Map<String, List<Target>> targets = history.targets()
            .stream()
            .collect(Collectors.groupingBy(Target::organization));
        Set<String> taken = history.receipts()
            .stream()
            .filter(Receipt::taken)
            .map((receipt) -> way(receipt.id(), receipt.target()))
            .collect(Collectors.toSet());
        Set<String> failed = history.attempts()
            .stream()
            .filter((attempt) -> attempt.outcome() == 'f')
            .map((attempt) -> way(attempt.id(), attempt.target()))
            .collect(Collectors.toSet());
        Set<String> acknowledged = history.acks().stream().map(Ack::id).collect(Collectors.toSet());
        List<String> violations = new ArrayList<>();
        for (Stored stored : history.stored()) {
            for (Target target : targets.getOrDefault(stored.organization(), List.of())) {
                String way = way(stored.id(), target.name());
                if (!taken.contains(way) && !failed.contains(way) && !acknowledged.contains(stored.id())) {
                    violations.add("event " + way + " neither came nor failed");
                }
            }
        }
        return violations;
    }

    private static String way(String id, String target) {
        return id + " to " + target;
    }

    static List<String> nothingBeginsAfterItsAcknowledgement(History history) {
        Map<String, Long> acknowledged = new HashMap<>();
        history.acks()
            .stream()
            .filter((ack) -> ack.status() == 200)
            .forEach((ack) -> acknowledged.merge(ack.id(), ack.ended(), Math::min));
        return history.receipts()
            .stream()
            .filter((receipt) -> acknowledged.containsKey(receipt.id()))
            .filter((receipt) -> undisturbed(history, acknowledged.get(receipt.id()), receipt.begun()) > HANDED_OVER)
            .map((receipt) -> "event %s was sent to %s %d ms after its acknowledgement was answered".formatted(
                    receipt.id(), receipt.target(), (receipt.begun() - acknowledged.get(receipt.id())) / 1_000_000))
            .toList();
    }

    /** The time between, without that of disturbances: who is frozen goes on later. */
    private static long undisturbed(History history, long from, long to) {
        long time = to - from;
        for (Disturbance disturbance : history.disturbances()) {
            time -= Math.max(0, Math.min(to, disturbance.ended()) - Math.max(from, disturbance.begun()));
        }
        return time;
    }

    /**
     * Of two events of which one was answered before the other was posted, the later one
     * is not begun before the earlier one was taken or had failed for good.
     */
    static List<String> orderedInOrder(History history) {
        List<String> violations = new ArrayList<>();
        for (Target target : history.targets()) {
            if (!target.ordered()) {
                continue;
            }
            List<Post> order = inOrder(history, target.organization());
            Map<String, List<Receipt>> receipts = receiptsByWay(history);
            long before = Long.MIN_VALUE;
            String previous = "";
            for (Post post : order) {
                List<Receipt> own = receipts.getOrDefault(way(String.valueOf(post.id()), target.name()), List.of());
                if (own.isEmpty()) {
                    continue;
                }
                if (own.getFirst().begun() < before) {
                    violations.add(
                            "event %s was sent to %s before %s was done".formatted(post.id(), target.name(), previous));
                }
                before = Math.max(before, done(own));
                previous = String.valueOf(post.id());
            }
        }
        return violations;
    }

    /** When it was taken first, or else begun for the last time. */
    private static long done(List<Receipt> receipts) {
        return receipts.stream()
            .filter(Receipt::taken)
            .findFirst()
            .map(Receipt::begun)
            .orElseGet(() -> receipts.getLast().begun());
    }

    /** The events that were posted one after the other. */
    private static List<Post> inOrder(History history, String organization) {
        Map<String, Post> first = new HashMap<>();
        history.posts()
            .stream()
            .filter((post) -> post.organization().equals(organization) && post.answered())
            .forEach((post) -> first.merge(String.valueOf(post.id()), post,
                    (one, other) -> (one.begun() < other.begun()) ? one : other));
        List<Post> order = first.values().stream().sorted(Comparator.comparingLong(Post::begun)).toList();
        List<Post> kept = new ArrayList<>();
        for (Post post : order) {
            if (kept.isEmpty() || kept.getLast().ended() < post.begun()) {
                kept.add(post);
            }
        }
        return kept;
    }

    private static Map<String, List<Receipt>> receiptsByWay(History history) {
        Map<String, List<Receipt>> ways = new TreeMap<>();
        history.receipts()
            .forEach((receipt) -> ways.computeIfAbsent(way(receipt.id(), receipt.target()), (key) -> new ArrayList<>())
                .add(receipt));
        ways.values().forEach((receipts) -> receipts.sort(Comparator.comparingLong(Receipt::begun)));
        return ways;
    }

    /** What a disturbance cut counts as none. */
    static List<String> attemptsWithinSchedule(History history) {
        Map<String, Integer> schedules = history.targets()
            .stream()
            .collect(Collectors.toMap(Target::name, Target::schedule));
        List<String> violations = new ArrayList<>();
        Map<String, Set<Integer>> numbers = new HashMap<>();
        for (Attempt attempt : history.attempts()) {
            String way = way(attempt.id(), attempt.target());
            if (attempt.number() > schedules.getOrDefault(attempt.target(), Integer.MAX_VALUE)) {
                violations.add("attempt %d of event %s is recorded".formatted(attempt.number(), way));
            }
            if (!numbers.computeIfAbsent(way, (key) -> new HashSet<>()).add(attempt.number())) {
                violations.add("attempt %d of event %s is recorded twice".formatted(attempt.number(), way));
            }
        }
        receiptsByWay(history).forEach((way, receipts) -> {
            int schedule = schedules.getOrDefault(receipts.getFirst().target(), Integer.MAX_VALUE);
            long cut = receipts.stream().filter((receipt) -> isDisturbed(history, receipt)).count();
            if (receipts.size() - cut > schedule) {
                violations.add("event %s was sent %d times, of which %d were cut".formatted(way, receipts.size(), cut));
            }
        });
        return violations;
    }

    private static boolean isDisturbed(History history, Receipt receipt) {
        long recorded = (receipt.ended() == History.NEVER) ? History.NEVER : receipt.ended() + RECORDING;
        return history.disturbances()
            .stream()
            .anyMatch((disturbance) -> receipt.begun() <= disturbance.ended() && recorded >= disturbance.begun());
    }

    static List<String> repeatsAreExplained(History history) {
        return repeats(history).stream()
            .filter((repeat) -> repeat.because().isEmpty())
            .map((repeat) -> "event %s came again %d ms after it was taken at %d".formatted(repeat.way(),
                    repeat.after() / 1_000_000, repeat.begun() / 1_000_000))
            .toList();
    }

    /**
     * Each request that came although one before it had been taken, or not answered. An
     * answer that came too late counts as a failed attempt, and is recorded as one.
     */
    static List<Repeat> repeats(History history) {
        Map<String, Long> late = history.attempts()
            .stream()
            .filter(Attempt::late)
            .collect(Collectors.groupingBy((attempt) -> way(attempt.id(), attempt.target()), Collectors.counting()));
        List<Repeat> repeats = new ArrayList<>();
        receiptsByWay(history).forEach((way, receipts) -> {
            for (int i = 1; i < receipts.size(); i++) {
                Receipt before = receipts.get(i - 1);
                if (before.taken() || before.status() == 0) {
                    List<String> because = disturbances(history, before);
                    if (because.isEmpty() && late.merge(way, -1L, Long::sum) >= 0) {
                        because = List.of("answered too late");
                    }
                    repeats.add(new Repeat(way, before.begun(), receipts.get(i).begun() - before.begun(), because));
                }
            }
        });
        return repeats;
    }

    private static List<String> disturbances(History history, Receipt receipt) {
        long recorded = (receipt.ended() == History.NEVER) ? History.NEVER : receipt.ended() + RECORDING;
        return history.disturbances()
            .stream()
            .filter((disturbance) -> receipt.begun() <= disturbance.ended() && recorded >= disturbance.begun())
            .map(Disturbance::what)
            .distinct()
            .toList();
    }

    static List<String> logIsExact(History history) {
        List<String> violations = new ArrayList<>();
        for (Reading reading : history.readings()) {
            Set<String> expected = history.stored()
                .stream()
                .filter((stored) -> stored.organization().equals(reading.organization()))
                .map(Stored::id)
                .collect(Collectors.toSet());
            Set<String> read = new HashSet<>();
            for (String id : reading.ids()) {
                if (!read.add(id)) {
                    violations.add("the log showed event " + id + " twice");
                }
                if (!expected.contains(id)) {
                    violations.add("the log showed event " + id + ", which is not stored");
                }
            }
            expected.stream()
                .filter((id) -> !read.contains(id))
                .forEach((id) -> violations.add("the log left out event " + id));
        }
        return violations;
    }

    static List<String> leasesAreExclusive(History history) {
        List<String> violations = new ArrayList<>();
        history.grants().stream().collect(Collectors.groupingBy(Grant::id)).forEach((id, grants) -> {
            for (Grant one : grants) {
                for (Grant other : grants) {
                    if (one != other && other.begun() > one.ended() && other.ended() < one.until()) {
                        violations.add("event %s was leased to %s while %s held it".formatted(id, other.consumer(),
                                one.consumer()));
                    }
                }
            }
        });
        return violations;
    }

    /**
     * A request that came again.
     *
     * @param way of which event to which endpoint
     * @param begun when the one before it had arrived
     * @param after how long after the one before it, in nanoseconds
     * @param because what was done to the service while that one was under way, or what
     * else explains it
     */
    record Repeat(String way, long begun, long after, List<String> because) {

    }

}
