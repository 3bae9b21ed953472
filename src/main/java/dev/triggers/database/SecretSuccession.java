package dev.triggers.database;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Which value of a secret came last as the newest of an instance's list. By that alone
 * what there is is written anew: while instances are rolled, lists of both orders are at
 * work, and would move everything to and fro.
 */
@Repository
public class SecretSuccession {

    private final JdbcClient jdbc;

    SecretSuccession(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Notes that an instance writes with a value. When the first did is what counts.
     * @param secret the setting
     * @param name a name of the value that tells nothing of it
     */
    public void begin(String secret, String name) {
        this.jdbc.sql("""
                insert into secret_values (secret, name, first_at) values (:secret, :name, clock_timestamp())
                on conflict do nothing
                """).param("secret", secret).param("name", name).update();
    }

    /**
     * Whether no other value came after this one.
     */
    public boolean isLatest(String secret, String name) {
        return this.jdbc
            .sql("select name from secret_values where secret = :secret order by first_at desc, name limit 1")
            .param("secret", secret)
            .query(String.class)
            .optional()
            .filter(name::equals)
            .isPresent();
    }

}
