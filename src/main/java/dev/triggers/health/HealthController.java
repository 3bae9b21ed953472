package dev.triggers.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.triggers.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.info.BuildProperties;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells platforms whether to keep this instance and whether to send it requests.
 */
@RestController
@Tag(name = "Operations")
@SecurityRequirements
class HealthController {

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final ApplicationAvailability availability;

    private final List<ReadinessCheck> checks;

    private final @Nullable BuildProperties build;

    private final Clock clock;

    HealthController(ApplicationAvailability availability, List<ReadinessCheck> checks,
            ObjectProvider<BuildProperties> build, Clock clock) {
        this.availability = availability;
        this.checks = checks;
        this.build = build.getIfAvailable();
        this.clock = clock;
    }

    @GetMapping("/health")
    @Operation(operationId = "health", summary = "Tell that the service runs")
    Health health() {
        String version = (this.build != null) ? String.valueOf(this.build.getVersion()) : "development";
        return new Health("healthy", "triggers-api", version, this.clock.instant());
    }

    @GetMapping("/health/live")
    @Operation(operationId = "live", summary = "Tell that the process lives")
    Status live() {
        return new Status("ok");
    }

    @GetMapping("/health/ready")
    @Operation(operationId = "ready", summary = "Tell whether to send requests here")
    Status ready() {
        if (this.availability.getReadinessState() != ReadinessState.ACCEPTING_TRAFFIC) {
            throw notReady("the process is starting or shutting down");
        }
        for (ReadinessCheck check : this.checks) {
            String missing = check.missing();
            if (missing != null) {
                throw notReady(missing);
            }
        }
        return new Status("ready");
    }

    private static ProblemException notReady(String why) {
        return ProblemException.unavailable("Not ready: " + why, RETRY);
    }

    /**
     * That the service runs.
     *
     * @param status always {@code healthy}
     * @param service its name
     * @param version its version
     * @param timestamp its time
     */
    record Health(String status, String service, String version, Instant timestamp) {
    }

    /**
     * One word.
     *
     * @param status the word
     */
    record Status(String status) {
    }

}
