package dev.triggers.portal;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.triggers.support.Api;
import dev.triggers.support.Chromium;
import dev.triggers.support.Chromium.Visit;
import dev.triggers.support.Customer;
import dev.triggers.support.IntegrationTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody at a browser who looks at the portal. Whatever happens, no script may fail,
 * and the page's policy may refuse nothing.
 */
@IntegrationTest
@EnabledIf(value = "dev.triggers.support.Chromium#installed", disabledReason = "chromium is not installed")
abstract class BrowserTest {

    @Autowired
    protected Api api;

    protected Visit visit;

    protected Page page;

    @BeforeEach
    void visit() {
        visit(1440, 900);
    }

    @AfterEach
    void leave() {
        this.visit.close();
        assertThat(this.visit.complaints()).isEmpty();
    }

    protected final void visit(int width, int height) {
        this.visit = Chromium.shared().visit(width, height, ColorScheme.LIGHT);
        this.page = this.visit.page();
    }

    /** Whose portal it is. */
    protected Api service() {
        return this.api;
    }

    protected final void open(String place) {
        this.page.navigate(service().uri("/" + place).toString());
    }

    protected final void open(Customer customer, String place) {
        open(customer.key(), place);
    }

    /** Comes with a key, in every tab of the visit. */
    protected final void open(String key, String place) {
        holdKey(key);
        open(place);
    }

    protected final void holdKey(String key) {
        // A page that could not be had has no storage
        this.visit.context()
            .addInitScript("if (location.protocol === 'http:') sessionStorage.setItem('triggers.key', '" + key + "')");
    }

    /** Moves within the page that is open. */
    protected final void move(String place) {
        move(this.page, place);
        assertThat(this.page.locator("main h1")).hasCount(1);
        assertThat(this.page.locator(".loading")).hasCount(0);
    }

    protected static void move(Page page, String place) {
        page.evaluate("place => { location.hash = place }", place);
        // The view before is gone once the new one's promise was resolved
        page.waitForFunction("place => location.hash === place && document.querySelector('main h1')", place);
    }

    protected final void go(String view) {
        this.page.locator(".top nav a", new Page.LocatorOptions().setHasText(view)).click();
        assertThat(this.page.locator("h1")).hasText(view);
    }

    protected final Locator main() {
        return this.page.locator("main");
    }

    protected final Locator button(String name) {
        return this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    protected final Locator dialog() {
        return this.page.locator("dialog[open]");
    }

    protected final Locator dialogButton(String name) {
        return dialog().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    protected final Locator row(String text) {
        return this.page.locator(".event-row", new Page.LocatorOptions().setHasText(text));
    }

    protected final void press(String... keys) {
        for (String key : keys) {
            this.page.keyboard().press(key);
        }
    }

}
