package dev.triggers.portal;

import java.util.List;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.triggers.support.Customer;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Work that is done by hand, beside consumers that do it.
 */
class PortalInboxTests extends BrowserTest {

    @Test
    void whoHoldsWhatIsSeenAndTakenBack() {
        Customer customer = new Customer(this.api);
        List<String> ids = customer.events("job", 4);
        String cursor = customer.get("/api/events?from=earliest&limit=1").text("next_cursor");
        this.api.put("/api/consumers/billing", customer.key(), "{\"cursor\":\"" + cursor + "\"}");
        customer.post("/api/inbox/lease", "{\"limit\":2,\"lease_seconds\":600,\"consumer\":\"worker-1\"}");
        open(customer, "#/inbox");
        Locator leases = card("Leases");
        assertThat(leases).containsText("worker-1");
        assertThat(leases).containsText("2 events, until");
        assertThat(card("Named consumers")).containsText("3 behind");
        button("Give back worker-1").click();
        dialogButton("Give back").click();
        assertThat(leases).containsText("Nobody holds anything.");
        button("Skip to now billing").click();
        dialogButton("Skip to now").click();
        assertThat(card("Named consumers")).containsText("Up to date");
        this.page.getByLabel("Select job " + ids.getFirst()).check();
        card("What waits").locator("button", new Locator.LocatorOptions().setHasText("Acknowledge")).click();
        assertThat(card("What waits").locator(".list > li")).hasCount(3);
        assertThat(customer.status(ids.getFirst())).isEqualTo("delivered");
    }

    @Test
    void eventsAreWorkedOnByHand() {
        Customer customer = new Customer(this.api);
        List<String> ids = customer.events("task", 3);
        open(customer, "#/inbox");
        button("Work by hand…").click();
        dialog().getByLabel("How many").fill("2");
        dialogButton("Work by hand…").click();
        Locator bench = this.page.locator(".workbench");
        assertThat(bench.locator(".work-item")).hasCount(2);
        assertThat(bench).containsText("received once");
        assertThat(card("Leases")).containsText("portal");
        button("Acknowledge " + ids.get(0)).click();
        assertThat(bench.locator(".work-item")).hasCount(1);
        button("Give back " + ids.get(1)).click();
        assertThat(bench).hasCount(0);
        assertThat(customer.status(ids.get(0))).isEqualTo("delivered");
        Reply free = customer.post("/api/inbox/lease", "{}");
        assertThat(free.at("count").intValue()).isEqualTo(2);
        this.page.getByLabel("Status").selectOption("delivered");
        assertThat(card("What waits").locator(".list > li")).hasCount(1);
        assertThat(this.page.url()).endsWith("#/inbox?status=delivered&order=asc");
    }

    private Locator card(String title) {
        return main().locator("section.card", new Locator.LocatorOptions()
            .setHas(this.page.locator("h2", new Page.LocatorOptions().setHasText(title))));
    }

}
