package dev.triggers.portal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@IntegrationTest
class PortalFilesTests {

    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"(/portal/[^\"]+)\"");

    private static final Pattern IMPORT = Pattern.compile("(?:from |import\\()'([^']+)'");

    private static final Pattern UNSAFE = Pattern
        .compile("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function|srcdoc");

    /** A label, or a sentence of two words and more, as people read it. */
    private static final Pattern ENGLISH = Pattern
        .compile("(?:'aria-label'|title|label): '[A-Za-z]{2,}|'[A-Z][a-z]+ [a-z]+[^']*'|`[A-Z][a-z]+ [a-z]+[^`]*`");

    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*(?://|/?\\*).*$");

    @Autowired
    private Api api;

    private final PortalFiles files = PortalFiles.load();

    private Reply page(String accept) {
        return this.api.send(this.api.request("/", null).header("Accept", accept).GET());
    }

    private String path(String file) {
        return PortalFiles.PREFIX + this.files.fingerprint() + "/" + file;
    }

    @Test
    void browserGetsThePortalUnderAStrictPolicy() {
        Reply page = page("text/html,application/xhtml+xml,*/*;q=0.8");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.header("Content-Security-Policy"))
            .contains("default-src 'none'; script-src 'self';", "require-trusted-types-for 'script'",
                    "frame-ancestors 'none'")
            .doesNotContain("unsafe");
        assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.body()).doesNotContain("<style", "style=", "onload=", "{{")
            .doesNotContainPattern("<script(?! type=\"module\" src)");
    }

    @Test
    void whoDoesNotAskForAPageIsLedToTheReference() {
        for (Reply reply : new Reply[] { this.api.get("/", null), page("*/*"), page("application/json") }) {
            assertThat(reply.status()).isEqualTo(302);
            assertThat(reply.header("Location")).isEqualTo("/docs");
            assertThat(reply.header("Vary")).contains("Accept");
        }
    }

    @Test
    void everythingThatThePageRefersToIsKeptForEver() {
        assertThat(REFERENCE.matcher(page("text/html").body()).results().map((match) -> match.group(1))).isNotEmpty()
            .allSatisfy((path) -> {
                Reply reply = this.api.get(path, null);
                assertThat(reply.status()).as(path).isEqualTo(200);
                assertThat(reply.header("Cache-Control")).isEqualTo("max-age=31536000, public, immutable");
                assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
            });
    }

    @Test
    void fileIsCompressedForWhoTakesIt() throws IOException {
        HttpRequest.Builder request = this.api.request(path("main.js"), null).header("Accept-Encoding", "gzip, br");
        Reply compressed = this.api.send(request.GET());
        assertThat(compressed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(compressed.header("Vary")).contains("Accept-Encoding");
        byte[] plain = new GZIPInputStream(new ByteArrayInputStream(compressed.response().body())).readAllBytes();
        Reply asItIs = this.api.get(path("main.js"), null);
        assertThat(asItIs.header("Content-Encoding")).isNull();
        assertThat(asItIs.body()).isEqualTo(new String(plain, StandardCharsets.UTF_8));
    }

    @Test
    void fileOfAnotherVersionIsThisOnesAndNotKept() {
        Reply reply = this.api.get("/portal/0123456789abcdef/main.js", null);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void unknownFileIsNotFound() {
        for (String file : new String[] { "nothing.js", "index.html", "views", "../application.yaml" }) {
            assertThat(this.api.get(path(file), null).status()).as(file).isEqualTo(404);
        }
    }

    @Test
    void everyImportIsThereAndNoMarkupIsMadeOfText() {
        this.files.files().forEach((name, file) -> {
            String text = new String(file.plain(), StandardCharsets.UTF_8);
            assertThat(UNSAFE.matcher(text).find()).as(name).isFalse();
            if (name.endsWith(".js")) {
                assertThat(IMPORT.matcher(text).results().map((match) -> resolve(name, match))).allSatisfy(
                        (target) -> assertThat(this.files.file(target)).as("%s in %s", target, name).isNotNull());
            }
        });
    }

    @Test
    void wordsAreInOnePlace() {
        this.files.files().forEach((name, file) -> {
            if (name.endsWith(".js") && !name.equals("words.js")) {
                String code = COMMENT.matcher(new String(file.plain(), StandardCharsets.UTF_8)).replaceAll("");
                assertThat(ENGLISH.matcher(code).results().map(MatchResult::group)).as(name).isEmpty();
            }
        });
    }

    private static String resolve(String name, MatchResult match) {
        return URI.create(name).resolve(match.group(1)).toString();
    }

    @Test
    void fingerprintIsThatOfTheContent() {
        assertThat(this.files.fingerprint()).matches("[0-9a-f]{16}").isEqualTo(PortalFiles.load().fingerprint());
        assertThat(new String(this.files.page().plain(), StandardCharsets.UTF_8)).contains(this.files.fingerprint());
    }

}
