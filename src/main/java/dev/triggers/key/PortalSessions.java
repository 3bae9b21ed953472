package dev.triggers.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.triggers.key.SessionRepository.Exchanged;
import dev.triggers.time.UuidV7;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Opens portals to people who have no key: a link that works once is exchanged for a
 * session's key, which is known by its hash alone, and has too many random bits to need a
 * slow one.
 */
@Service
final class PortalSessions {

    static final Duration LINK_LIFETIME = Duration.ofMinutes(10);

    private static final Scopes BY_DEFAULT = Scopes.of(Scope.EVENTS_READ, Scope.WEBHOOKS_READ);

    private static final String LINK = "zap_link_";

    private static final int LINK_BYTES = 32;

    private static final int LONGEST_URL = 2_048;

    /** Live ones of an organization, and links to them. */
    private static final int MOST = 10_000;

    private final SessionRepository sessions;

    private final OrganizationKeys keys;

    private final KeyAuthenticator authenticator;

    private final PublicUrl publicUrl;

    private final Set<String> returnOrigins;

    private final UuidV7 ids;

    private final Cell cell;

    PortalSessions(SessionRepository sessions, OrganizationKeys keys, KeyAuthenticator authenticator,
            PublicUrl publicUrl, PortalProperties properties, UuidV7 ids, Cell cell) {
        this.sessions = sessions;
        this.keys = keys;
        this.authenticator = authenticator;
        this.publicUrl = publicUrl;
        this.returnOrigins = properties.returnOrigins();
        this.ids = ids;
        this.cell = cell;
    }

    /**
     * Makes a link.
     */
    Link open(Caller caller, AccessRequest asked, Duration lifetime, @Nullable String returnUrl) {
        Access access = asked.from(caller.access(), BY_DEFAULT);
        String checked = (returnUrl != null) ? checkReturn(returnUrl) : null;
        String url = this.publicUrl.require();
        this.keys.requireEndpoints(caller.organizationId(), access.endpoints());
        String token = LINK + this.cell.digits() + ApiKey.randomDigits(LINK_BYTES);
        Instant expiresAt = this.sessions
            .insert(this.ids.next(), caller, digest(token), LINK_LIFETIME, access, checked, lifetime, MOST)
            .orElseThrow(() -> ProblemException.of(ProblemKind.CONFLICT,
                    "An organization may have at most " + MOST + " sessions, and a key that has ended makes none"));
        return new Link(url + "/#token=" + token, token, expiresAt);
    }

    /**
     * Makes a link to the portal of any organization, for its operator.
     */
    Link open(UUID organizationId, AccessRequest asked, Duration lifetime, @Nullable String returnUrl) {
        Access access = asked.from(Access.FULL, BY_DEFAULT);
        String checked = (returnUrl != null) ? checkReturn(returnUrl) : null;
        String url = this.publicUrl.require();
        this.keys.requireEndpoints(organizationId, access.endpoints());
        String token = LINK + this.cell.digits() + ApiKey.randomDigits(LINK_BYTES);
        Instant expiresAt = this.sessions
            .insert(this.ids.next(), organizationId, digest(token), LINK_LIFETIME, access, checked, lifetime, MOST)
            .orElseThrow(() -> ProblemException.of(ProblemKind.CONFLICT,
                    "An organization may have at most " + MOST + " sessions"));
        return new Link(url + "/#token=" + token, token, expiresAt);
    }

    private String checkReturn(String url) {
        String origin = (url.length() <= LONGEST_URL) ? PortalProperties.origin(url) : null;
        String own = this.publicUrl.find();
        boolean allowed = origin != null && (this.returnOrigins.contains(origin)
                || (own != null && origin.equals(PortalProperties.origin(own))));
        if (!allowed) {
            throw ProblemException.unprocessable("return_url",
                    "must be an http(s) URL of the service or of PORTAL_RETURN_ORIGINS");
        }
        return url;
    }

    /**
     * Exchanges a link for a session.
     * @return empty if the link was used, has expired, or never was
     */
    Optional<Session> exchange(String token) {
        ApiKey key = ApiKey.generateSession(this.cell);
        return this.sessions.exchange(digest(token), key).map((exchanged) -> new Session(key, exchanged));
    }

    /**
     * Ends all sessions of the caller's organization, and the links to them.
     */
    void endAll(Caller caller) {
        this.sessions.deleteAll(caller.organizationId());
        this.authenticator.forgetSessions(caller.organizationId());
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /**
     * A way into a portal.
     *
     * @param url the portal, with the token where no server sees it
     * @param token the token
     * @param expiresAt when the session ends
     */
    record Link(String url, String token, Instant expiresAt) {

        @Override
        public String toString() {
            return "Link[****]";
        }

    }

    /**
     * A session.
     *
     * @param key its key
     * @param exchanged what it is
     */
    record Session(ApiKey key, Exchanged exchanged) {
    }

}
