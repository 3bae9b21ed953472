package dev.triggers.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AddressGuardTests {

    @ParameterizedTest
    @ValueSource(strings = { "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1",
            "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1",
            "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255",
            "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::8.8.8.8", "::ffff:127.0.0.1",
            "::ffff:10.1.2.3", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::8.8.8.8", "64:ff9b:1::1", "100::1",
            "2001::1", "2001:db8::1", "2002:7f00:1::", "2002:808:808::", "3fff::1", "5f00::1", "fc00::1", "fd12::1",
            "fe80::1", "fec0::1", "ff02::1", "ff0e::1" })
    void refuses(String literal) {
        assertThat(AddressGuard.isPublic(InetAddress.ofLiteral(literal))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "1.1.1.1", "8.8.8.8", "93.184.216.34", "100.63.255.255", "100.128.0.1", "172.15.255.255",
            "172.32.0.1", "::ffff:8.8.8.8", "2606:4700:4700::1111", "2a00:1450:4001:81b::200e" })
    void allows(String literal) {
        assertThat(AddressGuard.isPublic(InetAddress.ofLiteral(literal))).isTrue();
    }

    @Test
    void mappedAddressOfNameIsJudgedAsWhatItStandsFor() throws UnknownHostException {
        AddressGuard guard = guard(false, mapped("127.0.0.1"));
        assertThatExceptionOfType(AddressNotAllowedException.class).isThrownBy(() -> guard.allowed("rebound.example"));
    }

    @Test
    void nameWithSeveralAddressesKeepsTheAllowedOnes() throws UnknownHostException {
        AddressGuard guard = guard(false, InetAddress.ofLiteral("10.0.0.1"), InetAddress.ofLiteral("8.8.8.8"),
                InetAddress.ofLiteral("fe80::1"), mapped("1.1.1.1"));
        assertThat(guard.allowed("mixed.example")).containsExactly(InetAddress.ofLiteral("8.8.8.8"),
                InetAddress.ofLiteral("1.1.1.1"));
    }

    @Test
    void allowedAddressesCarryTheNameThatWasAskedFor() throws UnknownHostException {
        AddressGuard guard = guard(false, InetAddress.ofLiteral("8.8.8.8"));
        assertThat(guard.allowed("dns.example")).extracting(InetAddress::getHostName).containsExactly("dns.example");
    }

    @Test
    void privateNetworksAreAllowedWhereTheOperatorSaysSo() throws UnknownHostException {
        AddressGuard guard = guard(true, InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("10.0.0.1"));
        assertThat(guard.allowed("internal.example")).hasSize(2);
    }

    @Test
    void unknownNameIsNotTakenForARefusedOne() {
        AddressGuard guard = new AddressGuard(false, (host) -> {
            throw new UnknownHostException(host);
        });
        assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> guard.allowed("nowhere.example"))
            .isNotInstanceOf(AddressNotAllowedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = { "localhost", "127.0.0.1", "::1", "[::1]", "[::ffff:127.0.0.1]", "127.1", "2130706433",
            "0x7f000001" })
    void realLookUpOfThisMachineLeadsNowhere(String host) {
        AddressGuard guard = new AddressGuard(false, new HostResolver()::resolve);
        assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> guard.allowed(host));
    }

    @Property
    void mappedFormIsJudgedLikeTheAddressItself(@ForAll("ipv4") List<Byte> bytes) throws UnknownHostException {
        byte[] four = { bytes.get(0), bytes.get(1), bytes.get(2), bytes.get(3) };
        InetAddress plain = InetAddress.getByAddress(four);
        assertThat(AddressGuard.isPublic(mapped(plain.getHostAddress()))).isEqualTo(AddressGuard.isPublic(plain));
    }

    @Property
    void whateverTheJdkCallsLocalIsNotPublic(@ForAll("ipv4") List<Byte> bytes) throws UnknownHostException {
        InetAddress address = InetAddress
            .getByAddress(new byte[] { bytes.get(0), bytes.get(1), bytes.get(2), bytes.get(3) });
        if (address.isAnyLocalAddress() || address.isLoopbackAddress() || address.isLinkLocalAddress()
                || address.isSiteLocalAddress() || address.isMulticastAddress()) {
            assertThat(AddressGuard.isPublic(address)).isFalse();
        }
    }

    @Provide
    Arbitrary<List<Byte>> ipv4() {
        Arbitrary<Byte> first = Arbitraries.of((byte) 10, (byte) 100, (byte) 127, (byte) 169, (byte) 172, (byte) 192,
                (byte) 0, (byte) 224);
        Arbitrary<Byte> any = Arbitraries.bytes();
        return Arbitraries.oneOf(first, any)
            .flatMap((head) -> any.list()
                .ofSize(3)
                .map((tail) -> Stream.concat(Stream.of(head), tail.stream()).toList()));
    }

    private static AddressGuard guard(boolean allowPrivate, InetAddress... addresses) {
        return new AddressGuard(allowPrivate, (host) -> addresses);
    }

    /** An IPv4 address in IPv6 clothes, which InetAddress itself would undress. */
    private static InetAddress mapped(String ipv4) throws UnknownHostException {
        byte[] bytes = new byte[16];
        bytes[10] = (byte) 0xFF;
        bytes[11] = (byte) 0xFF;
        System.arraycopy(InetAddress.ofLiteral(ipv4).getAddress(), 0, bytes, 12, 4);
        return java.net.Inet6Address.getByAddress(null, bytes, -1);
    }

}
