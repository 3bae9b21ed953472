package dev.triggers.audit;

import dev.triggers.settings.ConfigurationException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long is kept what was done.
 *
 * @param days after which an entry may go, with its month
 */
@ConfigurationProperties("triggers.audit")
record AuditProperties(@DefaultValue("365") int days) {

    AuditProperties {
        ConfigurationException.requireBetween("AUDIT_DAYS", days, 31, 36_500);
    }

}
