package dev.triggers.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

import dev.triggers.support.Rows;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class AuditUpkeepTests {

    private static final Instant NOW = Instant.parse("2031-05-20T12:00:00Z");

    private final JdbcClient jdbc = Rows.newDatabase();

    private final AuditRepository repository = new AuditRepository(this.jdbc, new JsonMapper());

    private void entry(Instant at, String address) {
        this.jdbc.sql(
                "insert into audit (id, at, actor, action, address) values (:id, :at, 'key', 'a', cast(:address as inet))")
            .param("id", UUID.randomUUID())
            .param("at", at.atOffset(ZoneOffset.UTC))
            .param("address", address)
            .update();
    }

    @Test
    void monthsAreMadeAheadAndGoAndAddressesAreShortened() {
        AuditUpkeep upkeep = new AuditUpkeep(this.repository, new AuditProperties(365),
                Clock.fixed(NOW, ZoneOffset.UTC));
        Instant old = NOW.minus(Duration.ofDays(31));
        for (Instant at : List.of(NOW.minus(Duration.ofDays(400)), old)) {
            this.repository.createMonth(at.atOffset(ZoneOffset.UTC).toLocalDate());
        }
        upkeep.afterSingletonsInstantiated();
        entry(NOW.minus(Duration.ofDays(400)), "192.0.2.1");
        entry(old, "198.51.100.77");
        entry(old, "2001:db8:1:2::/64");
        entry(NOW, "198.51.100.77");
        entry(NOW.plus(Duration.ofDays(60)), "198.51.100.78");
        upkeep.tidy(NOW);
        assertThat(this.jdbc.sql("select address::text from audit order by at, id, address").query(String.class).list())
            .containsExactlyInAnyOrder("198.51.100.0/24", "2001:db8:1::/48", "198.51.100.77/32", "198.51.100.78/32");
    }

}
