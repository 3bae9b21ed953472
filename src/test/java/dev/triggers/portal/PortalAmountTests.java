package dev.triggers.portal;

import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import dev.triggers.support.Customer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The portal stays small: what it loads, and what it draws of very many events. Times are
 * printed and not judged.
 */
class PortalAmountTests extends BrowserTest {

    private static final int MOST_BYTES = 60 * 1024;

    private static final int MOST_FILES = 25;

    private static final int EVENTS = 100_000;

    private static final int MOST_ROWS = 80;

    @Autowired
    private JdbcClient jdbc;

    @ParameterizedTest
    @ValueSource(strings = { "#/start", "#/overview", "#/events", "#/endpoints", "#/repair", "#/playground", "#/keys",
            "#/keys/usage", "#/operator" })
    void firstViewIsSmall(String place) {
        Customer customer = new Customer(this.api);
        customer.event("a.first");
        AtomicLong bytes = new AtomicLong();
        AtomicInteger files = new AtomicInteger();
        this.page.onResponse((response) -> {
            String path = URI.create(response.url()).getPath();
            if (!path.startsWith("/api/")) {
                bytes.addAndGet(Long.parseLong(response.headers().getOrDefault("content-length", "0")));
                files.incrementAndGet();
            }
        });
        if (place.equals("#/start")) {
            open(place);
        }
        else {
            open(customer, place);
        }
        assertThat(this.page.locator("h1")).hasCount(1);
        assertThat(this.page.locator(".loading")).hasCount(0);
        System.out.println("First view of " + place + ": " + files + " files, " + bytes + " bytes");
        assertThat(bytes.get()).isLessThanOrEqualTo(MOST_BYTES);
        assertThat(files.get()).isLessThanOrEqualTo(MOST_FILES);
    }

    @Test
    void everyViewWorksWithAHundredThousandEvents() {
        Customer customer = new Customer(this.api);
        String endpoint = customer.register("http://localhost:1/", ",\"event_types\":[\"none.of.them\"]").text("id");
        fill(customer, UUID.fromString(endpoint));
        open(customer, "#/start/guide");
        for (String place : List.of("#/overview", "#/repair", "#/endpoints", "#/endpoints/" + endpoint, "#/keys",
                "#/events?q=status%3Afailed", "#/events?q=type%3Anone.of.them", "#/events?q=payload.n%3A5",
                "#/events")) {
            long begin = System.nanoTime();
            move(place);
            System.out.printf("With %,d events: %s after %d ms%n", EVENTS, place.replace(endpoint, "…"),
                    (System.nanoTime() - begin) / 1_000_000);
            assertThat(main().locator(".state", new Locator.LocatorOptions().setHasText("That did not work")))
                .hasCount(0);
        }
        tenThousandRowsAreScrolled();
        nothingJumpsWhileOneReads(customer);
        Locator older = button("Load older");
        older.click();
        assertThat(this.page.getByLabel("Search events")).hasValue(Pattern.compile("until:.*Z"));
        assertThat(this.page.locator(".event-row").first()).isVisible();
    }

    private void tenThousandRowsAreScrolled() {
        Locator foot = this.page.locator(".list-foot");
        assertThat(foot).containsText("100 events");
        this.page.evaluate("""
                async () => {
                  const [rows, foot] = ['.rows', '.list-foot'].map((name) => document.querySelector(name));
                  for (let tries = 0; tries < 5000 && !foot.textContent.startsWith('10,000 events'); tries++) {
                    rows.scrollTop = 1e9;
                    await new Promise((resolve) => setTimeout(resolve, 10));
                  }
                }""");
        assertThat(foot).containsText("10,000 events");
        Object longest = this.page.evaluate("""
                async () => {
                  const rows = document.querySelector('.rows');
                  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
                  let longest = 0;
                  let before = await frame();
                  for (let step = 0; step <= 120; step++) {
                    rows.scrollTop = (rows.scrollHeight / 120) * step;
                    const now = await frame();
                    longest = Math.max(longest, now - before);
                    before = now;
                  }
                  return Math.round(longest);
                }""");
        System.out.println("10,000 rows: the longest of 120 frames while they are scrolled took " + longest + " ms");
        assertThat((Integer) this.page.evaluate("document.querySelectorAll('.event-row').length"))
            .isLessThan(MOST_ROWS);
    }

    private void nothingJumpsWhileOneReads(Customer customer) {
        Object before = this.page.evaluate("document.querySelector('.rows').scrollTop = 190_000");
        String looked = "document.elementFromPoint(600, 400).closest('.event-row').id";
        this.page.waitForFunction("() => document.elementFromPoint(600, 400).closest('.event-row')");
        Object shown = this.page.evaluate(looked);
        customer.event("none.of.them.either");
        assertThat(this.page.locator(".pill")).hasText("1 new");
        assertThat(this.page.evaluate("document.querySelector('.rows').scrollTop")).isEqualTo(before);
        assertThat(this.page.evaluate(looked)).isEqualTo(shown);
        this.page.locator(".pill").click();
        assertThat(row("none.of.them.either")).isVisible();
        assertThat(this.page.locator(".list-foot")).containsText("10,000 events");
    }

    /** Of the latest ten hours; one in a hundred is a dead letter. */
    private void fill(Customer customer, UUID endpoint) {
        UUID organization = UUID.fromString(customer.get("/api/keys").text("organization_id"));
        int step = 5_000;
        for (int from = 0; from < EVENTS; from += step) {
            this.jdbc
                .sql("""
                        with event as (
                          insert into events (organization_id, id, type, payload)
                          select :organization, (lpad(to_hex((extract(epoch from now()) * 1000)::bigint - 360 * i), 12, '0')
                            || '7000' || lpad(to_hex(i), 16, '0'))::uuid, 'many.events', '{"n":' || i || '}'
                          from generate_series(:from, :from + :step - 1) i
                          returning id, payload like '%00}' as dead),
                        letter as (
                          insert into dead_letters (organization_id, event_id, endpoint_id, attempts, failed_at)
                          select :organization, id, :endpoint, 1, now() from event where dead)
                        insert into delivery_attempts (organization_id, event_id, endpoint_id, number, started_at, duration_ms,
                          outcome, response_status, error_code, error)
                        select :organization, id, :endpoint, 1, now(), 12, case when dead then 'f' else 'd' end,
                          case when dead then 503 else 200 end, case when dead then 'status_5xx' end,
                          case when dead then 'HTTP 503' end
                        from event
                        """)
                .param("organization", organization)
                .param("endpoint", endpoint)
                .param("from", from)
                .param("step", step)
                .update();
        }
    }

}
