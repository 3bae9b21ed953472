package dev.triggers.key;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

import dev.triggers.settings.ConfigurationException;
import org.jspecify.annotations.Nullable;

/**
 * A range of addresses.
 *
 * @param address one of them
 * @param bits how many of its first bits all have
 */
record Network(InetAddress address, int bits) {

    /** What one household or one machine commonly has of IPv6. */
    private static final int V6_CLIENT_BITS = 64;

    /**
     * Reads a network as an operator writes it: an address, or one with the length of its
     * prefix.
     */
    static Network parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = literal((slash < 0) ? text : text.substring(0, slash));
        if (address != null) {
            int longest = address.getAddress().length * 8;
            String bits = (slash < 0) ? Integer.toString(longest) : text.substring(slash + 1);
            if (bits.matches("[0-9]{1,3}") && Integer.parseInt(bits) <= longest) {
                return new Network(address, Integer.parseInt(bits));
            }
        }
        throw new ConfigurationException(
                "TRUSTED_PROXIES must be addresses or networks like 10.0.0.0/8 and fd00::/8, which " + text
                        + " is not");
    }

    /**
     * Reads an address, never asking for a name; null if it is none.
     */
    static @Nullable InetAddress literal(String text) {
        try {
            return text.isEmpty() ? null : InetAddress.ofLiteral(text);
        }
        catch (IllegalArgumentException ex) {
            return null;
        }
    }

    boolean contains(InetAddress other) {
        byte[] mine = this.address.getAddress();
        byte[] others = other.getAddress();
        return mine.length == others.length && Arrays.equals(masked(mine, this.bits), masked(others, this.bits));
    }

    /**
     * Who stands behind an address: of IPv6, its whole network of 64 bits.
     */
    static String client(InetAddress address) {
        try {
            return (address instanceof Inet6Address)
                    ? InetAddress.getByAddress(masked(address.getAddress(), V6_CLIENT_BITS)).getHostAddress() + "/64"
                    : address.getHostAddress();
        }
        catch (UnknownHostException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static byte[] masked(byte[] address, int bits) {
        byte[] masked = new byte[address.length];
        for (int i = 0; i < masked.length; i++) {
            int kept = Math.clamp(bits - 8 * i, 0, 8);
            masked[i] = (byte) (address[i] & (0xFF << (8 - kept)));
        }
        return masked;
    }

}
