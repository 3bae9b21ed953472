package dev.triggers.portal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import com.microsoft.playwright.Page;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what keeps somebody out: every rule of axe, in both themes, and a page that
 * is wider than its window.
 */
final class Axe {

    /** Every rule, of what is there. */
    private static final String RUN = """
            async rules => (await axe.run(document, { resultTypes: ['violations'], preload: false, ...(rules && { runOnly: rules }) })).violations
              .map(({ id, nodes }) => `${id} ${nodes.slice(0, 3).map(({ html }) => html).join(' ')}`)""";

    /** Those that judge colours; all others judge what is the same in both themes. */
    private static final List<String> OF_COLOURS = List.of("color-contrast", "link-in-text-block");

    /**
     * What is wider than it may be: the window, or what is within it and cannot be
     * scrolled sideways.
     */
    private static final String TOO_WIDE = """
            () => [document.documentElement, ...document.querySelectorAll('main, .page, .start, .pane, .card')]
              .filter((each) => each.scrollWidth > each.clientWidth + 1).map((each) => each.className || each.localName)""";

    private final Page page;

    private final List<String> violations = new ArrayList<>();

    private final boolean narrow;

    private Axe(Page page, boolean narrow) {
        this.page = page;
        this.narrow = narrow;
    }

    /** Goes into the page that is open. */
    static Axe in(Page page) {
        return in(page, false);
    }

    /**
     * The same for a narrow window, whose colours in the light are those of a wide one.
     */
    static Axe narrow(Page page) {
        return in(page, true);
    }

    private static Axe in(Page page, boolean narrow) {
        try (InputStream in = Objects.requireNonNull(Axe.class.getResourceAsStream("/axe.min.js"))) {
            page.evaluate(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            return new Axe(page, narrow);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    void check(String what) {
        check(what, "dark", null);
        if (!this.narrow) {
            check(what, "light", OF_COLOURS);
        }
        for (Object wide : (List<?>) this.page.evaluate(TOO_WIDE)) {
            this.violations.add(what + ": is too wide: " + wide);
        }
    }

    private void check(String what, String theme, @Nullable List<String> rules) {
        this.page.evaluate("theme => document.documentElement.setAttribute('data-theme', theme)", theme);
        for (Object violation : (List<?>) this.page.evaluate(RUN, rules)) {
            this.violations.add(what + ", " + theme + ": " + violation);
        }
    }

    List<String> violations() {
        return this.violations;
    }

}
