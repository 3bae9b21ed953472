package dev.triggers.portal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import dev.triggers.support.Customer;
import dev.triggers.support.Receiver;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each view is for everybody, in both themes, wide and narrow.
 */
class PortalAccessibilityTests extends BrowserTest {

    /** Every rule, of what is there. */
    private static final String AXE = """
            async () => (await axe.run(document, { resultTypes: ['violations'], preload: false })).violations
              .map(({ id, nodes }) => `${id} ${nodes.slice(0, 3).map(({ html }) => html).join(' ')}`)""";

    private static final String TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth";

    @Autowired
    private JdbcClient jdbc;

    private final List<String> violations = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({ "1440, 900", "320, 640" })
    void noViewViolatesARule(int width, int height) throws IOException {
        try (Receiver receiver = new Receiver().answer(503)) {
            Customer customer = new Customer(this.api);
            String endpoint = customer.register(receiver.url(), ",\"retry_schedule\":[]").text("id");
            String event = customer.event("order.placed",
                    "{\"id\":1,\"tags\":[\"vip\",null,true],\"inner\":{\"n\":1.5}}");
            customer.awaitStatus(event, "failed");
            count(customer, UUID.fromString(endpoint));
            this.page.setViewportSize(width, height);
            open("#/start");
            this.page.evaluate(axe());
            look("#/start");
            this.page.getByLabel("API key").first().fill(customer.key());
            button("Open").click();
            assertThat(this.page.locator("h1")).hasText("Overview");
            for (String place : List.of("#/overview", "#/overview?range=1h", "#/overview?range=7d",
                    "#/overview?range=30d", "#/events", "#/events?q=nothing-like-it", "#/events/" + event,
                    "#/events/" + event + "/attempts/" + endpoint + "/1", "#/endpoints", "#/endpoints/" + endpoint,
                    "#/repair", "#/keys", "#/start/guide", "#/nowhere")) {
                look(place);
            }
            dialogs();
            assertThat(this.violations).isEmpty();
        }
    }

    /** Attempts of the latest month, as they are counted, for the charts. */
    private void count(Customer customer, UUID endpoint) {
        this.jdbc
            .sql("""
                    with bucket as (
                      select s.span, date_bin(make_interval(mins => s.span), now(), 'epoch') - n * make_interval(mins => s.span)
                        as start, n
                      from (values (1, 50), (60, 100), (1440, 29)) s (span, most), generate_series(1, s.most) n),
                    organization as (
                      insert into organization_statistics
                      select :organization, span, start, 40 + n % 7, 30 + n % 11, n % 5, 0 from bucket)
                    insert into endpoint_statistics
                    select :endpoint, span, start, outcome, case outcome when 'delivered' then 30 + n % 11 else n % 5 end, 0,
                      start, :endpoint, 1, array_fill(0, array[20 + n % 9]) || array[30]
                    from bucket, unnest(array['delivered', 'status_5xx']) outcome
                    """)
            .param("organization", UUID.fromString(customer.get("/api/keys").text("organization_id")))
            .param("endpoint", endpoint)
            .update();
    }

    private static String axe() throws IOException {
        try (InputStream in = Objects
            .requireNonNull(PortalAccessibilityTests.class.getResourceAsStream("/axe.min.js"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void look(String place) {
        move(place);
        if (place.startsWith("#/overview")) {
            assertThat(this.page.locator("main svg.chart").first()).isVisible();
        }
        check(place);
        if (this.page.evaluate(TOO_WIDE).equals(true)) {
            this.violations.add(place + ": is wider than the window");
        }
    }

    private void dialogs() {
        Map.of("#/endpoints", "Add endpoint", "#/repair", "Replay all that match…", "#/keys", "Make a key")
            .forEach((place, name) -> {
                move(place);
                button(name).first().click();
                assertThat(dialog()).isVisible();
                check(name);
                press("Escape");
                assertThat(dialog()).hasCount(0);
            });
        press("Control+k");
        assertThat(dialog().locator(".option").first()).isVisible();
        check("palette");
        press("Escape");
        assertThat(dialog()).hasCount(0);
        press("?");
        assertThat(dialog()).isVisible();
        check("keyboard");
        press("Escape");
    }

    private void check(String what) {
        for (String theme : List.of("light", "dark")) {
            this.page.evaluate("theme => document.documentElement.setAttribute('data-theme', theme)", theme);
            for (Object violation : (List<?>) this.page.evaluate(AXE)) {
                this.violations.add(what + ", " + theme + ": " + violation);
            }
        }
    }

}
