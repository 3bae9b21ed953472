package dev.triggers.support;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;

/**
 * Debian's Chromium, without a window: one for the whole test run.
 */
public final class Chromium {

    /** Far more than anything takes, even on a busy machine. */
    private static final double PATIENCE = 30_000;

    private static final Path PROGRAM = Path.of("/usr/bin/chromium");

    private static final AtomicBoolean told = new AtomicBoolean();

    private static final Pattern COMPLAINT = Pattern.compile("Content Security Policy|Trusted|TypeError|Uncaught");

    private static final List<String> ARGUMENTS = List.of("--no-sandbox", "--disable-gpu", "--disable-quic",
            "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--disable-dev-shm-usage");

    private final Playwright playwright;

    private final Browser browser;

    private Chromium() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        this.playwright = Playwright
            .create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        this.browser = this.playwright.chromium()
            .launch(new LaunchOptions().setExecutablePath(PROGRAM).setArgs(ARGUMENTS));
    }

    /** The browser, started at first use. */
    public static Chromium shared() {
        return Shared.CHROMIUM;
    }

    /** Whether there is one; says so once if not. */
    public static boolean installed() {
        boolean there = Files.isExecutable(PROGRAM);
        if (!there && told.compareAndSet(false, true)) {
            System.out
                .println("The portal's tests in a browser are skipped: Debian's package chromium is not installed.");
        }
        return there;
    }

    public Visit visit() {
        return visit(1280, 800, ColorScheme.LIGHT);
    }

    public Visit visit(int width, int height, ColorScheme scheme) {
        BrowserContext context = this.browser
            .newContext(new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(scheme));
        context.setDefaultTimeout(PATIENCE);
        List<String> complaints = new CopyOnWriteArrayList<>();
        return new Visit(context, watched(context.newPage(), complaints), complaints);
    }

    private static Page watched(Page page, List<String> complaints) {
        page.onPageError(complaints::add);
        page.onDialog((dialog) -> {
            complaints.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.onConsoleMessage((message) -> {
            if (COMPLAINT.matcher(message.text()).find()) {
                complaints.add(message.text());
            }
        });
        return page;
    }

    private void close() {
        this.browser.close();
        this.playwright.close();
    }

    private static final class Shared {

        private static final Chromium CHROMIUM = new Chromium();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(CHROMIUM::close));
        }

    }

    /**
     * Somebody at the browser.
     *
     * @param context what is remembered
     * @param page the first tab
     * @param complaints errors of scripts, and what the page's policy refused
     */
    public record Visit(BrowserContext context, Page page, List<String> complaints) implements AutoCloseable {

        /** One more tab. */
        public Page tab() {
            return watched(this.context.newPage(), this.complaints);
        }

        @Override
        public void close() {
            this.context.close();
        }

    }

}
