package dev.triggers.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the tracing systems on the way tell each other of a trace: the header
 * {@code tracestate} of <a href="https://www.w3.org/TR/trace-context/">W3C Trace
 * Context</a>. Nothing in it is ours, so it is handed on as it came.
 *
 * @param value its entries, separated by commas; empty if nothing was told
 */
public record Tracestate(String value) {

    /** Of a client that tells nothing. */
    public static final Tracestate NONE = new Tracestate("");

    /** What the specification asks to be handed on at the least is what is handed on. */
    private static final int LONGEST = 512;

    private static final int MOST_ENTRIES = 32;

    /** Entries beyond that go first where not all can be kept. */
    private static final int LARGE = 128;

    private static final Pattern ENTRY = Pattern
        .compile("[a-z0-9][a-z0-9_*/@-]{0,255}=[ -~&&[^,=]]{0,255}[!-~&&[^,=]]");

    /**
     * Reads the headers, which are one as if commas stood between them; nothing of them
     * counts if a part is not as the specification has it.
     */
    public static Tracestate parse(List<String> headers) {
        List<String> entries = new ArrayList<>();
        for (String part : String.join(",", headers).split(",", -1)) {
            String entry = part.strip();
            if (!entry.isEmpty()) {
                entries.add(entry);
            }
        }
        if (entries.size() > MOST_ENTRIES || !entries.stream().allMatch((entry) -> ENTRY.matcher(entry).matches())) {
            return NONE;
        }
        shorten(entries);
        return new Tracestate(String.join(",", entries));
    }

    private static void shorten(List<String> entries) {
        int length = entries.stream().mapToInt((entry) -> entry.length() + 1).sum() - 1;
        for (int least : new int[] { LARGE, 0 }) {
            for (int i = entries.size() - 1; i >= 0 && length > LONGEST; i--) {
                if (entries.get(i).length() > least) {
                    length -= entries.remove(i).length() + 1;
                }
            }
        }
    }

    public boolean isEmpty() {
        return this.value.isEmpty();
    }

    /** Each a key, an equals sign, and what it says. */
    public List<String> entries() {
        return isEmpty() ? List.of() : Arrays.asList(this.value.split(",", -1));
    }

}
