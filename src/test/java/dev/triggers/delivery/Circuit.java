package dev.triggers.delivery;

import java.util.UUID;

import dev.triggers.support.Api;
import dev.triggers.support.Customer;
import dev.triggers.support.Receiver;
import org.springframework.jdbc.core.simple.JdbcClient;

import static dev.triggers.support.Customer.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The circuit of an endpoint, whose time a test sets.
 */
final class Circuit {

    private final JdbcClient jdbc;

    private final UUID endpoint;

    Circuit(JdbcClient jdbc, String endpoint) {
        this.jdbc = jdbc;
        this.endpoint = UUID.fromString(endpoint);
    }

    /**
     * Time stands still for the circuit, once the last probe has had its effect: outcomes
     * are taken in one after the other, and one of somebody else that is behind it shows
     * that.
     */
    void keepOpen(Api api) {
        Customer witness = new Customer(api);
        try (Receiver receiver = new Receiver()) {
            witness.register(receiver);
            eventually(() -> {
                openUntil("now() + interval '1 h'");
                int openings = openings();
                assertThat(underWay()).isZero();
                witness.awaitStatus(witness.event("witness"), "delivered");
                assertThat(openings()).isEqualTo(openings);
                assertThat(isOpenFor("30 min")).isTrue();
            });
        }
    }

    void halfOpen() {
        openUntil("now()");
    }

    int openings() {
        return this.jdbc.sql("select circuit_openings from endpoint_health where endpoint_id = :id")
            .param("id", this.endpoint)
            .query(Integer.class)
            .single();
    }

    private int underWay() {
        return this.jdbc.sql("select count(*) from event_deliveries where endpoint_id = :id and leased is not null")
            .param("id", this.endpoint)
            .query(Integer.class)
            .single();
    }

    private boolean isOpenFor(String time) {
        return this.jdbc
            .sql("select circuit_open_until > now() + :time::interval from endpoint_health where endpoint_id = :id")
            .param("time", time)
            .param("id", this.endpoint)
            .query(Boolean.class)
            .single();
    }

    private void openUntil(String time) {
        this.jdbc.sql("update endpoint_health set circuit_open_until = " + time + " where endpoint_id = :id")
            .param("id", this.endpoint)
            .update();
    }

}
