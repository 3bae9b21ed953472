package dev.triggers.portal;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.ReducedMotion;
import dev.triggers.support.Customer;
import dev.triggers.support.Receiver;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is read stays where it is, and whoever has no mouse sees where they are.
 */
class PortalCareTests extends BrowserTest {

    /** Nothing when the focus is seen; what has it otherwise. */
    private static final String UNSEEN = """
            () => {
              const at = document.activeElement;
              if (!at || at === document.body) {
                return '';
              }
              const style = getComputedStyle(at);
              const box = at.getBoundingClientRect();
              const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
              return seen && box.width && box.height ? '' : at.outerHTML.slice(0, 120);
            }""";

    @Test
    void listStandsStillUnderThePointer() {
        Customer customer = new Customer(this.api);
        customer.event("is.read");
        open(customer, "#/events");
        assertThat(this.page.locator(".live")).hasText("live");
        row("is.read").hover();
        customer.event("comes.meanwhile");
        assertThat(this.page.locator(".pill")).hasText("1 new");
        assertThat(row("comes.meanwhile")).hasCount(0);
        this.page.mouse().move(5, 5);
        assertThat(row("comes.meanwhile")).isVisible();
    }

    @Test
    void focusIsSeenWhereverItGoes() {
        try (Receiver receiver = new Receiver().answer(503)) {
            Customer customer = new Customer(this.api);
            customer.register(receiver.url(), ",\"retry_schedule\":[]");
            customer.awaitStatus(customer.event("order.placed"), "failed");
            open(customer, "#/overview");
            for (String place : List.of("#/overview", "#/events", "#/inbox", "#/endpoints", "#/repair", "#/keys",
                    "#/keys/usage", "#/keys/audit", "#/playground")) {
                move(place);
                boolean first = place.equals("#/overview");
                if (!first) {
                    // What is around the view was seen with the first
                    main().focus();
                }
                for (int n = 0; n < (first ? 20 : 10); n++) {
                    press("Tab");
                    assertThat(this.page.evaluate(UNSEEN)).as("%s, %d", place, n).isEqualTo("");
                }
            }
        }
    }

    @Test
    void focusStaysWhenWhatHasItIsDrawnAnew() {
        Customer customer = new Customer(this.api);
        customer.events("job", 2);
        customer.post("/api/inbox/lease", "{\"limit\":1,\"lease_seconds\":600,\"consumer\":\"worker-1\"}");
        open(customer, "#/inbox");
        button("Extend worker-1").focus();
        customer.event("job");
        assertThat(main().locator("section.card", new Locator.LocatorOptions().setHasText("What waits"))
            .first()
            .locator(".list > li")).hasCount(3);
        button("Extend worker-1").click();
        assertThat(this.page.locator(".toast").last()).containsText("Extended.");
        assertThat(button("Extend worker-1")).isFocused();
        button("Give back worker-1").click();
        press("Escape");
        assertThat(button("Give back worker-1")).isFocused();
    }

    @Test
    void nothingMovesForWhoWantsThat() {
        Customer customer = new Customer(this.api);
        customer.event("a");
        this.page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
        open(customer, "#/overview");
        assertThat(this.page.locator(".live")).hasText("live");
        assertThat(this.page.evaluate("document.getAnimations().length")).isEqualTo(0);
        this.page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.NO_PREFERENCE));
        this.page.waitForFunction("document.getAnimations().length > 0");
    }

    @Test
    void eventIsPrintedWhole() {
        try (Receiver receiver = new Receiver().answer(503)) {
            Customer customer = new Customer(this.api);
            customer.register(receiver.url(), ",\"retry_schedule\":[]");
            String lines = IntStream.range(0, 90).mapToObj((n) -> "{\"n\":" + n + "}").collect(Collectors.joining(","));
            String id = customer.event("order.placed",
                    "{\"lines\":[" + lines + "],\"deep\":{\"down\":{\"there\":1.50}}}");
            customer.awaitStatus(id, "failed");
            open(customer, "#/events/" + id);
            this.page.locator("details.delivery summary").click();
            assertThat(this.page.locator(".attempts a")).isHidden();
            this.page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            this.page.evaluate("window.dispatchEvent(new Event('beforeprint'))");
            for (String shown : List.of(".verdict-title", ".attempts a", ".timeline", ".on-paper")) {
                assertThat(this.page.locator(shown).first()).isVisible();
            }
            for (String hidden : List.of(".top", ".list-pane", ".actions", ".json-body")) {
                assertThat(this.page.locator(hidden).first()).isHidden();
            }
            assertThat(this.page.locator(".on-paper")).containsText("\"n\": 89");
            assertThat(this.page.locator(".on-paper")).containsText("\"there\": 1.50");
            this.page.evaluate("window.dispatchEvent(new Event('afterprint'))");
            this.page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
            assertThat(this.page.locator(".attempts a")).isHidden();
            assertThat(this.page.locator(".json-body")).isVisible();
        }
    }

}
