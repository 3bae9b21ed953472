package dev.triggers.portal;

import java.util.List;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import dev.triggers.support.Customer;
import dev.triggers.support.Receiver;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is done in the portal, and what it does.
 */
class PortalActionsTests extends BrowserTest {

    private static final String NO_RETRY = ",\"retry_schedule\":[]";

    @Test
    void endpointIsMadeSignedByAKeyPairChangedAndDeleted() {
        try (Receiver receiver = new Receiver()) {
            Customer customer = new Customer(this.api);
            open(customer, "#/endpoints/new");
            dialog().getByLabel("URL").fill(receiver.url());
            dialog().getByLabel("Signature").selectOption("ed25519");
            dialogButton("Save").click();
            assertThat(dialog().locator(".secret code").last()).containsText("whpk_");
            String publicKey = dialog().locator(".secret code").last().textContent();
            dialogButton("Close").last().click();
            assertThat(main().locator(".secret code").first()).hasText(publicKey);
            String id = customer.event("signed.by.pair");
            customer.awaitStatus(id, "delivered");
            verifies("It is good");
            rotates(publicKey);
            tests();
            isChangedAndDeleted(customer);
        }
    }

    private void verifies(String verdict) {
        this.page.locator(".attempts a").first().click();
        button("Check the signature").click();
        assertThat(this.page.locator(".signature .is-good")).containsText(verdict);
        this.page.goBack();
        assertThat(this.page.locator(".page h1")).isVisible();
    }

    private void rotates(String publicKey) {
        button("Rotate").click();
        dialogButton("Rotate").click();
        assertThat(this.page.locator(".verdict.is-wait")).containsText("it ends in 23 h");
        assertThat(main().locator(".secret code").first()).not().hasText(publicKey);
        assertThat(main().locator(".secret code").last()).containsText("whsk_");
    }

    private void tests() {
        button("Send a test").click();
        assertThat(this.page.locator(".toast").last()).containsText("The receiver answered 200");
    }

    private void isChangedAndDeleted(Customer customer) {
        button("Edit").click();
        dialog().getByLabel("Description").fill("Billing <b>");
        dialogButton("Save").click();
        assertThat(main()).containsText("Billing <b>");
        button("Delete").click();
        dialogButton("Delete").click();
        assertThat(main()).containsText("No endpoint yet");
        assertThat(customer.get("/api/webhooks").at("webhooks").size()).isZero();
    }

    @Test
    void whatFailedSinceThenIsRecovered() {
        try (Receiver receiver = new Receiver().answer(503)) {
            Customer customer = new Customer(this.api);
            String endpoint = customer.register(receiver.url(), NO_RETRY).text("id");
            List<String> ids = customer.events("to.recover", 2);
            ids.forEach((id) -> customer.awaitStatus(id, "failed"));
            receiver.answer(200);
            open(customer, "#/endpoints/" + endpoint);
            button("Recover").click();
            dialog().getByLabel("Since").selectOption("1h");
            dialogButton("Recover").click();
            assertThat(main()).containsText("2 deliveries");
            customer.awaitDelivered(ids);
        }
    }

    @Test
    void someDeadLettersAreRedeliveredAndTheOthersAcknowledged() {
        try (Receiver receiver = new Receiver().answer(503)) {
            Customer customer = new Customer(this.api);
            customer.register(receiver.url(), NO_RETRY);
            List<String> ids = customer.events("dead", 4);
            ids.forEach((id) -> customer.awaitStatus(id, "failed"));
            receiver.answer(200);
            open(customer, "#/repair");
            for (String id : ids.subList(0, 2)) {
                this.page.getByLabel("Select dead " + id).check();
            }
            assertThat(main()).containsText("2 selected");
            button("Redeliver selected").click();
            customer.awaitDelivered(ids.subList(0, 2));
            Locator boxes = this.page.locator("main .list li input[type=checkbox]");
            assertThat(boxes).hasCount(2);
            this.page.getByLabel("Select all shown").check();
            assertThat(main()).containsText("2 selected");
            button("Acknowledge selected").click();
            assertThat(main()).containsText("No dead letter.");
            assertThat(receiver.requests(ids.getLast())).hasSize(1);
            assertThat(customer.status(ids.getLast())).isEqualTo("delivered");
        }
    }

    @Test
    void allThatMatchIsReplayedElsewhereAndCancelled() {
        try (Receiver broken = new Receiver().answer(503); Receiver other = new Receiver()) {
            Customer customer = new Customer(this.api);
            customer.register(broken.url(), NO_RETRY);
            String to = customer.register(other.url(), ",\"event_types\":[\"none.of.it\"]").text("id");
            List<String> ids = customer.events("to.replay", 4);
            ids.forEach((id) -> customer.awaitStatus(id, "failed"));
            open(customer, "#/repair");
            replay("", to);
            Customer.eventually(() -> ids.forEach((id) -> assertThat(other.requests(id)).hasSize(1)));
            assertThat(badge("finished")).hasCount(1);
            replay("1", "");
            assertThat(badge("running")).isVisible();
            main().locator(".button.danger").click();
            assertThat(badge("cancelled")).isVisible();
        }
    }

