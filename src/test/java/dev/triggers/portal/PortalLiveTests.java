package dev.triggers.portal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import dev.triggers.support.Customer;
import dev.triggers.support.DatabaseLink;
import dev.triggers.support.Instance;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything as it happens, whatever happens to the stream.
 */
class PortalLiveTests extends BrowserTest {

    @Autowired
    private Environment environment;

    private final AtomicInteger begun = new AtomicInteger();

    private final AtomicInteger over = new AtomicInteger();

    private void countStreams() {
        this.visit.context().onRequest((request) -> count(request, this.begun));
        this.visit.context().onRequestFailed((request) -> count(request, this.over));
        this.visit.context().onRequestFinished((request) -> count(request, this.over));
    }

    private static void count(Request request, AtomicInteger counter) {
        if (request.url().contains("/api/stream")) {
            counter.incrementAndGet();
        }
    }

    private void awaitState(Page tab, String state) {
        assertThat(tab.locator(".live")).hasText(state);
    }

    private static void hide(Page tab, boolean hidden) {
        tab.evaluate("""
                hidden => {
                  Object.defineProperty(document, 'hidden', { get: () => hidden, configurable: true });
                  document.dispatchEvent(new Event('visibilitychange'));
                }""", hidden);
    }

    @Test
    void streamThatWasCutGoesOnWithoutAGap() {
        Customer customer = new Customer(this.api);
        try (DatabaseLink link = new DatabaseLink("postgres://none@localhost:" + this.api.uri("/").getPort() + "/")) {
            holdKey(customer.key());
            this.page.navigate("http://localhost:" + URI.create(link.url()).getPort() + "/#/events");
            awaitState(this.page, "live");
            customer.event("before.cut");
            assertThat(row("before.cut")).isVisible();
            link.cut();
            awaitState(this.page, "connecting");
            customer.events("while.cut", 5);
            link.repair();
            awaitState(this.page, "live");
            assertThat(row("while.cut")).hasCount(5);
            customer.event("after.cut");
            assertThat(row("after.cut")).isVisible();
        }
    }

    @Test
    void serviceRestartsBeneathThePage() {
        String port = Integer.toString(freePort());
        String database = this.environment.getRequiredProperty("DATABASE_URL");
        Customer customer = new Customer(this.api);
        holdKey(customer.key());
        try (Instance first = Instance.start(database, Map.of("PORT", port))) {
            this.page.navigate("http://localhost:" + port + "/#/events");
            awaitState(this.page, "live");
            customer.at(first.api()).event("before.restart");
            assertThat(row("before.restart")).isVisible();
        }
        awaitState(this.page, "connecting");
        customer.events("meanwhile", 5);
        try (Instance again = Instance.start(database, Map.of("PORT", port))) {
            awaitState(this.page, "live");
            assertThat(row("meanwhile")).hasCount(5);
            customer.at(again.api()).event("after.restart");
            assertThat(row("after.restart")).isVisible();
            go("Overview");
            assertThat(main()).containsText("after.restart");
            assertThat(this.page.locator(".banner")).isHidden();
            assertThat(this.page.locator(".error")).hasCount(0);
            // What is being asked ends with the page, and not with the service
            this.page.navigate("about:blank");
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Test
    void logIsAskedWhereTheStreamIsHeldBack() {
        Customer customer = new Customer(this.api);
        this.page.clock().install();
        this.page.route("**/api/stream**", (route) -> {
            // no byte comes, as from a proxy that waits for the end
        });
        open(customer, "#/events");
        awaitState(this.page, "connecting");
        assertThat(this.page.locator(".list-state .state")).isVisible();
        this.page.clock().fastForward(9_000);
        awaitState(this.page, "polling");
        customer.events("by.poll", 3);
        assertThat(row("by.poll")).hasCount(3);
        this.page.unroute("**/api/stream**");
        this.page.clock().fastForward(121_000);
        customer.event("by.stream");
        awaitState(this.page, "live");
        assertThat(row("by.stream")).isVisible();
        assertThat(row("by.poll")).hasCount(3);
    }

    @Test
    void tabsShareOneStreamAndHiddenOnesHaveNone() {
        Customer customer = new Customer(this.api);
        countStreams();
        open(customer, "#/events");
        awaitState(this.page, "live");
        Page other = this.visit.tab();
        other.navigate(this.api.uri("/#/events").toString());
        awaitState(other, "live");
        customer.event("for.both");
        assertThat(row("for.both")).isVisible();
        assertThat(other.locator(".event-row")).hasCount(1);
        assertThat(this.begun).hasValue(1);
        // The one that reads is hidden: the other goes on
        hide(this.page, true);
        awaitState(this.page, "paused");
        customer.event("for.other");
        assertThat(other.locator(".event-row")).hasCount(2);
        assertThat(this.begun).hasValue(2);
        hide(other, true);
        awaitState(other, "paused");
        other.waitForCondition(() -> this.over.get() == this.begun.get());
        customer.event("for.nobody");
        hide(this.page, false);
        awaitState(this.page, "live");
        assertThat(this.page.locator(".event-row")).hasCount(3);
        assertThat(other.locator(".event-row")).hasCount(2);
        // Who comes back is told by the one that reads, also what it missed
        hide(other, false);
        awaitState(other, "live");
        assertThat(other.locator(".event-row")).hasCount(3);
        assertThat(this.begun).hasValue(3);
        // The tab that reads is closed: the other takes over
        this.page.close();
        customer.event("for.who.stays");
        assertThat(other.locator(".event-row")).hasCount(4);
        // That of the page that is gone is not told of
        assertThat(this.begun).hasValue(4);
    }

}
