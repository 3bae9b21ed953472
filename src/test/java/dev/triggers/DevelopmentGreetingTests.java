package dev.triggers;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DevelopmentGreetingTests {

    @Test
    void namesTheAddressAndACommandThatIsReadyToRun() {
        assertThat(DevelopmentGreeting.text(8123)).contains("The portal: http://localhost:8123/ ",
                "http://localhost:8123/docs", "curl -X POST http://localhost:8123/api/keys/generate",
                "-d '{\"organization_name\": \"Acme\"}'");
    }

}
