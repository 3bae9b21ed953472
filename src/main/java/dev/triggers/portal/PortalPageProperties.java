package dev.triggers.portal;

import java.util.Set;
import java.util.regex.Pattern;

import dev.triggers.settings.ConfigurationException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the portal may be shown.
 *
 * @param frameAncestors origins whose pages may hold the portal in a frame; none: nobody
 * may
 */
@ConfigurationProperties("triggers.portal-page")
record PortalPageProperties(@DefaultValue Set<String> frameAncestors) {

    /** Nothing that could end the directive, or the header, that it becomes part of. */
    private static final Pattern ORIGIN = Pattern
        .compile("'self'|https?://(?:\\*\\.)?[a-z0-9-]+(?:\\.[a-z0-9-]+)*(?::[0-9]{1,5})?");

    PortalPageProperties {
        if (!frameAncestors.stream().allMatch((origin) -> ORIGIN.matcher(origin).matches())) {
            throw new ConfigurationException(
                    "PORTAL_FRAME_ANCESTORS must be origins like https://app.example.com, or 'self'");
        }
    }

    /**
     * The page's policy: nothing from elsewhere, nothing inline, and no text that becomes
     * a script.
     */
    String contentSecurityPolicy() {
        String ancestors = this.frameAncestors.isEmpty() ? "'none'" : String.join(" ", this.frameAncestors);
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
                + "connect-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'; frame-ancestors "
                + ancestors + "; require-trusted-types-for 'script'";
    }

}
