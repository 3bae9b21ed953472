package dev.triggers.key;

import java.net.URI;
import java.util.regex.Pattern;

import dev.triggers.database.Database;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Which URLs lead to the playground: receivers of the service's own. They are known by
 * their text alone, from what the operator says of the service's address, so that what is
 * sent there is handed over and no address is looked up for it.
 */
@Component
public class PlaygroundUrls {

    private static final String PATH = "/play/";

    private static final String PREFIX = "zap_play_";

    private static final int TOKEN_BYTES = 20;

    private static final Pattern TOKEN = Pattern.compile(PREFIX + "[0-9a-f]{" + (Cell.LENGTH + 2 * TOKEN_BYTES) + "}");

    private final PublicUrl publicUrl;

    private final boolean enabled;

    private final Cell cell;

    PlaygroundUrls(PublicUrl publicUrl, PlaygroundProperties properties, Database database, Cell cell) {
        this.publicUrl = publicUrl;
        this.enabled = properties.isEnabled(database.embedded());
        this.cell = cell;
    }

    /** Whether there is a playground. */
    public boolean enabled() {
        return this.enabled;
    }

    /** A token that nobody can guess. */
    public String newToken() {
        return PREFIX + this.cell.digits() + ApiKey.randomDigits(TOKEN_BYTES);
    }

    /**
     * Where a receiver is.
     * @throws dev.triggers.web.ProblemException 409 if the service does not know where it
     * is itself
     */
    public String url(String token) {
        return this.publicUrl.require() + PATH + token;
    }

    /**
     * The token in a URL that leads to a receiver of this service; null in any other.
     */
    public @Nullable String token(URI url) {
        if (!this.enabled || url.getRawPath() == null || !url.getRawPath().startsWith(PATH)) {
            return null;
        }
        String token = url.getRawPath().substring(PATH.length());
        String here = this.publicUrl.find();
        boolean own = here != null && isToken(token) && here.equals(PortalProperties.origin(url.toString()));
        return own ? token : null;
    }

    /** Whether a text can be the token of a receiver. */
    public static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }

    /**
     * Whether a text is such a URL.
     */
    public boolean isOwn(String text) {
        try {
            return this.enabled && text.contains(PATH) && token(URI.create(text)) != null;
        }
        catch (IllegalArgumentException ex) {
            return false;
        }
    }

}
