package dev.triggers.cell;

import java.util.Map;

import dev.triggers.support.DatabaseLink;
import dev.triggers.support.Instance;
import dev.triggers.support.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A cell that could not read what another writes does not start beside it.
 */
@ExtendWith(OutputCaptureExtension.class)
class CellAgreementTests {

    private static final String SALT = "pepper-of-the-test-suite";

    private static Instance eight;

    private static String address = "";

    @BeforeAll
    static void start() {
        eight = Instance.start(PostgresServer.newDatabase(), Map.of("CELL", "08", "CELL_SECRET",
                "the-new-secret-of-cells,the-old-secret-of-cells", "CELLS", "08=https://eight.example.com"));
        address = "http://localhost:" + eight.api().uri("/").getPort();
    }

    @AfterAll
    static void stop() {
        eight.close();
    }

    private static Instance beside(String digits, Map<String, String> more) {
        Map<String, String> settings = new java.util.HashMap<>(
                Map.of("CELL", "07", "CELLS", digits + "=" + address, "CELL_SECRET", "the-old-secret-of-cells"));
        settings.putAll(more);
        return Instance.start(PostgresServer.newDatabase(), settings);
    }

    private static void assertRefused(CapturedOutput output, String digits, Map<String, String> more, String why) {
        assertThat(catchThrowable(() -> beside(digits, more).close())).isNotNull();
        assertThat(output.getErr().lines().filter((line) -> line.startsWith("The service did not start: "))).last()
            .asString()
            .contains(why)
            .doesNotContain("secret-of", "pepper");
    }

    @Test
    void whoAgreesStarts(CapturedOutput output) {
        beside("08", Map.of()).close();
        beside("08", Map.of("API_KEY_SALT", SALT + ",a-later-pepper-of-cells")).close();
        assertThat(output.getOut()).doesNotContain("cannot be asked");
    }

    @Test
    void whoDisagreesIsRefusedInOneLine(CapturedOutput output) {
        assertRefused(output, "08", Map.of("API_KEY_SALT", "another-pepper-of-cells"),
                "API_KEY_SALT is not shared with cell 08");
        assertRefused(output, "08", Map.of("API_KEY_SALT", "another-pepper-of-cells," + SALT),
                "API_KEY_SALT is not shared with cell 08");
        assertRefused(output, "08", Map.of("WEBHOOK_SECRET", "another-secret-of-cells"),
                "WEBHOOK_SECRET is not shared with cell 08");
        assertRefused(output, "08", Map.of("CELL_SECRET", "another-secret-of-cells"),
                "CELL_SECRET is not that of cell 08");
        assertRefused(output, "09", Map.of(), "CELLS names cell 09 at " + address + ", where cell 08 is");
    }

    @Test
    void whoIsAwayIsAskedAgain(CapturedOutput output) {
        try (DatabaseLink way = new DatabaseLink("cell://cell@localhost:" + eight.api().uri("/").getPort() + "/")) {
            way.cut();
            String there = "http://localhost:" + java.net.URI.create(way.url()).getPort();
            try (Instance instance = beside("08", Map.of("CELLS", "08=" + there))) {
                assertThat(output.getOut()).contains("Cell 08 at " + there + " cannot be asked");
                CellAgreement agreement = instance.bean(CellAgreement.class);
                assertThat(agreement.unanswered()).hasSize(1);
                way.repair();
                agreement.askAgain();
                assertThat(agreement.unanswered()).isEmpty();
                assertThat(output.getOut()).doesNotContain("is not shared");
            }
            way.cut();
            try (Instance instance = beside("08",
                    Map.of("CELLS", "08=" + there, "API_KEY_SALT", "another-pepper-of-cells"))) {
                way.repair();
                instance.bean(CellAgreement.class).askAgain();
                assertThat(output.getOut()).contains("API_KEY_SALT is not shared with cell 08");
            }
        }
    }

    @Test
    void nothingIsSaidToWhoDoesNotKnowTheSecret() {
        String path = AgreementController.PATH;
        assertThat(eight.api().post(path, null, "{\"nonce\":\"00\",\"code\":\"00\"}").status()).isEqualTo(401);
        assertThat(eight.api().post(path, null, "{}").status()).isEqualTo(400);
        try (Instance alone = Instance.start(PostgresServer.newDatabase(), Map.of())) {
            assertThat(alone.api().post(path, null, "{}").status()).isEqualTo(404);
            assertThat(alone.api().newKey()).startsWith("zap_live_00");
            assertThat(alone.api().get("/metrics", null).body()).doesNotContain("triggers_cell_");
        }
    }

}
