package dev.triggers.portal;

import java.util.List;
import java.util.Map;
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

    @Autowired
    private JdbcClient jdbc;

    @ParameterizedTest
    @CsvSource({ "1440, 900", "320, 640" })
    void noViewViolatesARule(int width, int height) {
        try (Receiver receiver = new Receiver().answer(503)) {
            Customer customer = new Customer(this.api);
            String endpoint = customer.register(receiver.url(), ",\"retry_schedule\":[]").text("id");
            String event = customer.event("order.placed",
                    "{\"id\":1,\"tags\":[\"vip\",null,true],\"inner\":{\"n\":1.5}}");
            customer.awaitStatus(event, "failed");
            count(customer, UUID.fromString(endpoint));
            others(customer);
            this.page.setViewportSize(width, height);
            open("#/start");
            boolean narrow = width < 400;
            Axe axe = narrow ? Axe.narrow(this.page) : Axe.in(this.page);
            look(axe, "#/start");
            this.page.getByLabel("API key").first().fill(customer.key());
            button("Open").click();
            assertThat(this.page.locator("h1")).hasText("Overview");
            for (String range : narrow ? List.<String>of() : List.of("1h", "7d", "30d")) {
                look(axe, "#/overview?range=" + range);
            }
            for (String place : List.of("#/overview", "#/events", "#/events?q=nothing-like-it", "#/events/" + event,
                    "#/events/" + event + "/attempts/" + endpoint + "/1", "#/endpoints", "#/endpoints/" + endpoint,
                    "#/repair", "#/inbox", "#/playground", "#/keys", "#/keys/usage", "#/keys/audit", "#/start/guide",
                    "#/nowhere")) {
                look(axe, place);
            }
            dialogs(axe);
            assertThat(axe.violations()).isEmpty();
        }
    }

    /** What the views of the inbox and of the playground show. */
    private void others(Customer customer) {
        customer.post("/api/inbox/lease", "{\"limit\":1,\"lease_seconds\":600,\"consumer\":\"worker-1\"}");
        String cursor = customer.get("/api/events?from=earliest").text("next_cursor");
        this.api.put("/api/consumers/billing", customer.key(), "{\"cursor\":\"" + cursor + "\"}");
        String token = customer.post("/api/playground", "").text("token");
        this.api.post("/play/" + token, null, "{\"hello\":\"world\"}");
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

    private void look(Axe axe, String place) {
        move(place);
        if (place.startsWith("#/overview") || place.endsWith("/usage")) {
            assertThat(this.page.locator("main svg.chart").first()).isVisible();
        }
        axe.check(place);
    }

    private void dialogs(Axe axe) {
        Map.of("#/endpoints", "Add endpoint", "#/repair", "Replay all that match…", "#/keys", "Make a key", "#/inbox",
                "Work by hand…")
            .forEach((place, name) -> {
                move(place);
                button(name).first().click();
                assertThat(dialog()).isVisible();
                axe.check(name);
                press("Escape");
                assertThat(dialog()).hasCount(0);
            });
        press("Control+k");
        assertThat(dialog().locator(".option").first()).isVisible();
        axe.check("palette");
        press("Escape");
        assertThat(dialog()).hasCount(0);
        press("?");
        assertThat(dialog()).isVisible();
        axe.check("keyboard");
        press("Escape");
    }

}
