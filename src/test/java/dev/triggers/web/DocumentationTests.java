package dev.triggers.web;

import java.util.regex.Pattern;

import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@IntegrationTest
class DocumentationTests {

    private static final Pattern REFERENCES = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

    @Autowired
    private Api api;

    @Test
    void everythingThatThePageRefersToIsServedFromHere() {
        Reply page = this.api.get("/docs", null);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(REFERENCES.matcher(page.body()).results().map((match) -> match.group(1))).isNotEmpty()
            .allSatisfy((path) -> {
                assertThat(path).startsWith("/");
                assertThat(this.api.get(path, null).status()).as(path).isEqualTo(200);
            });
    }

    @Test
    void thePageMayLoadNothingFromElsewhereAndRunNothingInline() {
        Reply page = this.api.get("/docs", null);
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'", "script-src 'self'")
            .doesNotContain("unsafe");
        assertThat(page.body()).doesNotContain("<style", "onload=", "style=").doesNotContainPattern("<script(?! src)");
    }

}
