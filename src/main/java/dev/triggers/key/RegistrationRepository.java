package dev.triggers.key;

import java.time.Duration;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Counts registrations by address, for all instances together.
 */
@Repository
class RegistrationRepository {

    private final JdbcClient jdbc;

    RegistrationRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Takes one registration of an address's allowance, which is refilled evenly, and
     * forgets some of those who have all of theirs.
     * @return how long to wait for one; zero: taken
     */
    Duration take(String address, int most, Duration window) {
        Double wait = this.jdbc.sql("""
                with free as (
                    delete from registrations where address in (
                        select address from registrations where free_at < now() and address <> :address
                        order by free_at limit 10 for update skip locked)),
                taken as (
                    insert into registrations as r (address, free_at)
                    values (:address, now() + make_interval(secs => :each))
                    on conflict (address) do update
                    set free_at = greatest(r.free_at, now()) + make_interval(secs => :each)
                    where r.free_at <= now() + make_interval(secs => :window - :each)
                    returning true)
                select case when exists (select from taken) then 0
                    else greatest(1, (select extract(epoch from r.free_at - now()) from registrations r
                        where r.address = :address) - :window + :each) end
                """)
            .param("address", address)
            .param("each", (double) window.toSeconds() / most)
            .param("window", (double) window.toSeconds())
            .query(Double.class)
            .single();
        return Duration.ofMillis((long) (wait * 1000));
    }

}
