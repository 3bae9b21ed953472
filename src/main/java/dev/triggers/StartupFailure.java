package dev.triggers;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.triggers.settings.ConfigurationException;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.IncorrectResultSizeDataAccessException;

/**
 * Says in one line on standard error why the service did not start, where that is the
 * operator's to mend, and names the variable.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartupFailure implements SpringBootExceptionReporter {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)");

    private final @Nullable ConfigurableApplicationContext context;

    StartupFailure(@Nullable ConfigurableApplicationContext context) {
        this.context = context;
    }

    @Override
    public boolean reportException(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String line = explain(cause);
            if (line != null) {
                System.err.println("The service did not start: " + line.replaceAll("\\s+", " "));
                return true;
            }
        }
        return false;
    }

    private @Nullable String explain(Throwable cause) {
        return switch (cause) {
            case ConfigurationException ex -> ex.getMessage();
            case BindException ex when !(rootOf(ex) instanceof ConfigurationException) -> explain(ex);
            case InvalidConfigurationPropertyValueException ex ->
                variable(ex.getName()) + " has a bad value: " + ex.getReason();
            case IllegalArgumentException ex when String.valueOf(ex.getMessage()).startsWith("port out of range") ->
                "PORT has a bad value: " + ex.getMessage();
            case PortInUseException ex -> "port " + ex.getPort() + " is taken; set PORT to another";
            case FlywayException ex when ex.getCause() != null ->
                "the database that DATABASE_URL names cannot be used: " + ex.getCause().getMessage();
            case DataAccessException ex when !(ex instanceof IncorrectResultSizeDataAccessException) ->
                "the database that DATABASE_URL names cannot be used: " + rootOf(ex).getMessage();
            default -> null;
        };
    }

    private String explain(BindException ex) {
        String name = ex.getName().toString();
        boolean empty = this.context != null && "".equals(this.context.getEnvironment().getProperty(name));
        return variable(name) + (empty ? " must not be empty" : " has a bad value: " + rootOf(ex).getMessage());
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /**
     * The environment variable that a property is read from, or else the property.
     */
    private String variable(String property) {
        if (this.context != null) {
            for (PropertySource<?> source : this.context.getEnvironment().getPropertySources()) {
                if (source instanceof EnumerablePropertySource<?> && source.getProperty(property) != null) {
                    Matcher variable = VARIABLE.matcher(String.valueOf(source.getProperty(property)));
                    return variable.find() ? variable.group(1) : property;
                }
            }
        }
        return property;
    }

}
