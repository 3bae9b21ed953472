package dev.triggers.key;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.info.BuildProperties;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What somebody without a key may know.
 */
@RestController
@Tag(name = "Operations")
class ServiceController {

    private final ServiceInformation information;

    ServiceController(Registration registration, PlaygroundUrls playground, Cell cell,
            @Nullable BuildProperties build) {
        String version = (build != null) ? build.getVersion() : null;
        this.information = new ServiceInformation((version != null) ? version : "development",
                registration.mode().toString(), TierLimits.DEFAULT_TIER, playground.enabled(), cell.digits());
    }

    @GetMapping("/api/service")
    @Keyless
    @Operation(operationId = "getService", summary = "Tell what this service is")
    ServiceInformation show() {
        return this.information;
    }

    /**
     * The service.
     *
     * @param version its version
     * @param registration who may register an organization
     * @param defaultTier the tier of an organization that names none
     * @param playground whether it receives what it sends, for a try
     * @param cell the digits that its tokens begin with
     */
    @Schema(name = "Service")
    record ServiceInformation(String version, @Schema(allowableValues = {
            "open", "default_tier", "closed" }) String registration, String defaultTier, boolean playground,
            String cell){
    }

}
