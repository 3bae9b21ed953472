package dev.triggers.portal;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import dev.triggers.support.Customer;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * Takes the pictures of the documentation, and with {@code -Dpictures.all=FOLDER} those
 * of every view, in both themes and all sizes, to be looked at. No test: it judges
 * nothing, and is run by name.
 */
class PortalPictures extends BrowserTest {

    private static final Path DOCUMENTED = Path.of("docs", "images");

    /** The last but one is 1280 at 200 %. */
    private static final Map<String, int[]> SIZES = Map.of("wide", new int[] { 1440, 900 }, "narrow",
            new int[] { 320, 1500 }, "zoomed", new int[] { 640, 400 }, "4k", new int[] { 3840, 2160 });

    @Autowired
    private JdbcClient jdbc;

    @Test
    void pictures() {
        try (Receiver receiver = new Receiver().answer((request, exchange) -> {
            if (request.path().equals("/warehouse")) {
                Receiver.respond(exchange, 503, "{\"error\":\"upstream connect error: inventory-db is read-only\"}");
            }
            else if (request.path().equals("/ledger") && request.body().contains("\"voided\"")) {
                Receiver.respond(exchange, 422, "{\"error\":\"unknown invoice state\"}");
            }
            else {
                Receiver.respond(exchange, 200, "ok");
            }
        })) {
            Customer customer = Customer.of(this.api, this.api.newKey("Acme Logistics", "enterprise"));
            String warehouse = endpoint(customer, receiver, "/warehouse", "Fulfilment, warehouse north", "order.*");
            String crm = endpoint(customer, receiver, "/crm", "Customers", "user.*");
            String ledger = endpoint(customer, receiver, "/ledger", "Accounting", "invoice.*");
            List<String> endpoints = List.of(warehouse, crm, ledger);
            for (int n = 0; n < 40; n++) {
                customer.event(List.of("user.created", "user.updated", "invoice.paid").get(n % 3), payload(n));
            }
            customer.event("invoice.voided", "{\"invoice\":\"2026-118\",\"state\":\"voided\"}");
            String failed = customer.event("order.placed", payload(4711));
            customer.awaitStatus(failed, "failed");
            customer.event("order.placed", payload(4712));
            customer.event("user.created", payload(41));
            count(customer, endpoints);
            others(customer);
            open(customer, "#/overview");
            documented(failed, warehouse, crm);
            String all = System.getProperty("pictures.all");
            if (all != null) {
                gallery(Path.of(all), failed, warehouse, crm);
            }
        }
    }

    private static String endpoint(Customer customer, Receiver receiver, String path, String description, String type) {
        return customer
            .register(receiver.url(path),
                    ",\"description\":\"" + description + "\",\"event_types\":[\"" + type
                            + "\"],\"retry_schedule\":[0.2,0.4]")
            .text("id");
    }

    private static String payload(int n) {
        return "{\"order\":{\"id\":" + n
                + ",\"total\":129.90,\"currency\":\"EUR\",\"lines\":[{\"sku\":\"A-100\",\"n\":2},"
                + "{\"sku\":\"B-7\",\"n\":1}]},\"customer\":{\"id\":12345678901234567890,\"name\":\"Ada Lovelace\",\"vip\":true,"
                + "\"note\":null}}";
    }

    private void others(Customer customer) {
        customer.removeDefault();
        customer.post("/api/events", "{\"type\":\"report.due\",\"payload\":{\"month\":\"2026-10\"}}");
        customer.post("/api/inbox/lease", "{\"limit\":1,\"lease_seconds\":600,\"consumer\":\"worker-1\"}");
        String cursor = customer.get("/api/events?from=earliest&limit=9").text("next_cursor");
        this.api.put("/api/consumers/billing", customer.key(), "{\"cursor\":\"" + cursor + "\"}");
        customer.post("/api/organization/keys",
                "{\"name\":\"Billing\",\"scopes\":[\"events:read\",\"inbox:write\"],\"types\":[\"invoice.*\"],\"expires_in\":2592000}");
        Reply made = customer.post("/api/playground", "");
        customer.register(made.text("url"), ",\"description\":\"Playground\"");
        customer.awaitStatus(customer.event("user.created", payload(4713)), "delivered");
        this.api.post("/play/" + made.text("token"), null, "{\"hello\":\"world\"}");
    }

