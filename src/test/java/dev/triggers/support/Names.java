package dev.triggers.support;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The names of this process: those that tests give addresses to, and all others as the
 * system resolves them. Nothing is remembered between look-ups.
 */
public final class Names extends InetAddressResolverProvider {

    private static final Map<String, Name> given = new ConcurrentHashMap<>();

    static {
        // Read after the first look-up
        Security.setProperty("networkaddress.cache.ttl", "0");
    }

    /**
     * Gives a name addresses.
     * @param addresses for one look-up each, the last for all that follow; several are
     * separated by blanks
     */
    public static void lead(String host, String... addresses) {
        given.put(host, new Name(List.of(addresses), new AtomicInteger()));
    }

    /**
     * How often a name was looked up since it was given its addresses.
     */
    public static int lookUps(String host) {
        Name name = given.get(host);
        return (name != null) ? name.lookUps.get() : 0;
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver system = configuration.builtinResolver();
        return new InetAddressResolver() {

            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                Name name = given.get(host);
                return (name != null) ? name.next(host) : system.lookupByName(host, policy);
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return system.lookupByAddress(address);
            }

        };
    }

    @Override
    public String name() {
        return "names of the tests";
    }

    private record Name(List<String> answers, AtomicInteger lookUps) {

        Stream<InetAddress> next(String host) throws UnknownHostException {
            String answer = this.answers.get(Math.min(this.lookUps.getAndIncrement(), this.answers.size() - 1));
            Stream.Builder<InetAddress> addresses = Stream.builder();
            for (String literal : answer.split(" ")) {
                addresses.add(InetAddress.getByAddress(host, InetAddress.ofLiteral(literal).getAddress()));
            }
            return addresses.build();
        }

    }

}
