package dev.triggers.key;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import dev.triggers.settings.ConfigurationException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the service is for those who use it.
 *
 * @param publicUrl what absolute addresses begin with, without a path
 * @param returnOrigins origins that the portal may lead back to
 */
@ConfigurationProperties("triggers.portal")
record PortalProperties(@DefaultValue("") String publicUrl, @DefaultValue Set<String> returnOrigins) {

    /** As browsers write it: in lower case and without a path. */
    private static final Pattern ORIGIN = Pattern.compile("https?://[^/?#@\\s,\\\\A-Z]+");

    PortalProperties {
        publicUrl = publicUrl.endsWith("/") ? publicUrl.substring(0, publicUrl.length() - 1) : publicUrl;
        if (!publicUrl.isEmpty() && !isOrigin(publicUrl)) {
            throw new ConfigurationException(
                    "PUBLIC_URL must be the address of the service without a path, like https://events.example.com");
        }
        if (!returnOrigins.stream().allMatch(PortalProperties::isOrigin)) {
            throw new ConfigurationException("PORTAL_RETURN_ORIGINS must be origins like https://app.example.com");
        }
    }

    private static boolean isOrigin(String text) {
        return ORIGIN.matcher(text).matches() && text.equals(origin(text));
    }

    /**
     * The origin of a URL, as browsers write it; null if it is none of http or https.
     */
    static @Nullable String origin(String url) {
        try {
            URI uri = URI.create(url);
            String scheme = (uri.getScheme() != null) ? uri.getScheme().toLowerCase(Locale.ROOT) : "";
            String host = uri.getHost();
            if (host == null || uri.getRawUserInfo() != null || !(scheme.equals("http") || scheme.equals("https"))) {
                return null;
            }
            int standard = scheme.equals("http") ? 80 : 443;
            String port = (uri.getPort() < 0 || uri.getPort() == standard) ? "" : ":" + uri.getPort();
            return scheme + "://" + host.toLowerCase(Locale.ROOT) + port;
        }
        catch (IllegalArgumentException ex) {
            return null;
        }
    }

}
