package dev.triggers.client.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The snippet of the README that is for Spring MVC, as it stands there. */
class ReadmeTests {

    private static Object made(ClassLoader loader, String name) throws ReflectiveOperationException {
        var constructor = loader.loadClass(name).getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    private static String signature(String at, String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode("a".repeat(32)), "HmacSHA256"));
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(("1." + at + "." + body).getBytes(StandardCharsets.UTF_8)));
    }

    private static String snippet() throws IOException {
        Matcher found = Pattern.compile("<!-- spring -->\n```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of("..", "README.md")));
        assertTrue(found.find());
        return found.group(1);
    }

    @Test
    void theSnippetTakesDeliveriesAndNothingElse(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("Hook.java"), snippet());
        assertEquals(0, ToolProvider.findFirst("javac").orElseThrow().run(System.out, System.err, "-cp", System.getProperty("java.class.path"), "-d",
                folder.toString(), folder.resolve("Hook.java").toString()));
        try (URLClassLoader loader = new URLClassLoader(new URL[] { folder.toUri().toURL() }, getClass().getClassLoader())) {
            List<HandlerMethodArgumentResolver> resolvers = new ArrayList<>();
            ((WebMvcConfigurer) made(loader, "Deliveries")).addArgumentResolvers(resolvers);
            MockMvc mvc = MockMvcBuilders.standaloneSetup(made(loader, "Hook"))
                .setCustomArgumentResolvers(resolvers.toArray(HandlerMethodArgumentResolver[]::new))
                .build();
            String body = "{\"id\":\"1\",\"type\":\"user.created\",\"data\":1}";
            String at = Long.toString(Instant.now().getEpochSecond());
            for (String sent : List.of(body, body + " ")) {
                int status = mvc
                    .perform(post("/hook").header("webhook-id", "1").header("webhook-timestamp", at).header("webhook-signature", signature(at, body)).content(sent))
                    .andReturn()
                    .getResponse()
                    .getStatus();
                assertEquals(sent.equals(body) ? 204 : 401, status);
            }
        }
    }

}
