package dev.triggers.openapi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.triggers.support.Api;
import dev.triggers.support.Reply;
import dev.triggers.support.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The description of the API that is served is the one that the code gives.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = { "springdoc.api-docs.enabled=true", "springdoc.writer-with-order-by-keys=true",
                "springdoc.writer-with-default-pretty-printer=true", "springdoc.paths-to-exclude=/,/docs",
                "springdoc.default-produces-media-type=application/json" })
@ContextConfiguration(initializers = TestDatabase.class)
@Import({ Api.class, OpenApiDescription.class })
class OpenApiTests {

    private static final Path SERVED = Path.of("src/main/resources/static/openapi.json");

    private static final String UPDATE = "./mvnw test -Dtest=OpenApiTests -Dopenapi.update=true";

    @Autowired
    private Api api;

    @Test
    void theFileThatIsServedIsWhatTheCodeSays() throws IOException {
        Reply reply = this.api.get("/v3/api-docs", null);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        String generated = reply.body() + "\n";
        if (Boolean.getBoolean("openapi.update")) {
            Files.writeString(SERVED, generated);
        }
        assertThat(Files.readString(SERVED)).as("%s is stale; run: %s", SERVED, UPDATE).isEqualTo(generated);
    }

}
