package dev.triggers.database;

import java.sql.SQLException;

import org.springframework.dao.DataAccessException;

/**
 * Why the database refused a statement, in SQL's own five characters.
 *
 * @param code the characters; empty if it did not even answer
 */
public record SqlState(String code) {

    public static SqlState of(DataAccessException ex) {
        String code = (ex.getMostSpecificCause() instanceof SQLException cause) ? cause.getSQLState() : null;
        return new SqlState((code != null) ? code : "");
    }

    /**
     * Whether it blames what was to be stored: data, constraints, program limits. Trying
     * the same again is then of no use.
     */
    public boolean blamesData() {
        return this.code.startsWith("22") || this.code.startsWith("23") || this.code.startsWith("54");
    }

}
