package dev.triggers.database;

import java.util.UUID;

/**
 * Nothing is stored of an organization for a moment, while it moves to another cell.
 */
public class FencedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FencedException(UUID organizationId) {
        super("Organization " + organizationId + " moves to another cell");
    }

}
