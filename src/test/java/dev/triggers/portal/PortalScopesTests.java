package dev.triggers.portal;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.microsoft.playwright.Locator;
import dev.triggers.support.Customer;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * With a key that lacks a scope the portal offers nothing that the service would refuse,
 * and says what is missing where something cannot be seen.
 */
class PortalScopesTests extends BrowserTest {

    private static final List<String> SCOPES = List.of("events:write", "events:read", "inbox:write", "webhooks:read",
            "webhooks:write", "secrets:read", "keys:write");

    @Test
    void eachMissingScopeIsSaid() {
        try (Receiver receiver = new Receiver().answer(503)) {
            Customer customer = new Customer(this.api);
            String endpoint = "#/endpoints/" + customer.register(receiver.url(), ",\"retry_schedule\":[]").text("id");
            String id = customer.event("order.placed");
            customer.awaitStatus(id, "failed");
            String event = "#/events/" + id;
            comesWithout("events:write", customer, event);
            assertOffered("Redeliver", "Acknowledge").assertNotOffered("Send changed")
                .assertNeeds("Send changed", "events:write");
            move("#/start/guide");
            button("Send a sample").click();
            assertThat(this.page.locator(".toast.bad")).containsText("It lacks events:write");
            comesWithout("events:read", customer, event);
            for (String place : List.of("#/events", event, "#/overview", "#/repair", "#/inbox", "#/keys/usage")) {
                move(place);
                assertMissing("events:read");
            }
            assertThat(this.page.locator(".live")).hasText("not allowed");
            move(endpoint);
            assertOffered("Send a test").assertNotOffered("Replay all that match…");
            comesWithout("inbox:write", customer, event);
            assertOffered("Redeliver", "Send changed").assertNotOffered("Acknowledge")
                .assertNeeds("Acknowledge", "inbox:write");
            move("#/repair");
            assertOffered("Redeliver selected").assertNotOffered("Acknowledge selected")
                .assertNeeds("Acknowledge selected", "inbox:write");
            move("#/inbox");
            assertNotOffered("Work by hand…", "Acknowledge").assertNeeds("Work by hand…", "inbox:write");
            comesWithout("webhooks:read", customer, "#/endpoints");
            assertMissing("webhooks:read");
            move(endpoint);
            assertMissing("webhooks:read");
            move("#/overview");
            assertMissing("webhooks:read");
            comesWithout("webhooks:write", customer, endpoint);
            assertOffered("Reveal").assertNotOffered("Send a test", "Edit", "Disable", "Rotate", "Recover", "Delete");
            assertNeeds("Edit", "webhooks:write");
            move("#/endpoints");
            assertNotOffered("Add endpoint").assertNeeds("Add endpoint", "webhooks:write");
            move("#/playground");
            assertNotOffered("Make a receiver").assertNeeds("Make a receiver", "webhooks:write");
            move(event);
            assertOffered("Acknowledge").assertNotOffered("Redeliver").assertNeeds("Redeliver", "webhooks:write");
            move("#/repair");
            assertOffered("Acknowledge selected").assertNotOffered("Redeliver selected")
                .assertNeeds("Redeliver selected", "webhooks:write");
            button("Replay all that match…").click();
            dialogButton("Dry run").click();
            assertThat(dialog().locator(".verdict-title")).containsText("would be sent again");
            assertThat(dialogButton("Replay 1 delivery")).hasCount(0);
            comesWithout("secrets:read", customer, endpoint);
            assertThat(main()).containsText("This key may not see secrets (secrets:read).");
            assertOffered("Rotate").assertNotOffered("Reveal");
            comesWithout("keys:write", customer, "#/keys");
            assertMissing("keys:write");
            assertOffered("Rotate this key").assertNotOffered("Make a key", "End all sessions")
                .assertNeeds("Make a key", "keys:write")
                .assertNeeds("End all sessions", "keys:write");
            move("#/keys/audit");
            assertMissing("keys:write");
        }
    }

    /** Another visitor, so that nothing is left of the one before. */
    private void comesWithout(String scope, Customer customer, String place) {
        leave();
        visit();
        String scopes = SCOPES.stream()
            .filter((each) -> !each.equals(scope))
            .map((each) -> '"' + each + '"')
            .collect(Collectors.joining(","));
        Reply made = customer.post("/api/organization/keys",
                "{\"name\":\"without " + scope + "\",\"scopes\":[" + scopes + "]}");
        assertThat(made.status()).as("%s", made).isEqualTo(201);
        open(made.text("api_key"), place);
        assertThat(main().locator("h1")).hasCount(1);
        assertThat(this.page.locator(".loading")).hasCount(0);
    }

    private void assertMissing(String scope) {
        assertThat(main().getByText("It lacks " + scope).first()).isVisible();
    }

    /** Where it is looked for. */
    private PortalScopesTests assertNeeds(String what, String scope) {
        assertThat(main().getByText(what + ": needs " + scope, new Locator.GetByTextOptions().setExact(true)).first())
            .isVisible();
        return this;
    }

    private PortalScopesTests assertOffered(String... names) {
        Arrays.stream(names).map(this::button).map(Locator::first).forEach((button) -> assertThat(button).isVisible());
        return this;
    }

    private PortalScopesTests assertNotOffered(String... names) {
        Stream.of(names).map(this::button).forEach((button) -> assertThat(button).hasCount(0));
        return this;
    }

}
