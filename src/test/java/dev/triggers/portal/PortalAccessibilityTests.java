package dev.triggers.portal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.triggers.support.Api;
import dev.triggers.support.Chromium;
import dev.triggers.support.Chromium.Visit;
import dev.triggers.support.Customer;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Receiver;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each view is for everybody, in both themes, wide and narrow.
 */
@IntegrationTest
@EnabledIf(value = "dev.triggers.support.Chromium#installed", disabledReason = "chromium is not installed")
class PortalAccessibilityTests {

    @Autowired
    private Api api;

    private final List<String> violations = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({ "1440, 900, LIGHT", "1440, 900, DARK", "320, 640, LIGHT", "320, 640, DARK" })
    void noViewViolatesARule(int width, int height, ColorScheme scheme) {
        try (Receiver receiver = new Receiver().answer(503);
                Chromium chromium = new Chromium();
                Visit visit = chromium.visit(width, height, scheme)) {
            Customer customer = new Customer(this.api);
            String endpoint = customer.register(receiver.url(), ",\"retry_schedule\":[]").text("id");
            String event = customer.event("order.placed",
                    "{\"id\":1,\"tags\":[\"vip\",null,true],\"inner\":{\"n\":1.5}}");
            customer.awaitStatus(event, "failed");
            Page page = visit.page();
            look(page, "#/start");
            page.evaluate("key => sessionStorage.setItem('triggers.key', key)", customer.key());
            page.reload();
            for (String place : List.of("#/overview", "#/events", "#/events?q=nothing-like-it", "#/events/" + event,
                    "#/events/" + event + "/attempts/" + endpoint + "/1", "#/endpoints", "#/endpoints/" + endpoint,
                    "#/repair", "#/keys", "#/start/guide")) {
                look(page, place);
            }
            dialogs(page);
            assertThat(this.violations).isEmpty();
            assertThat(visit.complaints()).isEmpty();
        }
    }

    private void look(Page page, String place) {
        page.navigate(this.api.uri("/" + place).toString());
        assertThat(page.locator("h1").first()).isAttached();
        assertThat(page.locator(".loading")).hasCount(0);
        check(page, place);
        if (page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth").equals(true)) {
            this.violations.add(place + ": is wider than the window");
        }
    }

    private void dialogs(Page page) {
        Map.of("#/endpoints", "Add endpoint", "#/repair", "Replay all that match…", "#/keys", "Make a key")
            .forEach((place, name) -> {
                page.navigate(this.api.uri("/" + place).toString());
                page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true))
                    .first()
                    .click();
                assertThat(page.locator("dialog[open]")).isVisible();
                check(page, name);
                page.keyboard().press("Escape");
                assertThat(page.locator("dialog[open]")).hasCount(0);
            });
        page.keyboard().press("Control+k");
        assertThat(page.locator("dialog[open] .option").first()).isVisible();
        check(page, "palette");
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog[open]")).hasCount(0);
        page.keyboard().press("?");
        assertThat(page.locator("dialog[open]")).isVisible();
        check(page, "keyboard");
    }

    private void check(Page page, String what) {
        new AxeBuilder(page).analyze()
            .getViolations()
            .forEach((rule) -> this.violations.add(what + ": " + rule.getId() + " "
                    + rule.getNodes().stream().map((node) -> node.getHtml()).limit(3).toList()));
    }

}
