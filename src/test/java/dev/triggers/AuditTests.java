package dev.triggers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code release/Audit.java} against a database of vulnerabilities that knows what each
 * test says.
 */
class AuditTests {

    private static final String CLEAN = "pkg:maven/a/clean@1";

    private static final String BAD = "pkg:maven/a/bad@1";

    private static final String LONG = "pkg:maven/a/long@1";

    @TempDir
    private Path folder;

    private HttpServer database;

    private final List<JsonNode> questions = new ArrayList<>();

    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        this.database = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        this.database.createContext("/v1/querybatch", (exchange) -> {
            JsonNode question = new JsonMapper().readTree(exchange.getRequestBody());
            this.questions.add(question);
            byte[] answer = question.get("queries")
                .valueStream()
                .map(AuditTests::result)
                .collect(Collectors.joining(",", "{\"results\":[", "]}"))
                .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(this.status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        this.database.start();
    }

    @AfterEach
    void stop() {
        this.database.stop(0);
    }

    private static String result(JsonNode query) {
        return switch (query.at("/package/purl").stringValue()) {
            case BAD -> "{\"vulns\":[{\"id\":\"GHSA-1\"},{\"id\":\"CVE-2\"}]}";
            case LONG -> query.has("page_token") ? "{\"vulns\":[{\"id\":\"CVE-3\"}]}" : "{\"next_page_token\":\"2\"}";
            default -> "{}";
        };
    }

    @Test
    void nothingKnownIsSaidWithWhatWasAskedAndWhere() throws Exception {
        Result result = audit(List.of(CLEAN, CLEAN));
        assertThat(result.code()).as(result.text()).isZero();
        assertThat(result.text()).contains("2 components audited against http://127.0.0.1:")
            .endsWith("vulnerabilities known: 0\n");
    }

    @Test
    void eachVulnerabilityIsNamedWithItsComponent() throws Exception {
        Result result = audit(List.of(CLEAN, BAD + "?type=jar", LONG));
        assertThat(result.code()).as(result.text()).isEqualTo(1);
        assertThat(result.text()).contains(BAD + ": GHSA-1\n", BAD + ": CVE-2\n", LONG + ": CVE-3\n")
            .endsWith("vulnerabilities known: 3\n");
    }

    @Test
    void manyComponentsAreAskedAboutAThousandAtATime() throws Exception {
        List<String> components = new ArrayList<>(IntStream.range(0, 1500).mapToObj((n) -> CLEAN + n).toList());
        components.add(BAD);
        assertThat(audit(components).code()).isEqualTo(1);
        assertThat(this.questions).extracting((question) -> question.get("queries").size()).containsExactly(1000, 501);
    }

    @Test
    void databaseThatRefusesIsNoAudit() throws Exception {
        this.status = 403;
        assertNotAudited(audit(List.of(CLEAN)));
    }

    @Test
    void databaseThatIsAwayIsNoAudit() throws Exception {
        this.database.stop(0);
        assertNotAudited(audit(List.of(CLEAN)));
    }

    @Test
    void listWithoutComponentsIsNoAudit() throws Exception {
        assertNotAudited(audit(List.of()));
    }

    private static void assertNotAudited(Result result) {
        assertThat(result.code()).as(result.text()).isEqualTo(2);
        assertThat(result.text()).startsWith("not audited: ").doesNotContain("known");
    }

    private Result audit(List<String> purls) throws Exception {
        Path sbom = Files.writeString(this.folder.resolve("sbom.json"),
                purls.stream()
                    .map("{\"purl\":\"%s\"}"::formatted)
                    .collect(Collectors.joining(",", "{\"components\":[", "]}")));
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), "release/Audit.java", sbom.toString())
            .redirectErrorStream(true);
        builder.environment().put("OSV_URL", "http://127.0.0.1:" + this.database.getAddress().getPort());
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), text.replace("\r", ""));
    }

    private record Result(int code, String text) {

    }

}
