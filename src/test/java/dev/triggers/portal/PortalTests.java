package dev.triggers.portal;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.triggers.support.Customer;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import dev.triggers.trace.TraceContext;
import dev.triggers.trace.Tracestate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The portal as people use it.
 */
class PortalTests extends BrowserTest {

    /** As long, and as deep, as the service takes. */
    private static final int PAYLOAD_BYTES = 256 * 1024;

    private static final int LEVELS = 498;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void newcomerSeesAnEventArriveFailAndArriveAfterAll() {
        try (Receiver receiver = new Receiver().answer(503)) {
            String key = register();
            Customer customer = Customer.of(this.api, key);
            makeEndpoint(receiver);
            String id = failsInSight(customer);
            looksIntoTheAttempt(id);
            circuitOpens(customer);
            isFoundAmongOthers();
            receiver.answer(200);
            isReplayed(customer, id);
            keyIsRotated(key);
        }
    }

    /** Creates an organization and follows the guide. */
    private String register() {
        open("");
        assertThat(this.page.locator("h1")).hasText("Why did it not arrive?");
        this.page.getByLabel("Organization").fill("Acme <b>& sons</b>");
        button("Create and open").click();
        String key = this.page.locator(".secret code").textContent();
        button("Send a sample").click();
        assertThat(this.page.locator(".arrival")).containsText("user.created It arrived at its receiver");
        this.page.getByText("See what arrived").click();
        assertThat(this.page.locator("h1")).hasText("Playground");
        button("Check the signature").click();
        assertThat(this.page.locator(".signature .is-good")).hasText("It is the one in the header.");
        this.page.getByText("The event", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(this.page.locator(".verdict-title")).hasText("It arrived.");
        assertThat(this.page.locator(".organization")).hasText("Acme <b>& sons</b>");
        return key;
    }

    private void makeEndpoint(Receiver receiver) {
        go("Endpoints");
        button("Add endpoint").first().click();
        this.page.getByLabel("URL").fill(receiver.url());
        this.page.getByLabel("Event types").fill("user.*");
        assertThat(this.page.getByText("Recent events it would take")).isVisible();
        assertThat(this.page.locator("dialog .list")).containsText("user.created");
        this.page.getByLabel("Event types").fill("order.*");
        assertThat(this.page.getByText("None of the recent events.")).isVisible();
        this.page.getByLabel("Retry schedule").fill("1s");
        button("Save").click();
        assertThat(this.page.locator("dialog .secret code").first()).containsText("whsec_");
        button("Close").last().click();
        assertThat(this.page.locator("h1")).hasText(receiver.url());
    }

    private String failsInSight(Customer customer) {
        go("Events");
        assertThat(row("user.created")).isVisible();
        assertThat(this.page.locator(".live")).hasText("live");
        String id = customer.event("order.placed", "{\"order\":{\"id\":4711}}");
        assertThat(row("order.placed")).isVisible();
        assertThat(row("order.placed")).containsText("failed");
        row("order.placed").click();
        assertThat(this.page.locator(".verdict-title")).containsText("It did not arrive: all 2 attempts");
        assertThat(this.page.locator(".timeline")).containsText("Given up: a dead letter");
        return id;
    }

    private void looksIntoTheAttempt(String id) {
        this.page.locator(".delivery", new Page.LocatorOptions().setHasText("failed"))
            .locator(".attempts a")
            .first()
            .click();
        assertThat(this.page.locator("h2")).containsText("Attempt 2");
        assertThat(this.page.locator(".status-code")).hasText("503");
        assertThat(this.page.locator("main")).containsText("Trace " + id.replace("-", ""));
        assertThat(this.page.locator(".headers").first()).containsText(id);
        button("Check the signature").click();
        assertThat(this.page.locator(".signature .is-good")).hasText("It is the one in the header.");
        TraceContext context = new TraceContext("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", true,
                new Tracestate("congo=t61"));
        this.jdbc.sql("update delivery_attempts set trace = :trace where event_id = :id and number = 1")
            .param("trace", context.bytes())
            .param("id", UUID.fromString(id))
            .update();
        this.page.getByText("Previous attempt").click();
        assertThat(this.page.locator("h2")).containsText("Attempt 1");
        assertThat(this.page.locator("main")).containsText("Trace " + context.traceId());
        assertThat(this.page.locator(".headers").first()).containsText(context.traceparent());
        assertThat(this.page.locator(".headers").first()).containsText("congo=t61");
    }

    private void circuitOpens(Customer customer) {
        customer.events("order.placed", 10);
        go("Endpoints");
        assertThat(this.page.locator(".list-table tbody tr", new Page.LocatorOptions().setHasText("order.*"))
            .locator(".badge")).hasText("circuit open");
        go("Overview");
        assertThat(this.page.locator("main")).containsText("circuit open");
        assertThat(this.page.locator("main")).containsText("status_5xx");
    }

    private void isFoundAmongOthers() {
        go("Events");
        this.page.getByLabel("Search events").fill("status:failed payload.order.id:4711");
        this.page.keyboard().press("Enter");
        assertThat(this.page.locator(".event-row")).hasCount(1);
        assertThat(row("4711")).isVisible();
        assertThat(this.page).hasURL(Pattern.compile(".*#/events\\?q=status.*4711$"));
    }

    private void isReplayed(Customer customer, String id) {
        go("Endpoints");
        this.page.locator(".list-table tr", new Page.LocatorOptions().setHasText("order.*")).locator("a").click();
        button("Disable").click();
        button("Enable").click();
        assertThat(this.page.locator(".badge").first()).not().hasText("circuit open");
        go("Repair");
        assertThat(this.page.locator("main .list").first()).containsText("order.placed");
        button("Replay all that match…").click();
        button("Dry run").click();
        assertThat(this.page.locator("dialog .verdict-title")).containsText("would be sent again.");
        this.page.locator("dialog button", new Page.LocatorOptions().setHasText("Replay ")).click();
        assertThat(this.page.locator("main .badge", new Page.LocatorOptions().setHasText("finished"))).isVisible();
        customer.awaitStatus(id, "delivered");
        assertThat(this.page.locator("main")).containsText("No dead letter.");
    }

    private void keyIsRotated(String key) {
        go("Keys");
        button("Rotate this key").click();
        this.page.getByLabel("The old key works on for").selectOption("0");
        this.page.locator("dialog")
            .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Rotate this key"))
            .click();
        Locator made = this.page.locator("dialog .secret code");
        assertThat(made).containsText("zap_");
        assertThat(made.textContent()).isNotEqualTo(key);
        assertThat(this.api.get("/api/keys", key).status()).isEqualTo(401);
        button("Close").last().click();
        go("Events");
        assertThat(this.page.locator(".live")).hasText("live");
    }

    @Test
    void everythingIsReachedByKeys() {
        Customer customer = new Customer(this.api);
        customer.event("a.first");
        customer.event("a.second");
        customer.event("b.other");
        open("");
        assertThat(this.page.getByLabel("API key", new Page.GetByLabelOptions().setExact(true))).isFocused();
        this.page.keyboard().type(customer.key());
        press("Enter");
        assertThat(this.page.locator("h1")).hasText("Overview");
        press("g", "e");
        assertThat(this.page.locator(".event-row")).hasCount(3);
        press("/");
        assertThat(this.page.getByLabel("Search events")).isFocused();
        this.page.keyboard().type("typ");
        assertThat(this.page.locator(".suggestion").first()).containsText("type:");
        press("ArrowDown", "Enter");
        this.page.keyboard().type("a.*");
        press("Enter");
        assertThat(this.page.locator(".event-row")).hasCount(2);
        press("Escape");
        assertThat(this.page.locator(".rows")).isFocused();
        press("j", "j", "Enter");
        assertThat(this.page.locator(".pane h2")).hasText("a.first");
        press("a");
        assertThat(this.page.locator(".verdict-title")).hasText("It was acknowledged.");
        press("Escape");
        assertThat(this.page.locator(".pane h2")).hasCount(0);
        assertThat(this.page.locator(".rows")).isFocused();
        press("p");
        customer.event("a.third");
        assertThat(this.page.locator(".pill")).hasText("1 new");
        press("p");
        assertThat(this.page.locator(".event-row")).hasCount(3);
        press("?");
        assertThat(this.page.locator("dialog h2")).hasText("Keyboard");
        press("Escape");
        assertThat(this.page.locator("dialog")).hasCount(0);
        press("Control+k");
        assertThat(this.page.getByLabel("A view, an action")).isFocused();
        this.page.keyboard().type("keys");
        press("Enter");
        assertThat(this.page.locator("h1")).hasText("Keys");
        press("t");
        assertThat(this.page.locator("html")).hasAttribute("data-theme", "light");
        press("g", "w");
        assertThat(this.page.locator("h1")).hasText("Endpoints");
    }

    @Test
    void whatIsHostileIsText() {
        String script = "<img src=x onerror=alert(1)><script>alert(1)</script>";
        try (Receiver receiver = new Receiver().answer((request, exchange) -> {
            exchange.getResponseHeaders().add("X-Evil", "\"><script>alert(1)</script>");
            Receiver.respond(exchange, 400, script + "\u202egpj.exe");
        })) {
            Customer customer = new Customer(this.api);
            customer.register(receiver.url(), ",\"retry_schedule\":[]");
            String payload = "{\"html\":\"" + script
                    + "\",\"bidi\":\"a\\u202eb\",\"big\":12345678901234567890123,\"small\":1.000e-7,"
                    + "\"twice\":1,\"twice\":2,\"__proto__\":{\"polluted\":true},\"nul\":\"\\u0000\",\"deep\":"
                    + "[".repeat(LEVELS) + "]".repeat(LEVELS) + ",\"long\":\"";
            payload += "x".repeat(PAYLOAD_BYTES - payload.length() - 2) + "\"}";
            String id = customer.event("hostile." + script, payload);
            customer.awaitStatus(id, "failed");
            open(customer.key(), "#/events/" + id);
            Locator tree = this.page.locator(".json-body");
            assertThat(tree).containsText("12345678901234567890123");
            assertThat(tree).containsText("1.000e-7");
            assertThat(tree).containsText(script);
            assertThat(tree).containsText("a\\u202eb");
            assertThat(this.page.locator(".pane h2")).hasText("hostile." + script);
            this.page.locator(".attempts a").first().click();
            assertThat(this.page.locator(".pane")).containsText("\\u202egpj.exe");
            assertThat(this.page.locator(".pane")).containsText("X-evil");
            assertThat(this.page.evaluate("({}).polluted === undefined")).isEqualTo(true);
            assertThat(this.page.locator("main script, main img").count()).isZero();
            playgroundShowsText(customer, script);
        }
    }

    private void playgroundShowsText(Customer customer, String script) {
        String token = customer.post("/api/playground", "").text("token");
        this.api.send(this.api.request("/play/" + token + "?" + URLEncoder.encode(script, StandardCharsets.UTF_8), null)
            .header("X-Evil", script)
            .POST(BodyPublishers.ofString(script + "\u202e")));
        move("#/playground/" + token);
        assertThat(this.page.locator(".request .json-body")).containsText(script + "\\u202e");
        assertThat(this.page.locator(".request .headers")).containsText(script);
        assertThat(this.page.locator("main script, main img").count()).isZero();
    }

    @Test
    void linkOpensASessionOnceAndLeavesNoTrace() {
        Customer customer = new Customer(this.api);
        customer.event("invoice.paid");
        Reply link = customer.post("/api/portal/sessions", "{}");
        String token = link.text("token");
        open("#token=" + token);
        assertThat(this.page.locator("h1")).hasText("Overview");
        assertThat(this.page.url()).doesNotContain("token");
        Page other = this.visit.tab();
        other.navigate(this.api.uri("/#token=" + token).toString());
        assertThat(other.locator(".error").first()).containsText("This link was used before");
    }

    @Test
    void whatLivesInAnotherCellIsOpenedThere() {
        Customer customer = new Customer(this.api);
        String event = customer.event("invoice.paid");
        String there = this.api.uri("").toString().replace("localhost", "127.0.0.1");
        String misdirected = "{\"status\":421,\"code\":\"misdirected\",\"message\":\"Ask there\",\"cell\":\"09\",\"location\":\""
                + there + "\"}";
        this.page.route(this.api.uri("/api/**").toString(),
                (route) -> route.fulfill(new Route.FulfillOptions().setStatus(421)
                    .setContentType("application/problem+json")
                    .setBody(misdirected)));
        String token = customer.post("/api/portal/sessions", "{}").text("token");
        open("#token=" + token + "/events/" + event);
        assertThat(this.page.locator(".pane-head")).isVisible();
        assertThat(this.page.url()).isEqualTo(there + "/#/events/" + event);
        open(customer, "#/events");
        assertThat(this.page.locator(".state")).containsText("That is in cell 09");
        assertThat(this.page.locator(".state a")).hasAttribute("href", there + "/");
        assertThat(this.page.locator("body")).not().containsText(customer.key());
        this.page.reload();
        assertThat(this.page.locator(".state a")).isVisible();
    }

    @Test
    void linkLeadsToThePlaceThatItNames() {
        Customer customer = new Customer(this.api);
        String event = customer.event("invoice.paid");
        Reply link = customer.post("/api/portal/sessions", "{}");
        open("#token=" + link.text("token") + "/events/" + event);
        assertThat(this.page.locator(".pane-head")).isVisible();
        assertThat(this.page.locator("main")).containsText(event);
        assertThat(this.page.url()).endsWith("/#/events/" + event);
    }

}
