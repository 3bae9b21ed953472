package dev.triggers.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.triggers.fault.History.Post;
import dev.triggers.fault.History.Receipt;
import dev.triggers.fault.History.Target;
import dev.triggers.fault.HistoryRules.Repeat;

/**
 * What faults did, one line each.
 */
final class FaultReport {

    private final List<String> lines = new ArrayList<>();

    private final long seed;

    FaultReport(long seed) {
        this.seed = seed;
    }

    /**
     * Adds a run, and tells what it does against the rules.
     * @param fault what was done
     * @param times how often
     * @param history how it was
     * @param strikes when it was done
     */
    List<String> add(String fault, int times, History history, List<Long> strikes) {
        List<String> violations = Arrays.stream(HistoryRule.values())
            .flatMap((rule) -> rule.violations(history).stream().limit(20).map((what) -> rule + ": " + what))
            .toList();
        List<Repeat> repeats = HistoryRules.repeats(history);
        Map<String, Long> reasons = repeats.stream()
            .collect(Collectors.groupingBy(
                    (repeat) -> repeat.because().isEmpty() ? "unexplained" : String.join(", ", repeat.because()),
                    Collectors.counting()));
        this.lines.add("| %s | %d | %d | %d | %s | %s | %s | %s |".formatted(fault, times, history.stored().size(),
                HistoryRule.NOTHING_IS_LOST.violations(history).size()
                        + HistoryRule.ACCEPTED_IS_STORED.violations(history).size(),
                reasons.isEmpty() ? "0"
                        : reasons.entrySet()
                            .stream()
                            .map((reason) -> reason.getValue() + " (" + reason.getKey() + ")")
                            .collect(Collectors.joining(", ")),
                seconds(strikes.stream().mapToLong((strike) -> untilAccepted(history, strike)).max().orElse(0)),
                seconds(strikes.stream().mapToLong((strike) -> untilDelivered(history, strike)).max().orElse(0)),
                seconds(slowest(history))));
        System.out.println(this.lines.getLast());
        return violations;
    }

    private static String seconds(long nanos) {
        return "%.1f s".formatted(nanos / 1e9);
    }

    /** From a strike until an event was accepted that was posted after it. */
    private static long untilAccepted(History history, long strike) {
        return history.posts()
            .stream()
            .filter((post) -> post.begun() > strike && post.answered())
            .mapToLong(Post::ended)
            .min()
            .orElse(strike) - strike;
    }

    /**
     * From a strike until the last of the events before it had been taken, of those that
     * need not wait for others and were never refused: these wait for their next attempt.
     */
    private static long untilDelivered(History history, long strike) {
        Map<String, Long> taken = taken(history);
        return Math.max(0,
                unrefused(history, strike).keySet()
                    .stream()
                    .mapToLong((id) -> taken.getOrDefault(id, strike))
                    .max()
                    .orElse(strike) - strike);
    }

    /**
     * The longest time from the answer to the client until the event was taken, of those
     * that need not wait for others and were never refused.
     */
    private static long slowest(History history) {
        Map<String, Long> accepted = unrefused(history, Long.MAX_VALUE);
        Map<String, Long> taken = taken(history);
        return accepted.entrySet()
            .stream()
            .mapToLong((event) -> taken.getOrDefault(event.getKey(), event.getValue()) - event.getValue())
            .max()
            .orElse(0);
    }

    /** When events were answered, of those that no other and no refusal kept. */
    private static Map<String, Long> unrefused(History history, long before) {
        Set<String> atOnce = history.targets()
            .stream()
            .filter((target) -> !target.ordered())
            .map(Target::organization)
            .collect(Collectors.toSet());
        Map<String, Long> accepted = new HashMap<>();
        history.posts()
            .stream()
            .filter((post) -> post.answered() && post.ended() < before && atOnce.contains(post.organization()))
            .forEach((post) -> accepted.merge(String.valueOf(post.id()), post.ended(), Math::min));
        history.receipts()
            .stream()
            .filter((receipt) -> !receipt.taken() && receipt.status() != 0)
            .forEach((receipt) -> accepted.remove(receipt.id()));
        return accepted;
    }

    private static Map<String, Long> taken(History history) {
        Map<String, Long> taken = new HashMap<>();
        history.receipts()
            .stream()
            .filter(Receipt::taken)
            .forEach((receipt) -> taken.merge(receipt.id(), receipt.begun(), Math::min));
        return taken;
    }

    /** Writes the table. */
    void write(Path file) {
        List<String> text = new ArrayList<>(List.of("Seed " + this.seed, "",
                "| fault | times | events | lost | repeated | accepts again after | last delivery after | slowest delivery |",
                "|---|---|---|---|---|---|---|---|"));
        text.addAll(this.lines);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, text);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        text.forEach(System.out::println);
    }

}
