package com.nexasystems.billing.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What can be said against a URL before its name is looked up: that it could be read in two ways, or can only lead to where
 * nothing is ever called. Pure.
 */
public final class EndpointUrl {

    public static final int LONGEST = 2_000;

    private static final int LONGEST_HOST = 253;
    private static final int LARGEST_PORT = 65_535;
    private static final String HTTPS = "https";
    private static final String LOCALHOST = "localhost";

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern QUAD = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    /** As the WHATWG's URL standard has it: what ends in a number is an IPv4 address, however it is written. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");
    private static final Pattern PORT = Pattern.compile(".*:([0-9]*)");
    /** Which RFCs and the ICANN keep off the public name system, and what is commonly used in its place. */
    private static final Set<String> INNER = Set.of(LOCALHOST, "local", "internal", "intranet", "private", "corp", "home",
            "lan", "localdomain", "home.arpa", "in-addr.arpa", "ip6.arpa", "onion", "alt", "test", "invalid");

    private EndpointUrl() {
    }

    /**
     * @return why nothing is ever sent there, as a sentence part that follows the name of the field; empty if the name,
     *         where there is one, may be looked up
     */
    public static Optional<String> refusal(String text, AddressGuard guard) {
        if (text.length() > LONGEST) {
            return Optional.of("has more than " + LONGEST + " characters");
        }
        if (text.chars().anyMatch(each -> each <= ' ' || each > '~' || each == '\\')) {
            return Optional.of("has characters other than those of a URL: encode them");
        }
        try {
            return refusal(new URI(text), guard);
        } catch (URISyntaxException e) {
            return Optional.of("is not a URL");
        }
    }

    private static Optional<String> refusal(URI url, AddressGuard guard) {
        if (url.getRawAuthority() == null || url.isOpaque() || url.getScheme() == null) {
            return Optional.of("is not a URL with a host");
        }
        if (url.getRawAuthority().contains("@")) {
            return Optional.of("names a user");
        }
        if (url.getRawFragment() != null) {
            return Optional.of("has a fragment");
        }
        if (url.getHost() == null) {
            return Optional.of("has a host that cannot be read");
        }
        return schemeRefusal(url, guard).or(() -> portRefusal(url))
                .or(() -> hostRefusal(url.getHost().toLowerCase(Locale.ROOT), guard));
    }

    private static Optional<String> portRefusal(URI url) {
        var written = PORT.matcher(url.getRawAuthority());
        boolean fits = !written.matches() || url.getPort() > 0 && url.getPort() <= LARGEST_PORT
                && written.group(1).equals(String.valueOf(url.getPort()));
        return fits ? Optional.empty() : Optional.of("has a port that is none");
    }

    private static Optional<String> hostRefusal(String host, AddressGuard guard) {
        if (host.startsWith("[")) {
            return literalRefusal(host, guard);
        }
        if (QUAD.matcher(host).matches()) {
            return guard.refusal(address(host).orElseThrow());
        }
        List<String> labels = List.of(host.split("\\.", -1));
        if (host.length() > LONGEST_HOST || !labels.stream().allMatch(label -> LABEL.matcher(label).matches())) {
            return Optional.of("has a host that is no name: letters, digits and hyphens between single dots");
        }
        if (NUMBER.matcher(labels.get(labels.size() - 1)).matches()) {
            return Optional.of("has a host that is an address in disguise: write it as four numbers");
        }
        if (guard.allowsLoopback() && host.equals(LOCALHOST)) {
            return Optional.empty();
        }
        boolean inner = labels.size() == 1 || Stream.iterate(host, rest -> !rest.isEmpty(), EndpointUrl::parent)
                .anyMatch(INNER::contains);
        return inner ? Optional.of("has a host that is not a public name") : Optional.empty();
    }

    private static String parent(String host) {
        int dot = host.indexOf('.');
        return dot < 0 ? "" : host.substring(dot + 1);
    }

    /** An IPv4 address inside it would be unwrapped before anybody saw it: JDK addresses do. */
    private static Optional<String> literalRefusal(String host, AddressGuard guard) {
        if (host.contains("%")) {
            return Optional.of("has an address with a zone");
        }
        Optional<InetAddress> address = address(host);
        if (address.isEmpty()) {
            return Optional.of("has a host that cannot be read");
        }
        return address.get() instanceof Inet4Address ? Optional.of("is not a public address: IPv4-mapped")
                : guard.refusal(address.get());
    }

    /** In development this machine may be called without TLS, and then no other: a name has to lead there as well. */
    private static Optional<String> schemeRefusal(URI url, AddressGuard guard) {
        boolean https = HTTPS.equalsIgnoreCase(url.getScheme());
        boolean http = guard.allowsLoopback() && "http".equalsIgnoreCase(url.getScheme());
        return https || http && isLoopback(url.getHost()) ? Optional.empty() : Optional.of("is not https");
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase(LOCALHOST) || (host.startsWith("[") || QUAD.matcher(host).matches())
                && address(host).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    /** Of a literal: nothing is looked up. */
    private static Optional<InetAddress> address(String literal) {
        try {
            return Optional.of(InetAddress.getByName(literal));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
