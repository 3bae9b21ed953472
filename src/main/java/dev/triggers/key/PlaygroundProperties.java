package dev.triggers.key;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Whether the service receives what it sends, for a try.
 *
 * @param enabled whether it does; unset: only on the embedded development database
 */
@ConfigurationProperties("triggers.playground")
record PlaygroundProperties(@Nullable Boolean enabled) {

    boolean isEnabled(boolean development) {
        return (this.enabled != null) ? this.enabled : development;
    }

}
