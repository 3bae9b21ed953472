package dev.triggers.client.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.triggers.client.Webhook;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

class DeliveryArgumentResolverTests {

    private static final String SECRET = "A".repeat(32);

    private final MockMvc mvc = MockMvcBuilders.standaloneSetup(new Hook())
        .setCustomArgumentResolvers(new DeliveryArgumentResolver(Webhook.of("whsec_" + SECRET)))
        .build();

    @Test
    void aDeliveryComesToTheController() throws Exception {
        assertEquals("user.created", answer("{\"id\":\"1\",\"type\":\"user.created\",\"data\":1}", "{\"id\":\"1\",\"type\":\"user.created\",\"data\":1}", 200));
    }

    @Test
    void whatIsNoneIsAnswered401() throws Exception {
        answer("{\"type\":\"other\"}", "{}", 401);
    }

    @Test
    void whatIsTooLargeIsNotRead() throws Exception {
        String large = "{\"type\":\"" + "a".repeat(1_048_576) + "\"}";
        answer(large, large, 413);
    }

    private String answer(String signed, String body, int status) throws Exception {
        String at = Long.toString(Instant.now().getEpochSecond());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(SECRET), "HmacSHA256"));
        String signature = Base64.getEncoder().encodeToString(mac.doFinal(("1." + at + "." + signed).getBytes(StandardCharsets.UTF_8)));
        var response = this.mvc
            .perform(post("/hook").header("webhook-id", "1").header("webhook-timestamp", at).header("webhook-signature", "v1," + signature).content(body))
            .andReturn()
            .getResponse();
        assertEquals(status, response.getStatus());
        return response.getContentAsString();
    }

    @RestController
    static class Hook {

        @PostMapping("/hook")
        ResponseEntity<String> hook(Webhook.Delivery delivery) {
            return new ResponseEntity<>(delivery.type(), HttpStatus.OK);
        }

    }

}
