package dev.triggers.delivery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.triggers.delivery.OutcomeRecorder.Ended;
import dev.triggers.time.UuidV7;
import dev.triggers.webhook.Endpoint;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The service's own events, for endpoints made with {@code operations}. What happens to
 * these endpoints themselves makes no events: they would never end.
 */
@Component
class OperationalEvents {

    private final OperationalEventRepository repository;

    private final DeliveryPolicy policy;

    private final UuidV7 ids;

    private final JsonMapper json;

    private final WorkSignal signal;

    OperationalEvents(OperationalEventRepository repository, DeliveryPolicy policy, UuidV7 ids, JsonMapper json,
            WorkSignal signal) {
        this.repository = repository;
        this.policy = policy;
        this.ids = ids;
        this.json = json;
        this.signal = signal;
    }

    void disabled(Endpoint endpoint, String reason) {
        publish(endpoint, "endpoint.disabled", Map.of("reason", reason));
    }

    void recovered(Endpoint endpoint) {
        publish(endpoint, "endpoint.recovered", Map.of());
    }

    void exhausted(List<Ended> deliveries) {
        for (Ended ended : deliveries) {
            AttemptOutcome outcome = ended.outcome();
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("event_id", outcome.delivery().eventId());
            members.put("event_type", outcome.delivery().type());
            members.put("attempts", outcome.delivery().attempts() + 1);
            members.put("error_code", outcome.errorCode());
            members.put("last_error", outcome.error());
            publish(ended.endpoint(), "delivery.exhausted", members);
        }
    }

    private void publish(Endpoint endpoint, String type, Map<String, ?> more) {
        if (endpoint.operations()) {
            return;
        }
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("endpoint_id", endpoint.id());
        payload.put("url", endpoint.url().toString());
        payload.putAll(more);
        UUID id = this.ids.next();
        if (this.repository.store(endpoint.organizationId(), id, type, this.json.writeValueAsString(payload),
                this.policy.attempts())) {
            this.signal.orderedChanged();
        }
    }

}
