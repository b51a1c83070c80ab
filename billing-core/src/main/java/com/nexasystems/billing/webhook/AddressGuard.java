package com.nexasystems.billing.webhook;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * Which addresses are never called, whoever asks: all but those that IANA gives out as global unicast. Of those, the blocks
 * of the special purpose registries are refused as well, whether they can be reached or not, and whatever carries an IPv4
 * address inside an IPv6 address.
 *
 * <p>Pure: looks nothing up. An address that was checked has to be the one that is connected to.
 *
 * @param allowsLoopback for development only: this machine itself may be called
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry/">IANA: IPv4 special purpose addresses</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry/">IANA: IPv6 special purpose addresses</a>
 */
public record AddressGuard(boolean allowsLoopback) {

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final Block LOOPBACK = Block.of("127.0.0.0/8", "loopback");
    private static final Block LOOPBACK_6 = Block.of("::1/128", "loopback");
    private static final Block GLOBAL_UNICAST_6 = Block.of("2000::/3", "global unicast");

    /** Both registries as of 9 October 2025, with what is multicast, and one address that a hoster keeps for itself. */
    private static final List<Block> REFUSED = List.of(
            Block.of("0.0.0.0/8", "this network"),
            Block.of("10.0.0.0/8", "private"),
            Block.of("100.64.0.0/10", "carrier-grade NAT"),
            LOOPBACK,
            Block.of("169.254.0.0/16", "link-local"),
            Block.of("172.16.0.0/12", "private"),
            Block.of("192.0.0.0/24", "protocol assignments"),
            Block.of("192.0.2.0/24", "documentation"),
            Block.of("192.31.196.0/24", "AS112"),
            Block.of("192.52.193.0/24", "multicast tunnels (AMT)"),
            Block.of("192.88.99.0/24", "6to4 relays"),
            Block.of("192.168.0.0/16", "private"),
            Block.of("192.175.48.0/24", "AS112"),
            Block.of("198.18.0.0/15", "benchmarks"),
            Block.of("198.51.100.0/24", "documentation"),
            Block.of("203.0.113.0/24", "documentation"),
            Block.of("224.0.0.0/4", "multicast"),
            Block.of("240.0.0.0/4", "reserved"),
            Block.of("168.63.129.16/32", "Azure's own services on each machine"),
            Block.of("::/128", "unspecified"),
            LOOPBACK_6,
            Block.of("::/96", "IPv4-compatible"),
            new Block(BigInteger.valueOf(0xffff), IPV6_BYTES, IPV4_BYTES * Byte.SIZE, "IPv4-mapped"),
            Block.of("64:ff9b::/96", "NAT64"),
            Block.of("64:ff9b:1::/48", "NAT64"),
            Block.of("100::/64", "discard"),
            Block.of("100:0:0:1::/64", "dummy"),
            Block.of("2001::/32", "Teredo"),
            Block.of("2001:10::/28", "ORCHID"),
            Block.of("2001:20::/28", "ORCHID"),
            Block.of("2001::/23", "protocol assignments"),
            Block.of("2001:db8::/32", "documentation"),
            Block.of("2002::/16", "6to4"),
            Block.of("2620:4f:8000::/48", "AS112"),
            Block.of("3ffe::/16", "6bone"),
            Block.of("3fff::/20", "documentation"),
            Block.of("5f00::/16", "segment routing"),
            Block.of("fc00::/7", "private (unique local)"),
            Block.of("fe80::/10", "link-local"),
            Block.of("fec0::/10", "site-local"),
            Block.of("ff00::/8", "multicast"));

    /** Public addresses and nothing else. */
    public static final AddressGuard STRICT = new AddressGuard(false);

    /**
     * @return why it is never called, as a sentence part that follows the name of the host; empty if it may be. Names no
     *         address
     */
    public Optional<String> refusal(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (allowsLoopback && (LOOPBACK.contains(bytes) || LOOPBACK_6.contains(bytes))) {
            return Optional.empty();
        }
        return REFUSED.stream().filter(block -> block.contains(bytes)).map(Block::use).findFirst()
                .or(() -> Optional.of("not global unicast").filter(any -> !isUnicast(bytes)))
                .map(use -> "is not a public address: " + use);
    }

    private static boolean isUnicast(byte[] bytes) {
        return bytes.length == IPV4_BYTES || GLOBAL_UNICAST_6.contains(bytes) && !isIsatap(bytes);
    }

    /** An interface of that name carries an IPv4 address under any prefix (RFC 5214). */
    private static boolean isIsatap(byte[] bytes) {
        return (bytes[8] & ~2) == 0 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == (byte) 0xfe;
    }

    /** The addresses that begin with the same bits. */
    private record Block(BigInteger prefix, int bytes, int freeBits, String use) {

        static Block of(String text, String use) {
            int slash = text.indexOf('/');
            byte[] first = literal(text.substring(0, slash));
            int free = first.length * Byte.SIZE - Integer.parseInt(text.substring(slash + 1));
            return new Block(new BigInteger(1, first).shiftRight(free), first.length, free, use);
        }

        private static byte[] literal(String text) {
            try {
                return InetAddress.getByName(text).getAddress();
            } catch (UnknownHostException e) {
                throw new IllegalStateException("not an address: " + text, e);
            }
        }

        boolean contains(byte[] address) {
            return address.length == bytes && new BigInteger(1, address).shiftRight(freeBits).equals(prefix);
        }
    }
}
