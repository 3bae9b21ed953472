package dev.triggers.placement;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.triggers.settings.ConfigurationException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How new organizations are spread over the cells.
 *
 * @param weights cells and their shares, like {@code 07=1,08=3}; one that is not named
 * gets none; empty: the cell that has the fewest gets the next
 */
@ConfigurationProperties("triggers.placement")
record PlacementProperties(@DefaultValue("") String weights) {

    private static final Pattern ENTRY = Pattern.compile("([0-9]{2})=([0-9]{1,4})");

    PlacementProperties {
        parse(weights);
    }

    /** By the digits of a cell. */
    Map<String, Integer> shares() {
        return parse(this.weights);
    }

    private static Map<String, Integer> parse(String text) {
        Map<String, Integer> shares = new TreeMap<>();
        for (String entry : text.isBlank() ? new String[0] : text.split(",", -1)) {
            Matcher parts = ENTRY.matcher(entry.strip());
            if (!parts.matches()) {
                throw new ConfigurationException("CELL_WEIGHTS must be like 07=1,08=3");
            }
            if (shares.put(parts.group(1), Integer.valueOf(parts.group(2))) != null) {
                throw new ConfigurationException(
                        "CELL_WEIGHTS must name each cell once, and names " + parts.group(1) + " twice");
            }
        }
        if (!shares.isEmpty() && shares.values().stream().allMatch((share) -> share == 0)) {
            throw new ConfigurationException("CELL_WEIGHTS must leave a cell in which organizations can be made");
        }
        return shares;
    }

}
