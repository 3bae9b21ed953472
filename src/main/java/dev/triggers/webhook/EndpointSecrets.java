package dev.triggers.webhook;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import dev.triggers.webhook.SecretCipher.Purpose;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What of an endpoint is encrypted, as it is stored.
 */
@Component
class EndpointSecrets {

    private static final TypeReference<TreeMap<String, String>> HEADERS = new TypeReference<>() {
    };

    private final SecretCipher cipher;

    private final JsonMapper json;

    EndpointSecrets(SecretCipher cipher, JsonMapper json) {
        this.cipher = cipher;
        this.json = json;
    }

    byte[] seal(UUID endpointId, SigningSecret secret) {
        return this.cipher.encrypt(endpointId, Purpose.SECRET, secret.reveal());
    }

    List<SigningSecret> open(UUID endpointId, byte[] current, byte @Nullable [] previous) {
        List<SigningSecret> secrets = new ArrayList<>(2);
        secrets.add(SigningSecret.parse(this.cipher.decrypt(endpointId, Purpose.SECRET, current)));
        if (previous != null) {
            secrets.add(SigningSecret.parse(this.cipher.decrypt(endpointId, Purpose.SECRET, previous)));
        }
        return List.copyOf(secrets);
    }

    byte @Nullable [] sealHeaders(UUID endpointId, Map<String, String> headers) {
        return headers.isEmpty() ? null
                : this.cipher.encrypt(endpointId, Purpose.HEADERS, this.json.writeValueAsString(headers));
    }

    Map<String, String> openHeaders(UUID endpointId, byte @Nullable [] stored) {
        return (stored == null) ? Map.of()
                : Map.copyOf(this.json.readValue(this.cipher.decrypt(endpointId, Purpose.HEADERS, stored), HEADERS));
    }

}
