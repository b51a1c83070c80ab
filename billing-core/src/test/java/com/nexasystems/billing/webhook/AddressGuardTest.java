package com.nexasystems.billing.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every address is a literal: nothing is looked up. */
class AddressGuardTest {

    @ParameterizedTest(name = "{0} is never called: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            0.0.0.0                                 | this network
            0.255.255.255                           | this network
            10.0.0.0                                | private
            10.255.255.255                          | private
            100.64.0.0                              | carrier-grade NAT
            100.100.100.200                         | carrier-grade NAT
            100.127.255.255                         | carrier-grade NAT
            127.0.0.1                               | loopback
            127.255.255.254                         | loopback
            169.254.0.1                             | link-local
            169.254.169.254                         | link-local
            172.16.0.0                              | private
            172.31.255.255                          | private
            192.0.0.1                               | protocol assignments
            192.0.0.9                               | protocol assignments
            192.0.0.170                             | protocol assignments
            192.0.0.192                             | protocol assignments
            192.0.2.1                               | documentation
            192.31.196.1                            | AS112
            192.52.193.1                            | multicast tunnels (AMT)
            192.88.99.1                             | 6to4 relays
            192.168.0.0                             | private
            192.168.255.255                         | private
            192.175.48.6                            | AS112
            198.18.0.0                              | benchmarks
            198.19.255.255                          | benchmarks
            198.51.100.7                            | documentation
            203.0.113.7                             | documentation
            224.0.0.1                               | multicast
            239.255.255.255                         | multicast
            240.0.0.1                               | reserved
            255.255.255.255                         | reserved
            168.63.129.16                           | Azure's own services on each machine
            ::                                      | unspecified
            ::1                                     | loopback
            ::2                                     | IPv4-compatible
            ::7f00:1                                | IPv4-compatible
            ::a9fe:a9fe                             | IPv4-compatible
            64:ff9b::7f00:1                         | NAT64
            64:ff9b::808:808                        | NAT64
            64:ff9b:1::1                            | NAT64
            64:ff9b:2::1                            | not global unicast
            100::1                                  | discard
            100:0:0:1::1                            | dummy
            2001::1                                 | Teredo
            2001:0:7f00:1::                         | Teredo
            2001:2::1                               | protocol assignments
            2001:3::1                               | protocol assignments
            2001:4:112::1                           | protocol assignments
            2001:10::1                              | ORCHID
            2001:2f:ffff::1                         | ORCHID
            2001:30::1                              | protocol assignments
            2001:1ff:ffff::1                        | protocol assignments
            2001:db8::1                             | documentation
            2002:7f00:1::1                          | 6to4
            2002:808:808::1                         | 6to4
            2620:4f:8000::1                         | AS112
            2a00:1450::5efe:a00:1                   | not global unicast
            2a00:1450::200:5efe:a00:1               | not global unicast
            3ffe::1                                 | 6bone
            3fff::1                                 | documentation
            3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff  | documentation
            4000::1                                 | not global unicast
            5f00::1                                 | segment routing
            fc00::1                                 | private (unique local)
            fd00:ec2::254                           | private (unique local)
            fe00::1                                 | not global unicast
            fe80::1                                 | link-local
            febf::1                                 | link-local
            fec0::1                                 | site-local
            feff::1                                 | site-local
            ff02::1                                 | multicast
            ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff | multicast
            """)
    void refuses(String address, String because) throws UnknownHostException {
        assertThat(AddressGuard.STRICT.refusal(InetAddress.getByName(address)))
                .contains("is not a public address: " + because);
    }

    @ParameterizedTest(name = "{0} may be called")
    @ValueSource(strings = {"1.0.0.0", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
            "126.255.255.255", "128.0.0.0", "168.63.129.15", "169.253.255.255", "169.255.0.0", "172.15.255.255",
            "172.32.0.0", "191.255.255.255", "192.0.1.0", "192.0.3.0", "192.31.195.255", "192.88.98.255", "192.88.100.0",
            "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "198.51.99.255", "203.0.112.255",
            "203.0.114.0", "223.255.255.255", "2000::1", "2001:200::1", "2001:4860:4860::8888", "2001:db7:ffff::1", "2001:db9::1",
            "2003::1", "2606:4700:4700::1111", "2620:4f:7fff::1", "2a00:1450:4001:82b::200e", "3ffd:ffff::1",
            "3fff:1000::1"})
    void allows(String address) throws UnknownHostException {
        assertThat(AddressGuard.STRICT.refusal(InetAddress.getByName(address))).isEmpty();
    }

    @Test
    @DisplayName("an IPv4 address inside an IPv6 address that nobody has unwrapped is refused, also a public one")
    void refusesMapped() throws UnknownHostException {
        byte[] bytes = HexFormat.of().parseHex("00000000000000000000ffff08080808");
        assertThat(AddressGuard.STRICT.refusal(Inet6Address.getByAddress("mapped", bytes, 0)))
                .contains("is not a public address: IPv4-mapped");
    }

    @ParameterizedTest(name = "in development, whether {0} may be called: {1}")
    @CsvSource({"127.0.0.1,true", "127.8.8.8,true", "::1,true", "0.0.0.0,false", "::,false", "::7f00:1,false",
            "10.0.0.1,false", "169.254.169.254,false", "fe80::1,false", "8.8.8.8,true"})
    void opensLoopbackAndNothingElse(String address, boolean allowed) throws UnknownHostException {
        assertThat(new AddressGuard(true).refusal(InetAddress.getByName(address)).isEmpty()).isEqualTo(allowed);
    }
}
