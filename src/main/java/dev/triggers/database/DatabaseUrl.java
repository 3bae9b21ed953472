package dev.triggers.database;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

import dev.triggers.settings.ConfigurationException;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * Where the database is, in the driver's form.
 *
 * @param jdbcUrl {@code jdbc:postgresql://…}
 * @param username the user, unless the URL's parameters name one
 * @param password the password, unless the URL's parameters hold one
 */
public record DatabaseUrl(String jdbcUrl, @Nullable String username, @Nullable String password) {

    /**
     * Reads {@code postgres://user:password@host:port/database?parameters}, as platforms
     * hand it out, or a JDBC URL as it is.
     */
    static DatabaseUrl parse(String variable, String url) {
        DatabaseUrl parsed = read(variable, url);
        if (Driver.parseURL(parsed.jdbcUrl, null) == null) {
            throw new ConfigurationException(variable + " is not a URL that the PostgreSQL driver understands");
        }
        return parsed;
    }

    private static DatabaseUrl read(String variable, String url) {
        if (url.startsWith("jdbc:postgresql:")) {
            return new DatabaseUrl(url, null, null);
        }
        if (!url.startsWith("postgres://") && !url.startsWith("postgresql://")) {
            throw new ConfigurationException(
                    variable + " must start with postgres://, postgresql:// or jdbc:postgresql://");
        }
        try {
            URI uri = new URI(url);
            if (uri.getHost() == null) {
                throw new ConfigurationException(variable + " names no host");
            }
            String port = (uri.getPort() == -1) ? "" : ":" + uri.getPort();
            String query = (uri.getRawQuery() == null) ? "" : "?" + uri.getRawQuery();
            String[] user = (uri.getRawUserInfo() == null) ? new String[0] : uri.getRawUserInfo().split(":", 2);
            return new DatabaseUrl("jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query,
                    (user.length > 0) ? decode(user[0]) : null, (user.length > 1) ? decode(user[1]) : null);
        }
        catch (URISyntaxException ex) {
            // The message of the cause would repeat the password.
            throw new ConfigurationException(
                    variable + " is not a URL; characters like @ or / in its password must be percent-encoded");
        }
    }

    /**
     * The URL with the given parameters added.
     */
    String with(String parameters) {
        return this.jdbcUrl + (this.jdbcUrl.contains("?") ? "&" : "?") + parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "DatabaseUrl[****]";
    }

}