    /** A month of attempts. */
    private void count(Customer customer, List<String> endpoints) {
        UUID organization = UUID.fromString(customer.get("/api/keys").text("organization_id"));
        this.jdbc
            .sql("""
                    insert into organization_statistics
                    select :organization, span, date_bin(make_interval(mins => span), now(), 'epoch') - n * make_interval(mins => span),
                      span * (60 + 25 * sin(n / 3.0)) / 60 + n % 7, span * (55 + 25 * sin(n / 3.0)) / 60 + n % 7,
                      case when n % 13 < 2 then n % 13 * 9 else n % 3 end, 0
                    from (values (1, 55), (60, 167), (1440, 29)) s (span, most), generate_series(1, s.most) n
                    """)
            .param("organization", organization)
            .update();
        for (int i = 0; i < endpoints.size(); i++) {
            this.jdbc
                .sql("""
                        insert into endpoint_statistics
                        select :endpoint, span, date_bin(make_interval(mins => span), now(), 'epoch') - n * make_interval(mins => span),
                          outcome, case outcome when 'delivered' then span * (20 + 9 * sin(n / 3.0)) / 60 + n % 7
                            else case when n < 5 then 12 else 0 end end, 0, now() - interval '1 hour', :endpoint, 1,
                          array_fill(0, array[20 + n % 9]) || array[20] || array_fill(0, array[8]) || array[2]
                        from (values (1, 55), (60, 167), (1440, 29)) s (span, most), generate_series(1, s.most) n,
                          unnest(case when :i = 0 then array['delivered', 'status_5xx'] else array['delivered'] end) outcome
                        """)
                .param("endpoint", UUID.fromString(endpoints.get(i)))
                .param("i", i)
                .update();
        }
    }

    private void documented(String failed, String warehouse, String crm) {
        theme("light");
        take("#/overview", DOCUMENTED.resolve("overview.png"));
        take("#/events/" + failed, DOCUMENTED.resolve("event.png"));
        take("#/events/" + failed + "/attempts/" + warehouse + "/1", DOCUMENTED.resolve("attempt.png"));
        take("#/endpoints/" + crm, DOCUMENTED.resolve("endpoint.png"));
        take("#/events?q=type%3Ainvoice.*%20since%3A1h", DOCUMENTED.resolve("events.png"));
        this.page.setViewportSize(360, 740);
        theme("dark");
        take("#/events/" + failed, DOCUMENTED.resolve("event-narrow.png"));
    }

    private void gallery(Path folder, String failed, String warehouse, String crm) {
        Map<String, String> places = new TreeMap<>(Map.of("overview", "#/overview", "overview-7d",
                "#/overview?range=7d", "events", "#/events", "event", "#/events/" + failed, "attempt",
                "#/events/" + failed + "/attempts/" + warehouse + "/1", "endpoints", "#/endpoints", "endpoint",
                "#/endpoints/" + crm, "repair", "#/repair", "keys", "#/keys", "guide", "#/start/guide"));
        places.putAll(Map.of("inbox", "#/inbox", "playground", "#/playground", "usage", "#/keys/usage", "audit",
                "#/keys/audit"));
        SIZES.forEach((size, pixels) -> {
            this.page.setViewportSize(pixels[0], pixels[1]);
            places.forEach((name, place) -> {
                for (String theme : List.of("light", "dark")) {
                    if (theme.equals("light") || pixels[0] < 1600) {
                        theme(theme);
                        take(place, folder.resolve(name + "-" + size + "-" + theme + ".png"));
                    }
                }
            });
        });
        this.page.setViewportSize(1440, 900);
        theme("light");
        Map.of("#/endpoints", "Add endpoint", "#/repair", "Replay all that match…", "#/keys", "Make a key", "#/inbox",
                "Work by hand…")
            .forEach((place, name) -> {
                move(place);
                button(name).first().click();
                assertThat(dialog()).isVisible();
                shoot(folder.resolve("dialog-" + place.substring(2) + ".png"));
                press("Escape");
                assertThat(dialog()).hasCount(0);
            });
        move("#/events/" + failed);
        this.page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        this.page.evaluate("window.dispatchEvent(new Event('beforeprint'))");
        this.page.setViewportSize(794, 1123);
        shoot(folder.resolve("event-printed.png"));
        this.page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
        this.page.setViewportSize(1440, 900);
        press("?");
        shoot(folder.resolve("dialog-keyboard.png"));
        press("Escape");
        press("Control+k");
        shoot(folder.resolve("dialog-palette.png"));
        press("Escape");
    }

    private void theme(String theme) {
        this.page.evaluate("theme => document.documentElement.setAttribute('data-theme', theme)", theme);
    }

    private void take(String place, Path file) {
        move(place);
        if (place.startsWith("#/overview") || place.startsWith("#/endpoints/")) {
            assertThat(this.page.locator("main svg.chart").first()).isVisible();
        }
        shoot(file);
    }

    private void shoot(Path file) {
        // What is asked for last is drawn too
        this.page.waitForTimeout(400);
        this.page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }

}
