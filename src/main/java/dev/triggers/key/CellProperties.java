package dev.triggers.key;

import java.util.regex.Pattern;

import dev.triggers.settings.ConfigurationException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which of several installations this is.
 *
 * @param number two digits, not both zero; empty: it is the only one, or the first
 */
@ConfigurationProperties("triggers.cell")
record CellProperties(@DefaultValue("") String number) {

    private static final Pattern NUMBER = Pattern.compile("(?!00)[0-9]{2}");

    CellProperties {
        if (!number.isEmpty() && !NUMBER.matcher(number).matches()) {
            throw new ConfigurationException("CELL must be two digits, from 01 to 99, or not be set");
        }
    }

}
