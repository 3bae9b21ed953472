package dev.triggers.webhook;

import dev.triggers.key.Keyless;
import dev.triggers.key.PepperState;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * How far a change of the service's secrets is, for the operator.
 */
@RestController
@Tag(name = "Operator")
class ServiceSecretsController {

    private final SecretRenewalRepository renewals;

    private final SecretCipher cipher;

    private final PepperState peppers;

    ServiceSecretsController(SecretRenewalRepository renewals, SecretCipher cipher, PepperState peppers) {
        this.renewals = renewals;
        this.cipher = cipher;
        this.peppers = peppers;
    }

    @GetMapping("/api/admin/secrets")
    @Keyless
    @Operation(operationId = "getServiceSecrets", summary = "How far a change of the service's secrets is",
            description = "An older value of `WEBHOOK_SECRET` or `API_KEY_SALT` may go once nothing needs it any more. "
                    + "It counts rows, so it is for now and then.")
    Answer show() {
        boolean several = this.cipher.secrets() > 1;
        return new Answer(new WebhookSecret(this.cipher.secrets(), several ? this.renewals.old() : 0),
                new ApiKeySalt(this.peppers.values(), this.peppers.keysToMove()));
    }

    /**
     * Both secrets.
     *
     * @param webhookSecret what endpoints' secrets are encrypted with
     * @param apiKeySalt the pepper of the keys' hashes
     */
    @Schema(name = "ServiceSecrets")
    record Answer(WebhookSecret webhookSecret, ApiKeySalt apiKeySalt) {

    }

    /**
     * What endpoints' secrets are encrypted with.
     *
     * @param values how many values this instance knows, with the undivided one
     * @param endpointsToMove endpoints that need an older one
     */
    @Schema(name = "WebhookSecretState")
    record WebhookSecret(@Schema(description = "With the undivided one, if it is a list") int values,
            @Schema(description = "Endpoints that need an older one") long endpointsToMove) {

    }

    /**
     * The pepper of the keys' hashes.
     *
     * @param values how many values this instance knows, with the undivided one
     * @param keysToMove keys that need an older one
     */
    @Schema(name = "ApiKeySaltState")
    record ApiKeySalt(@Schema(description = "With the undivided one, if it is a list") int values, @Schema(
            description = "Keys that need an older one, or were not presented since there are lists") long keysToMove) {

    }

}
