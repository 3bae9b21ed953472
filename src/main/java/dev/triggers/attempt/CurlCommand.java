package dev.triggers.attempt;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.triggers.sending.HeaderLine;

/**
 * A request as a command for a POSIX shell. Whatever the poster of an event or the owner
 * of an endpoint chose stands between single quotes, in which the shell reads nothing.
 * The body goes through a pipe: as an argument it could be too long.
 */
final class CurlCommand {

    private CurlCommand() {
    }

    /**
     * @param ownHeaders names of headers whose values are left to variables
     */
    static String of(String url, List<String> ownHeaders, List<HeaderLine> headers, String body) {
        StringBuilder command = new StringBuilder(body.length() + 1_024);
        command.append("printf %s ").append(quoted(body));
        command.append(" | curl -sS -g -X POST --url ").append(quoted(url));
        command.append(" -H 'Content-Type: application/json'");
        Set<String> taken = new HashSet<>();
        for (String name : ownHeaders) {
            command.append(" -H ").append(quoted(name + ": ")).append("\"$").append(variable(name, taken)).append('"');
        }
        for (HeaderLine header : headers) {
            command.append(" -H ").append(quoted(header.name() + ": " + header.value()));
        }
        return command.append(" --data-binary @-").toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** A name of its own for each header. */
    private static String variable(String header, Set<String> taken) {
        String name = header.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        String variable = (name.charAt(0) >= '0' && name.charAt(0) <= '9') ? "_" + name : name;
        for (int i = 2; !taken.add(variable); i++) {
            variable = name + "_" + i;
        }
        return variable;
    }

}
