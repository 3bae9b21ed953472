package dev.triggers.database;

/**
 * A setting that the service cannot start with; the message is one line that names it.
 */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConfigurationException(String message) {
        super(message);
    }

}
