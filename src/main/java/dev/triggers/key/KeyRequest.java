package dev.triggers.key;

import dev.triggers.web.JsonFields;
import dev.triggers.web.PlainText;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for a key.
 *
 * @param organizationName name of the new organization
 * @param tier its tier
 */
record KeyRequest(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, minLength = 1, maxLength = 255,
                description = "Also accepted as org_name") String organizationName,
        @Schema(defaultValue = "free", example = "pro") @Nullable String tier) {

    static KeyRequest read(JsonFields fields) {
        String field = fields.either("organization_name", "org_name");
        return new KeyRequest(PlainText.require(field, fields.requiredText(field)), fields.text("tier"));
    }

    String tierOrDefault() {
        return (this.tier != null) ? this.tier : TierLimits.DEFAULT_TIER;
    }

}
