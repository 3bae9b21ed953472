package dev.triggers.settings;

/**
 * A setting that the service cannot start with; the message is one line that names it.
 */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConfigurationException(String message) {
        super(message);
    }

    /**
     * Lets a number pass that is within its bounds.
     * @param variable the setting, as the operator knows it
     */
    public static void requireBetween(String variable, long value, long least, long most) {
        if (value < least || value > most) {
            throw new ConfigurationException(variable + " must be between " + least + " and " + most);
        }
    }

}
