package dev.triggers.webhook;

import java.net.IDN;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The host of a callback URL: a name in ASCII, or a literal address in its one
 * unambiguous notation. What other software reads as an address (octal, hexadecimal, one
 * number, fewer than four) is no name here, as in the URL standard.
 *
 * @param text the host, in lower case where it is a name; an IPv6 address in brackets
 * @param address the address, if it is one
 */
record HostName(String text, @Nullable InetAddress address) {

    private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");

    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");

    private static final Pattern DECIMAL_BYTE = Pattern.compile("0|[1-9][0-9]{0,2}");

    private static final int LONGEST_NAME = 253;

    /**
     * Parses a host.
     * @throws IllegalArgumentException with what is wrong with it
     */
    static HostName parse(String host) {
        if (host.startsWith("[")) {
            return ipv6(host);
        }
        String name = ascii(host).toLowerCase(Locale.ROOT);
        String[] labels = withoutFinalDot(name).split("\\.", -1);
        if (NUMBER.matcher(labels[labels.length - 1]).matches()) {
            return ipv4(name, labels);
        }
        for (String label : labels) {
            if (!LABEL.matcher(label).matches()) {
                throw new IllegalArgumentException("has an invalid host name");
            }
        }
        if (name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("has a host name of more than 253 characters");
        }
        return new HostName(name, null);
    }

    /** Whether it names this very machine, whatever it resolves to (RFC 6761). */
    boolean isLocalhost() {
        String name = withoutFinalDot(this.text);
        return name.equals("localhost") || name.endsWith(".localhost");
    }

    private static String ascii(String host) {
        try {
            return IDN.toASCII(host);
        }
        catch (IllegalArgumentException | IndexOutOfBoundsException ex) {
            // The JDK throws both
            throw new IllegalArgumentException("has an invalid host name", ex);
        }
    }

    private static HostName ipv4(String name, String[] labels) {
        boolean canonical = labels.length == 4 && !name.endsWith(".");
        for (String label : labels) {
            canonical &= DECIMAL_BYTE.matcher(label).matches() && Integer.parseInt(label) <= 255;
        }
        if (!canonical) {
            throw new IllegalArgumentException("has an ambiguous IP address: write it as four decimal numbers");
        }
        return new HostName(name, InetAddress.ofLiteral(name));
    }

    private static HostName ipv6(String host) {
        try {
            String literal = host.substring(1, host.length() - 1);
            if (!host.endsWith("]") || literal.indexOf('%') >= 0) {
                throw new IllegalArgumentException("zone");
            }
            InetAddress address = InetAddress.ofLiteral(literal);
            if (address instanceof Inet4Address && literal.indexOf(':') < 0) {
                throw new IllegalArgumentException("IPv4 in brackets");
            }
            return new HostName(host, address);
        }
        catch (IllegalArgumentException | IndexOutOfBoundsException ex) {
            throw new IllegalArgumentException("has an invalid IPv6 address", ex);
        }
    }

    private static String withoutFinalDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

}
