package dev.triggers.sending;

import java.net.InetAddress;
import java.net.UnknownHostException;

import dev.triggers.webhook.AddressGuard;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves an endpoint's host to the addresses that may be connected to; the client
 * connects to exactly these.
 */
record GuardedResolver(AddressGuard guard) implements DnsResolver {

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        return this.guard.allowed(host).toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

}