    private void replay(String rate, String to) {
        button("Replay all that match…").click();
        dialog().getByLabel("Type").fill("to.*");
        dialog().getByLabel("At most per second").fill(rate);
        dialog().getByLabel("Send to").selectOption(to);
        dialogButton("Dry run").click();
        assertThat(dialog().locator(".verdict-title")).hasText("4 deliveries would be sent again.");
        dialogButton("Replay 4 deliveries").click();
        assertThat(dialog()).hasCount(0);
    }

    private Locator badge(String text) {
        return main().locator(".badge", new Locator.LocatorOptions().setHasText(text));
    }

    @Test
    void eventIsSentAgainWithAChangedPayload() {
        Customer customer = new Customer(this.api);
        String id = customer.event("order.placed", "{\"amount\":10.00,\"id\":12345678901234567890}");
        open(customer, "#/events/" + id);
        button("Send changed").click();
        assertThat(dialog().getByLabel("Payload"))
            .hasValue("{\n  \"amount\": 10.00,\n  \"id\": 12345678901234567890\n}");
        dialog().getByLabel("Payload").fill("{\"amount\":");
        dialogButton("Send").click();
        assertThat(dialog().locator(".error")).hasText("The payload is not JSON.");
        dialog().getByLabel("Payload").fill("{\"amount\":11.50,\"id\":12345678901234567890}");
        dialogButton("Send").click();
        assertThat(dialog()).hasCount(0);
        assertThat(this.page.locator(".pane .json-body")).containsText("11.50");
        String made = this.page.locator(".meta .id").textContent();
        assertThat(made).isNotEqualTo(id);
        assertThat(customer.get("/api/events/" + made).body())
            .contains("\"payload\":{\"amount\":11.50,\"id\":12345678901234567890}");
    }

    @Test
    void keyIsMadeUsedAndDeletedAndTheLimitIsSeen() {
        Customer customer = Customer.of(this.api, this.api.newKey("Limited", "free"));
        customer.event("counts.once");
        open(customer, "#/keys");
        assertThat(this.page.getByLabel("Left this minute")).isVisible();
        assertThat(main()).containsText("events a minute");
        button("Make a key").click();
        dialog().getByLabel("Name").fill("Only reads");
        for (String scope : List.of("events:write", "inbox:write", "webhooks:write", "secrets:read", "keys:write")) {
            dialog().getByLabel(scope).uncheck();
        }
        dialogButton("Make a key").click();
        String made = dialog().locator(".secret code").textContent();
        dialogButton("Close").last().click();
        assertThat(this.api.get("/api/keys", made).at("scopes").size()).isEqualTo(2);
        button("Delete Only reads").click();
        dialogButton("Delete").click();
        assertThat(main()).not().containsText("Only reads");
        Customer.eventually(() -> assertThat(this.api.get("/api/keys", made).status()).isEqualTo(401));
    }

    @Test
    void accessIsHeldBackSharedAndSeen() {
        Customer customer = new Customer(this.api);
        open(customer, "#/keys");
        button("Make a key").click();
        dialog().getByLabel("Name").fill("Billing");
        dialog().getByLabel("Held to types").fill("invoice.*, refund.*");
        dialog().getByLabel("Ends after").selectOption("2592000");
        dialogButton("Make a key").click();
        String made = dialog().locator(".secret code").textContent();
        dialogButton("Close").last().click();
        assertThat(this.api.get("/api/keys", made).at("types").size()).isEqualTo(2);
        Locator billing = main().locator("tbody tr", new Locator.LocatorOptions().setHasText("Billing"));
        assertThat(billing).containsText("refund.*");
        assertThat(billing).containsText(Pattern.compile("in (29|30) d"));
        button("Change Billing").click();
        dialog().getByLabel("secrets:read").uncheck();
        dialogButton("Save").click();
        assertThat(billing.locator(".tag", new Locator.LocatorOptions().setHasText("keys:write"))).isVisible();
        assertThat(billing).not().containsText("secrets:read");
        button("Make a link").click();
        dialogButton("Make a link").click();
        String link = dialog().locator(".secret code").textContent();
        assertThat(link).contains("#token=zap_link_");
        dialogButton("Close").last().click();
        button("End all sessions").click();
        dialogButton("End all sessions").click();
        assertThat(this.page.locator(".toast").last()).hasText("All sessions have ended.");
        isWrittenDown();
    }

    private void isWrittenDown() {
        press("g", "a");
        Locator entries = main().locator(".audit > li");
        assertThat(entries.first()).containsText("sessions.ended");
        this.page.getByLabel("Action").selectOption("key.changed");
        assertThat(entries).hasCount(1);
        assertThat(entries.locator(".changes")).containsText("scopes");
        assertThat(this.page.url()).contains("action=key.changed");
        this.page.getByLabel("Target").fill("nothing-like-it");
        press("Enter");
        assertThat(main()).containsText("No entry matches");
        main().locator(".tabs a", new Locator.LocatorOptions().setHasText("Usage")).click();
        assertThat(main()).containsText("They refill evenly");
    }

}
