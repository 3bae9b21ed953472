package dev.triggers.database;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.triggers.settings.ConfigurationException;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * Where the database is, in the driver's form.
 *
 * @param address {@code jdbc:postgresql://host:port,…/database}
 * @param parameters what the driver is told besides, by its own names; the user and the
 * password are among them
 */
public record DatabaseUrl(String address, Map<String, String> parameters) {

    private static final String JDBC = "jdbc:postgresql:";

    private static final Pattern URL = Pattern.compile(
            "postgres(?:ql)?://(?:(?<user>[^@/?]*)@)?(?<hosts>[^/?]*)(?:/(?<database>[^?]*))?(?:\\?(?<query>.*))?");

    private static final Pattern HOSTS = Pattern.compile("(?:(?:\\[[^\\]]+]|[^:,\\[\\]]+)(?::\\d+)?(?:,|$))+");

    /** What the C library calls differently. */
    private static final Map<String, String> NAMES = Map.of("application_name", "ApplicationName", "connect_timeout",
            "connectTimeout", "channel_binding", "channelBinding", "sslnegotiation", "sslNegotiation", "gssencmode",
            "gssEncMode", "require_auth", "requireAuth", "krbsrvname", "kerberosServerName");

    private static final Map<String, String> SERVER_TYPES = Map.of("any", "any", "read-write", "primary", "primary",
            "primary", "read-only", "secondary", "standby", "secondary", "prefer-standby", "preferSecondary");

    public DatabaseUrl {
        parameters = Map.copyOf(parameters);
    }

    /**
     * Reads {@code postgres://user:password@host:port/database?parameters}, as platforms
     * hand it out, or a JDBC URL.
     */
    static DatabaseUrl parse(String variable, String url) {
        if (!url.startsWith(JDBC) && !url.startsWith("postgres://") && !url.startsWith("postgresql://")) {
            throw new ConfigurationException(
                    variable + " must start with postgres://, postgresql:// or jdbc:postgresql://");
        }
        DatabaseUrl parsed = url.startsWith(JDBC) ? readJdbc(variable, url) : read(variable, url);
        if (Driver.parseURL(parsed.address, null) == null) {
            throw new ConfigurationException(variable + " is not a URL that the PostgreSQL driver understands");
        }
        return parsed;
    }

    private static DatabaseUrl readJdbc(String variable, String url) {
        int query = url.indexOf('?');
        // The driver reads a plus as a blank
        return (query < 0) ? new DatabaseUrl(url, Map.of()) : new DatabaseUrl(url.substring(0, query),
                parameters(url.substring(query + 1), (text) -> decode(variable, text.replace("+", "%20"))));
    }

    private static DatabaseUrl read(String variable, String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches() || parts.group("hosts").contains("@")) {
            throw notEncoded(variable);
        }
        UnaryOperator<String> decode = (text) -> decode(variable, text);
        Map<String, String> given = parameters(or(parts.group("query"), ""), decode);
        String hosts = hosts(variable, or(parts.group("hosts"), ""), given, decode);
        String database = or(given.remove("dbname"), decode.apply(or(parts.group("database"), "")));
        Map<String, String> parameters = new LinkedHashMap<>();
        given.forEach((name, value) -> translate(variable, name, value, parameters));
        trust(variable, parameters);
        String[] user = or(parts.group("user"), "").split(":", 2);
        if (!user[0].isEmpty()) {
            parameters.putIfAbsent("user", decode.apply(user[0]));
        }
        if (user.length > 1) {
            parameters.putIfAbsent("password", decode.apply(user[1]));
        }
        return new DatabaseUrl(JDBC + "//" + hosts + "/" + URLEncoder.encode(database, StandardCharsets.UTF_8),
                parameters);
    }

    private static ConfigurationException notEncoded(String variable) {
        return new ConfigurationException(
                variable + " is not a URL; characters like @ or / in its password must be percent-encoded");
    }

    private static Map<String, String> parameters(String query, UnaryOperator<String> decode) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : query.split("&", -1)) {
            String[] parts = parameter.split("=", 2);
            if (!parts[0].isEmpty()) {
                parameters.put(decode.apply(parts[0]), decode.apply((parts.length > 1) ? parts[1] : ""));
            }
        }
        return parameters;
    }

    private static String hosts(String variable, String written, Map<String, String> given,
            UnaryOperator<String> decode) {
        String host = given.remove("host");
        String port = given.remove("port");
        String hosts = decode.apply(written);
        if (hosts.isEmpty() && host != null) {
            hosts = host + ((port != null && !host.contains(",")) ? ":" + port : "");
        }
        if (hosts.startsWith("/") || hosts.startsWith("@") || (host != null && host.startsWith("/"))) {
            throw new ConfigurationException(
                    variable + " names a Unix socket, which cannot be used: name a host that listens on TCP");
        }
        if (hosts.isEmpty() || hosts.startsWith(":")) {
            throw new ConfigurationException(variable + " names no host");
        }
        if (!HOSTS.matcher(hosts).matches()) {
            throw notEncoded(variable);
        }
        return hosts;
    }

    private static void translate(String variable, String name, String value, Map<String, String> parameters) {
        switch (name) {
            case "target_session_attrs" -> {
                String type = SERVER_TYPES.get(value);
                if (type == null) {
                    throw new ConfigurationException(variable + " has an unknown target_session_attrs: " + value);
                }
                parameters.put("targetServerType", type);
            }
            case "load_balance_hosts" -> parameters.put("loadBalanceHosts", Boolean.toString(value.equals("random")));
            // With the C library, encrypted, no more
            case "ssl" -> parameters.putIfAbsent("sslmode", value.equals("true") ? "require" : "prefer");
            default -> parameters.put(NAMES.getOrDefault(name, name), value);
        }
    }

    /**
     * Whom to trust: {@code system} is the JVM's store, and so it is where a server must
     * be verified and nothing says against what.
     */
    private static void trust(String variable, Map<String, String> parameters) {
        String mode = or(parameters.get("sslmode"), "");
        boolean system = "system".equals(parameters.get("sslrootcert"));
        if (system && !mode.isEmpty() && !mode.equals("verify-full")) {
            throw new ConfigurationException(variable + " has sslrootcert=system, which needs sslmode=verify-full");
        }
        boolean nothing = mode.startsWith("verify-") && !parameters.containsKey("sslrootcert")
                && !Files.exists(Path.of(System.getProperty("user.home"), ".postgresql", "root.crt"));
        if (system || nothing) {
            parameters.remove("sslrootcert");
            parameters.putIfAbsent("sslmode", "verify-full");
            parameters.putIfAbsent("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
    }

    /** What the URL itself wants the server to be told at the start of a session. */
    String options() {
        return or(this.parameters.get("options"), "");
    }

    private static String or(@Nullable String text, String otherwise) {
        return (text != null) ? text : otherwise;
    }

    private static String decode(String variable, String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        }
        catch (IllegalArgumentException ex) {
            throw new ConfigurationException(
                    variable + " is not a URL; a % in it that begins no percent-encoding must be written %25");
        }
    }

    @Override
    public String toString() {
        return "DatabaseUrl[****]";
    }

}
