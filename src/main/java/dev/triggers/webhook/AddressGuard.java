package dev.triggers.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

import dev.triggers.database.Database;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.http.client.InetAddressFilter;
import org.springframework.stereotype.Component;

/**
 * Decides which addresses may be called. It resolves and judges in one step, and the
 * client connects to exactly what it returns: a second look-up could answer differently.
 */
@Component
public final class AddressGuard {

    /**
     * IPv6 addresses outside 2000::/3 are not assigned to anybody: that leaves out
     * IPv4-compatible, translated and NAT64 forms, which carry an IPv4 address that would
     * have to be judged by itself.
     */
    private static final InetAddressFilter PUBLIC = InetAddressFilter.externalAddresses()
        // documentation
        .andNot("::/3", "4000::/2", "8000::/1", "3fff::/20");

    private final boolean allowPrivate;

    private final Resolver resolver;

    @Autowired
    AddressGuard(WebhookProperties properties, Database database) {
        this(properties.privateNetworksAllowed(database.embedded()), new HostResolver()::resolve);
    }

    AddressGuard(boolean allowPrivate, Resolver resolver) {
        this.allowPrivate = allowPrivate;
        this.resolver = resolver;
    }

    /**
     * The addresses of a host that may be called, never empty. Waits for the look-up, a
     * few seconds at most.
     * @param host a name or a literal address
     * @throws UnknownHostException if the host does not resolve
     * @throws AddressNotAllowedException if it resolves, but only to addresses that may
     * not be called
     */
    public List<InetAddress> allowed(String host) throws UnknownHostException, AddressNotAllowedException {
        List<InetAddress> allowed = new ArrayList<>();
        for (InetAddress address : this.resolver.resolve(host)) {
            InetAddress plain = plain(host, address);
            if (this.allowPrivate || isPublic(plain)) {
                allowed.add(plain);
            }
        }
        if (allowed.isEmpty()) {
            throw new AddressNotAllowedException(host);
        }
        return allowed;
    }

    /**
     * Whether addresses that are not public may be called too.
     */
    public boolean privateNetworksAllowed() {
        return this.allowPrivate;
    }

    static boolean isPublic(InetAddress address) {
        return PUBLIC.matches(plain(null, address));
    }

    /** An IPv4-mapped address as the IPv4 address that it stands for. */
    private static InetAddress plain(@Nullable String host, InetAddress address) {
        try {
            return InetAddress.getByAddress(host, address.getAddress());
        }
        catch (UnknownHostException ex) {
            // Only for a wrong number of bytes
            throw new IllegalStateException(ex);
        }
    }

    /**
     * Looks up the addresses of a host.
     */
    @FunctionalInterface
    interface Resolver {

        InetAddress[] resolve(String host) throws UnknownHostException;

    }

}
