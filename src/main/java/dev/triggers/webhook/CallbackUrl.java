package dev.triggers.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;

import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Where deliveries to an endpoint go: an absolute {@code http(s)} URL without credentials
 * and fragment, in ASCII. A name may still lead to an address that is not allowed; the
 * {@link AddressGuard} judges that when it is called.
 */
public final class CallbackUrl {

    /** In characters, as posted and as stored. */
    static final int MAX_LENGTH = 2_048;

    private static final int MAX_PORT = 65_535;

    private final URI uri;

    private CallbackUrl(URI uri) {
        this.uri = uri;
    }

    /**
     * Parses a URL that somebody wants to be called at.
     * @param field the field to name in the problem
     * @param text the URL
     * @param allowPrivate whether literal addresses may be other than public
     * @throws ProblemException 422 if it is not acceptable
     */
    public static CallbackUrl parse(String field, String text, boolean allowPrivate) throws ProblemException {
        try {
            URI uri = normalize(text);
            HostName host = host(uri);
            if (!allowPrivate) {
                requirePublic(host);
            }
            return new CallbackUrl(uri);
        }
        catch (IllegalArgumentException ex) {
            throw ProblemException.unprocessable(field, String.valueOf(ex.getMessage()));
        }
    }

    /**
     * A URL that was accepted before.
     */
    static CallbackUrl stored(String text) {
        return new CallbackUrl(URI.create(text));
    }

    public URI uri() {
        return this.uri;
    }

    /**
     * Whether both have one origin: scheme, host and port.
     */
    boolean hasOriginOf(CallbackUrl other) {
        return this.uri.getScheme().equalsIgnoreCase(other.uri.getScheme())
                && String.valueOf(this.uri.getHost()).equalsIgnoreCase(String.valueOf(other.uri.getHost()))
                && port(this.uri) == port(other.uri);
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return uri.getScheme().equalsIgnoreCase("http") ? 80 : 443;
    }

    private static URI normalize(String text) {
        requireLength(text);
        URI uri = parse(text);
        String scheme = uri.getScheme();
        if (scheme == null || !(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
            throw new IllegalArgumentException("must be an absolute http or https URL");
        }
        String authority = uri.getRawAuthority();
        if (authority == null) {
            throw new IllegalArgumentException("has no host");
        }
        if (authority.indexOf('@') >= 0) {
            throw new IllegalArgumentException("must not contain credentials");
        }
        if (uri.getRawFragment() != null) {
            throw new IllegalArgumentException("must not have a fragment");
        }
        String path = (uri.getRawPath() != null) ? uri.getRawPath() : "";
        String query = (uri.getRawQuery() != null) ? "?" + uri.getRawQuery() : "";
        String ascii = parse(scheme + "://" + asciiAuthority(authority) + path + query).toASCIIString();
        requireLength(ascii);
        return parse(ascii);
    }

    private static void requireLength(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("must not be empty");
        }
        if (text.codePointCount(0, text.length()) > MAX_LENGTH) {
            throw new IllegalArgumentException("must be at most " + MAX_LENGTH + " characters");
        }
    }

    private static URI parse(String text) {
        try {
            return new URI(text);
        }
        catch (URISyntaxException ex) {
            throw new IllegalArgumentException("is not a valid URL: " + ex.getReason(), ex);
        }
    }

    /** The host as given if it is ASCII, in Punycode otherwise. */
    private static String asciiAuthority(String authority) {
        String host = hostPart(authority);
        HostName name = HostName.parse(host);
        boolean ascii = host.chars().allMatch((c) -> c < 0x80);
        return (ascii ? host : name.text()) + port(authority.substring(host.length()));
    }

    private static String hostPart(String authority) {
        int bracket = authority.lastIndexOf(']');
        int colon = authority.indexOf(':', Math.max(bracket, 0));
        return (colon >= 0) ? authority.substring(0, colon) : authority;
    }

    private static String port(String suffix) {
        if (suffix.length() <= 1) {
            return "";
        }
        String digits = suffix.substring(1);
        boolean valid = digits.length() <= 5 && digits.chars().allMatch((c) -> c >= '0' && c <= '9');
        if (!valid || Integer.parseInt(digits) == 0 || Integer.parseInt(digits) > MAX_PORT) {
            throw new IllegalArgumentException("has an invalid port");
        }
        return suffix;
    }

    private static HostName host(URI uri) {
        return HostName.parse(hostPart(uri.getRawAuthority()));
    }

    private static void requirePublic(HostName host) {
        InetAddress address = host.address();
        if (host.isLocalhost() || (address != null && !AddressGuard.isPublic(address))) {
            throw new IllegalArgumentException("must lead to a public address");
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallbackUrl url && this.uri.equals(url.uri);
    }

    @Override
    public int hashCode() {
        return this.uri.hashCode();
    }

    @Override
    public String toString() {
        return this.uri.toString();
    }

}
