package dev.triggers.database;

import java.sql.SQLException;

import com.zaxxer.hikari.SQLExceptionOverride;

/**
 * Has the pool replace sessions that live on but are of no more use.
 */
final class SpoiltSessions implements SQLExceptionOverride {

    private final Sessions sessions;

    SpoiltSessions(Sessions sessions) {
        this.sessions = sessions;
    }

    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException ex) {
        return this.sessions.isSpoilt(ex) ? SQLExceptionOverride.Override.MUST_EVICT
                : SQLExceptionOverride.Override.CONTINUE_EVICT;
    }

}
