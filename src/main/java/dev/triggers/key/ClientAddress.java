package dev.triggers.key;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;

/**
 * Tells clients apart by their addresses. What a proxy says of its client is believed of
 * trusted ones alone: the right-most address that is not a trusted proxy's is the
 * client's, whatever stands left of it. Before that counts what another cell says of whom
 * it forwards.
 */
@Component
public final class ClientAddress {

    private final List<Network> trusted;

    private final ForwardedAddress forwarded;

    ClientAddress(RegistrationProperties properties, ForwardedAddress forwarded) {
        this.forwarded = forwarded;
        this.trusted = properties.trustedProxies().stream().map(Network::parse).toList();
    }

    /**
     * Who sends the request.
     */
    public String of(HttpServletRequest request) {
        String forwarded = this.forwarded.of(request);
        if (forwarded != null) {
            return forwarded;
        }
        InetAddress client = Network.literal(request.getRemoteAddr());
        if (client == null) {
            return request.getRemoteAddr();
        }
        for (String hop : hops(request)) {
            InetAddress next = isTrusted(client) ? Network.literal(hop) : null;
            if (next == null) {
                break;
            }
            client = next;
        }
        return Network.client(client);
    }

    private boolean isTrusted(InetAddress address) {
        return this.trusted.stream().anyMatch((network) -> network.contains(address));
    }

    /** Right-most first. */
    private static List<String> hops(HttpServletRequest request) {
        List<String> hops = new ArrayList<>();
        Collections.list(request.getHeaders("X-Forwarded-For")).forEach((header) -> {
            for (String hop : header.split(",", -1)) {
                hops.add(withoutPort(hop.strip()));
            }
        });
        return hops.reversed();
    }

    private static String withoutPort(String hop) {
        if (hop.startsWith("[")) {
            return hop.substring(1, Math.max(1, hop.indexOf(']')));
        }
        int colon = hop.indexOf(':');
        return (colon >= 0 && colon == hop.lastIndexOf(':')) ? hop.substring(0, colon) : hop;
    }

}
