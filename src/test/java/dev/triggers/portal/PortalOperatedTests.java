package dev.triggers.portal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.ViewportSize;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.triggers.support.Api;
import dev.triggers.support.Customer;
import dev.triggers.support.Instance;
import dev.triggers.support.Operator;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The portal of a service that somebody operates, and that another page holds in a frame:
 * the sample page of the documentation.
 */
class PortalOperatedTests extends BrowserTest {

    private static final String TOKEN = "token-of-the-operator";

    private static final Path PAGE = Path.of("docs", "embedding");

    private static @Nullable Instance instance;

    private static @Nullable HttpServer host;

    /** Who is signed in at the host page. */
    private static volatile String signedIn = "";

    @BeforeAll
    static void start() throws IOException {
        host = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        String port = Integer.toString(freePort());
        instance = Instance.start(PostgresServer.newDatabase(),
                Map.of("PORT", port, "PUBLIC_URL", "http://localhost:" + port, "ADMIN_TOKEN", TOKEN,
                        "PORTAL_FRAME_ANCESTORS", "http://127.0.0.1:" + host.getAddress().getPort()));
        host.createContext("/", PortalOperatedTests::hostPage);
        host.start();
    }

    @AfterAll
    static void stop() {
        Objects.requireNonNull(host).stop(0);
        Objects.requireNonNull(instance).close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void hostPage(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String answer;
        String type = path.endsWith(".js") ? "text/javascript" : path.endsWith(".css") ? "text/css" : "text/html";
        if (path.equals("/portal-link")) {
            Reply link = new Operator(api(), TOKEN).post("/organizations/" + signedIn + "/portal-sessions",
                    "{'scopes':['events:read','webhooks:read','webhooks:write']}");
            answer = link.body();
            type = "application/json";
        }
        else {
            answer = Files.readString(PAGE.resolve(path.equals("/") ? "index.html" : path.substring(1)))
                .replace("https://events.example.com", "http://localhost:" + api().uri("/").getPort());
        }
        exchange.getResponseHeaders().add("Content-Type", type);
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Api api() {
        return Objects.requireNonNull(instance).api();
    }

    @Override
    protected Api service() {
        return api();
    }

    @Test
    void customerRepairsItAloneInAnotherPage() {
        Operator operator = new Operator(api(), TOKEN);
        signedIn = operator.organization("Embedded");
        Customer customer = Customer.of(api(), operator.key(signedIn));
        try (Receiver receiver = new Receiver().answer(503)) {
            String endpoint = customer.register(receiver.url(), ",\"retry_schedule\":[]").text("id");
            List<String> ids = customer.events("order.placed", 2);
            ids.forEach((id) -> customer.awaitStatus(id, "failed"));
            // What a browser does that lets no frame of others keep anything
            this.visit.context()
                .addInitScript(
                        """
                                if (window.parent !== window) {
                                  for (const name of ['sessionStorage', 'localStorage']) {
                                    Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });
                                  }
                                  window.BroadcastChannel = class { constructor() { throw new DOMException('no', 'SecurityError'); } };
                                }""");
            this.page.navigate("http://127.0.0.1:" + Objects.requireNonNull(host).getAddress().getPort() + "/");
            FrameLocator portal = this.page.frameLocator("#portal");
            assertThat(portal.locator("h1")).hasText("Endpoints");
            assertThat(portal.locator(".top")).isHidden();
            portal.locator(".list-table a").click();
            assertThat(portal.locator("h1")).hasText(receiver.url());
            receiver.answer(200);
            portal.getByRole(AriaRole.BUTTON, new FrameLocator.GetByRoleOptions().setName("Recover").setExact(true))
                .click();
            portal.locator("dialog[open] .button.primary").click();
            customer.awaitDelivered(ids);
            assertThat(portal.locator("main")).containsText("2 deliveries");
            isAsHighAsItNeeds(portal);
            picture("embedded");
            assertThat(portal.locator("html").evaluate("e => getComputedStyle(e).getPropertyValue('--accent')"))
                .isEqualTo("light-dark(#0b6e4f, " + dark(portal) + ")");
            // The session ends: the page around gives the next one, and nobody notices
            api().delete("/api/portal/sessions", customer.key());
            assertThat(portal.locator("h1")).hasText(receiver.url());
            customer.event("order.after");
            Customer.eventually(() -> assertThat(receiver.requests()).hasSize(5));
            portal.locator("main").getByText("All endpoints").click();
            assertThat(portal.locator(".list-table")).containsText(receiver.url());
        }
    }

    private static String dark(FrameLocator portal) {
        String accent = (String) portal.locator("html")
            .evaluate("e => getComputedStyle(e).getPropertyValue('--accent')");
        return accent.substring(accent.indexOf(", ") + 2, accent.length() - 1);
    }

    private void isAsHighAsItNeeds(FrameLocator portal) {
        Customer.eventually(() -> assertThat(this.page.evaluate("document.getElementById('portal').clientHeight"))
            .isEqualTo(portal.locator("#app").evaluate("e => Math.ceil(e.getBoundingClientRect().height)")));
    }

    @Test
    void operatorSeesAndDecides() {
        Operator operator = new Operator(api(), TOKEN);
        String id = operator.organization("Operated");
        Customer customer = Customer.of(api(), operator.key(id));
        customer.event("for.storage");
        // What fades in is not judged half way
        this.page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
        open("#/operator");
        this.page.getByLabel("Admin token").fill("wrong");
        button("Enter").click();
        assertThat(this.page.locator(".error")).hasText("That is not the token.");
        this.page.getByLabel("Admin token").fill(TOKEN);
        button("Enter").click();
        assertThat(main()).containsText("Storage by day");
        assertThat(main()).containsText("nothing to move");
        Axe axe = Axe.in(this.page);
        axe.check("service");
        picture("operator-service");
        assertThat(this.page.evaluate("JSON.stringify({ ...sessionStorage, ...localStorage })")).asString()
            .doesNotContain(TOKEN);
        tab("Organizations");
        assertThat(main().locator(".list-table a").first()).isVisible();
        axe.check("organizations");
        narrow(() -> axe.check("organizations, narrow"));
        picture("operator-organizations");
        this.page.getByLabel("Name, external id, metadata").fill("Operated");
        press("Enter");
        main().locator(".list-table a").click();
        assertThat(this.page.locator("h2").first()).hasText("Operated");
        button("Suspend").click();
        dialogButton("Suspend").click();
        assertThat(main().locator(".badge").first()).hasText("suspended");
        assertThat(customer.post("/api/events", "{\"type\":\"a\",\"payload\":1}").status()).isEqualTo(403);
        button("Resume").click();
        assertThat(main().locator(".badge").first()).hasText("active");
        button("Link to its portal").click();
        dialogButton("Make a link").click();
        assertThat(dialog().locator(".secret code")).containsText("#token=zap_link_");
        dialogButton("Close").last().click();
        assertThat(main()).containsText("organization.changed");
        axe.check("organization");
        picture("operator-organization");
        this.page.setViewportSize(320, 640);
        axe.check("organization, narrow");
        tab("Service");
        assertThat(main()).containsText("Storage by day");
        axe.check("service, narrow");
        this.page.goBack();
        this.page.setViewportSize(1440, 900);
        button("Erase").click();
        dialog().getByLabel("Type its name").fill("Operated");
        dialogButton("Erase").click();
        assertThat(main().locator(".list .badge").first()).isVisible();
        axe.check("erasures");
        narrow(() -> axe.check("erasures, narrow"));
        picture("operator-erasures");
        tab("Audit");
        this.page.getByLabel("Action").selectOption("organization.erased");
        assertThat(main().locator(".audit > li").first()).containsText("the operator");
        axe.check("audit");
        narrow(() -> axe.check("audit, narrow"));
        picture("operator-audit");
        assertThat(axe.violations()).isEmpty();
        this.page.reload();
        assertThat(this.page.getByLabel("Admin token")).isVisible();
    }

    /** To be looked at, with {@code -Dpictures.all=FOLDER}: as it is, and narrow. */
    private void picture(String name) {
        String folder = System.getProperty("pictures.all");
        if (folder == null) {
            return;
        }
        shoot(Path.of(folder), name);
        narrow(() -> shoot(Path.of(folder), name + "-narrow"));
    }

    private void narrow(Runnable work) {
        ViewportSize size = this.page.viewportSize();
        this.page.setViewportSize(320, 1500);
        work.run();
        this.page.setViewportSize(size.width, size.height);
    }

    private void shoot(Path folder, String name) {
        for (String theme : List.of("light", "dark")) {
            this.page.frames()
                .forEach((frame) -> frame
                    .evaluate("theme => document.documentElement.setAttribute('data-theme', theme)", theme));
            // A frame tells its height after it was drawn
            this.page.waitForTimeout(400);
            this.page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + "-" + theme + ".png"))
                .setFullPage(true));
        }
    }

    private void tab(String name) {
        main().locator(".tabs a", new Locator.LocatorOptions().setHasText(name)).click();
    }

    @Test
    void playgroundThatIsOffSaysSo() {
        Operator operator = new Operator(api(), TOKEN);
        String key = operator.key(operator.organization("Without"));
        assertThat(api().get("/api/playground", key).status()).isEqualTo(404);
        assertThat(api().post("/play/zap_play_00" + "0".repeat(40), null, "{}").status()).isEqualTo(404);
        open(key, "#/playground");
        assertThat(main()).containsText("There is no playground here");
        assertThat(this.page.locator(".top nav a", new Page.LocatorOptions().setHasText("Playground"))).isHidden();
    }

}
