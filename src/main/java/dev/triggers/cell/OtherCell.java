package dev.triggers.cell;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.triggers.settings.ConfigurationException;

/**
 * A cell, and where it is.
 *
 * @param digits what its tokens begin with
 * @param address where it is for its clients, without a path
 */
public record OtherCell(String digits, URI address) {

    private static final Pattern ENTRY = Pattern.compile("([0-9]{2})=(.+)");

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

    /**
     * Reads the cells that {@code CELLS} names.
     */
    static List<OtherCell> parse(String text) {
        List<OtherCell> cells = new ArrayList<>();
        Set<String> named = new HashSet<>();
        for (String entry : text.isBlank() ? new String[0] : text.split(",", -1)) {
            Matcher parts = ENTRY.matcher(entry.strip());
            if (!parts.matches()) {
                throw new ConfigurationException("CELLS must be like 07=https://seven.example.com,08=https://…");
            }
            if (!named.add(parts.group(1))) {
                throw new ConfigurationException(
                        "CELLS must name each cell once, and names " + parts.group(1) + " twice");
            }
            cells.add(new OtherCell(parts.group(1), address(parts.group(2))));
        }
        return List.copyOf(cells);
    }

    private static URI address(String text) {
        try {
            URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            String host = (uri.getHost() != null) ? uri.getHost() : "";
            boolean safe = "https".equals(uri.getScheme()) && !host.isEmpty();
            boolean near = "http".equals(uri.getScheme()) && LOOPBACK.matcher(host).matches();
            boolean bare = uri.getRawUserInfo() == null && uri.getRawPath().isEmpty() && uri.getRawQuery() == null
                    && uri.getRawFragment() == null && uri.getPort() <= 65_535;
            if ((safe || near) && bare) {
                return uri;
            }
        }
        catch (IllegalArgumentException ex) {
            // Told as any other
        }
        throw new ConfigurationException(
                "CELLS must name addresses without a path, with https, or with http on this machine");
    }

    /** Where its clients reach it, as an origin. */
    public String location() {
        return this.address.toString();
    }

    /** What it is called where its host's first label is a name: an app of Fly's. */
    String name() {
        return this.address.getHost().split("\\.", 2)[0];
    }

    @Override
    public String toString() {
        return this.digits + " at " + this.address;
    }

}
