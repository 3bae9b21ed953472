package dev.triggers.portal;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import dev.triggers.support.Customer;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Prints how quick the portal is, in a browser on the service's machine, and what memory
 * it takes. No test: it judges nothing, and is run by name.
 */
class PortalFigures extends BrowserTest {

    private static final int ROWS = 1_000;

    private static final int RATE = 50;

    /** So many the list holds at most. */
    private static final int MOST_ROWS = 10_000;

    private static final Duration MEMORY = Duration.ofMinutes(Integer.getInteger("figures.minutes", 10));

    /** When each row was in the page. */
    private static final String WATCH_ROWS = """
            window.seen = {};
            new MutationObserver((changes) => {
              for (const change of changes) {
                for (const node of change.addedNodes) {
                  if (node.classList?.contains('event-row')) {
                    window.seen[node.id.slice(4)] ??= performance.timeOrigin + performance.now();
                  }
                }
              }
            }).observe(document, { childList: true, subtree: true });""";

    /** What a key waited for before it was looked at. */
    private static final String WATCH_INPUT = """
            window.delays = [];
            window.longest = 0;
            document.addEventListener('keydown', (event) => window.delays.push(performance.now() - event.timeStamp), true);
            new PerformanceObserver((list) => {
              for (const entry of list.getEntries()) {
                window.longest = Math.max(window.longest, entry.duration);
              }
            }).observe({ type: 'longtask' });""";

    private final Map<String, Long> answered = new ConcurrentHashMap<>();

    @Test
    void figures() {
        Customer customer = new Customer(this.api);
        fill(customer);
        try (ScheduledExecutorService posting = Executors.newScheduledThreadPool(4)) {
            posting.scheduleAtFixedRate(() -> post(customer), 0, 1_000_000 / RATE, TimeUnit.MICROSECONDS);
            open(customer, "#/events");
            this.page.evaluate(WATCH_ROWS);
            this.page.evaluate(WATCH_INPUT);
            visible();
            input();
            memory();
            posting.shutdownNow();
        }
    }

    private void fill(Customer customer) {
        String event = "{\"type\":\"order.placed\",\"payload\":{\"order\":{\"id\":4711,\"lines\":[{\"sku\":\"A-1\",\"n\":2}]}}}\n";
        Reply reply = this.api.send(this.api.request("/api/events/batch", customer.key())
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofString(event.repeat(ROWS))));
        assertThat(reply.at("/accepted").intValue()).as("%s", reply).isEqualTo(ROWS);
    }

    private void post(Customer customer) {
        String id = customer.event("order.placed", "{\"order\":{\"id\":4711,\"lines\":[{\"sku\":\"A-1\",\"n\":2}]}}");
        this.answered.put(id, System.currentTimeMillis());
    }

    private void visible() {
        assertThat(this.page.locator(".live")).hasText("live");
        wait(Duration.ofSeconds(5));
        long since = System.currentTimeMillis();
        wait(Duration.ofSeconds(20));
        long until = System.currentTimeMillis();
        wait(Duration.ofSeconds(3));
        Map<?, ?> seen = (Map<?, ?>) this.page.evaluate("window.seen");
        List<Double> millis = new ArrayList<>();
        int unseen = 0;
        for (Map.Entry<String, Long> each : this.answered.entrySet()) {
            if (each.getValue() >= since && each.getValue() < until) {
                if (seen.get(each.getKey()) instanceof Number at) {
                    millis.add(at.doubleValue() - each.getValue());
                }
                else {
                    unseen++;
                }
            }
        }
        print("Row in the page after its event's 201, %d a second, %d events, %d not seen",
                millis.stream().mapToDouble(Double::doubleValue).toArray(), RATE, millis.size() + unseen, unseen);
        this.answered.clear();
    }

    private void input() {
        for (int loaded = 0; loaded < ROWS;) {
            this.page.evaluate("document.querySelector('.rows').scrollTop = 1e9");
            loaded = Integer.parseInt(this.page.locator(".list-foot")
                .textContent()
                .replaceAll("(?s)^([0-9,]+) event.*", "$1")
                .replace(",", ""));
            wait(Duration.ofMillis(100));
        }
        this.page.evaluate("document.querySelector('.rows').scrollTop = 0");
        this.page.evaluate("window.delays = []; window.longest = 0");
        for (int press = 0; press < 100; press++) {
            press((press % 10 < 5) ? "j" : "k");
            wait(Duration.ofMillis(100));
        }
        double[] delays = ((List<?>) this.page.evaluate("window.delays")).stream()
            .mapToDouble((delay) -> ((Number) delay).doubleValue())
            .toArray();
        print("Input delay, %d rows or more and %d events a second, %d keys", delays, ROWS, RATE, delays.length);
        System.out.println("Longest task meanwhile: " + this.page.evaluate("Math.round(window.longest)") + " ms");
    }

    private void memory() {
        press("Escape");
        this.page.evaluate("document.querySelector('.rows').scrollTop = 0; window.seen = {}; window.delays = []");
        CDPSession session = this.visit.context().newCDPSession(this.page);
        report("at the start", session);
        this.page.waitForCondition(() -> this.page.locator(".list-foot").textContent().startsWith("10,000"),
                new Page.WaitForConditionOptions().setTimeout(Duration.ofMinutes(10).toMillis()));
        report(String.format("with its %,d rows", MOST_ROWS), session);
        for (int minute = 1; minute <= MEMORY.toMinutes(); minute++) {
            wait(Duration.ofMinutes(1));
            this.page.evaluate("window.seen = {}");
            this.answered.clear();
            report("and after " + minute + " min", session);
        }
    }

    private void report(String when, CDPSession session) {
        session.send("HeapProfiler.collectGarbage");
        JsonObject heap = session.send("Runtime.getHeapUsage");
        JsonObject dom = session.send("Memory.getDOMCounters");
        System.out.printf("Memory %s: %.2f MB of JavaScript, %d nodes, %d listeners%n", when,
                heap.get("usedSize").getAsDouble() / 1e6, dom.get("nodes").getAsInt(),
                dom.get("jsEventListeners").getAsInt());
    }

    private void wait(Duration time) {
        this.page.waitForTimeout(time.toMillis());
    }

    private static void print(String what, double[] millis, Object... arguments) {
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        int last = sorted.length - 1;
        System.out.printf(what + ": p50 %.1f, p95 %.1f, highest %.1f ms%n",
                append(arguments, sorted[last / 2], sorted[(int) (last * 0.95)], sorted[last]));
    }

    private static Object[] append(Object[] arguments, Object... more) {
        Object[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return all;
    }

}
