package dev.triggers.organization;

import dev.triggers.key.Keyless;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The whole service at a glance, for its operator.
 */
@RestController
@Tag(name = "Operator")
class ServiceStatisticsController {

    private final ServiceStatisticsRepository statistics;

    ServiceStatisticsController(ServiceStatisticsRepository statistics) {
        this.statistics = statistics;
    }

    @GetMapping("/api/admin/stats")
    @Keyless
    @Operation(operationId = "getServiceStatistics", summary = "Figures of the whole service",
            description = "From estimates and counters that the database keeps: it costs the same whatever there is.")
    ServiceStatistics statistics() {
        return this.statistics.read();
    }

}
