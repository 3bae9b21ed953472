package dev.triggers.webhook;

import dev.triggers.key.PlaygroundUrls;
import dev.triggers.web.ProblemException;
import org.springframework.stereotype.Component;

/**
 * Which URLs organizations may register.
 */
@Component
class CallbackUrls {

    private final boolean allowPrivate;

    private final PlaygroundUrls playground;

    CallbackUrls(AddressGuard addresses, PlaygroundUrls playground) {
        this.allowPrivate = addresses.privateNetworksAllowed();
        this.playground = playground;
    }

    /**
     * Parses a URL that somebody wants to be called at. Nothing is ever connected for a
     * receiver of the service's own, so it has no address to be judged by.
     * @throws ProblemException 422 if it is not acceptable
     */
    CallbackUrl parse(String field, String text) {
        return CallbackUrl.parse(field, text, this.allowPrivate || this.playground.isOwn(text));
    }

}
