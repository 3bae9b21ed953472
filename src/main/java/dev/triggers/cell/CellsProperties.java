package dev.triggers.cell;

import java.util.Arrays;
import java.util.List;

import dev.triggers.settings.ConfigurationException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which cells there are beside this one.
 *
 * @param others the cells and their addresses, like
 * {@code 07=https://seven.example.com,08=https://eight.example.com}; this one may be
 * among them; empty: there are none
 * @param routing what becomes of a request whose token is another cell's
 * @param secret what cells know each other by, or several of that, separated by commas,
 * the newest first
 */
@ConfigurationProperties("triggers.cells")
record CellsProperties(@DefaultValue("") String others, @DefaultValue("proxy") CellRouting routing,
        @DefaultValue("") String secret) {

    private static final int SHORTEST_SECRET = 16;

    CellsProperties {
        OtherCell.parse(others);
        List<String> secrets = split(secret);
        if (!secrets.stream().allMatch((one) -> one.length() >= SHORTEST_SECRET)) {
            throw new ConfigurationException("CELL_SECRET must have at least " + SHORTEST_SECRET
                    + " characters before and after each comma, for example from: openssl rand -hex 32");
        }
        if (!others.isBlank() && secrets.isEmpty()) {
            throw new ConfigurationException("CELL_SECRET must be set where CELLS is, to the same in all of them");
        }
    }

    /** The cells that are named, this one perhaps among them. */
    List<OtherCell> cells() {
        return OtherCell.parse(this.others);
    }

    /** The newest first. */
    List<String> secrets() {
        return split(this.secret);
    }

    private static List<String> split(String secret) {
        return secret.isEmpty() ? List.of() : Arrays.stream(secret.split(",", -1)).map(String::strip).toList();
    }

    @Override
    public String toString() {
        return "CellsProperties[others=" + this.others + ", routing=" + this.routing + "]";
    }

}
