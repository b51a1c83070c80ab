package com.nexasystems.billing.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointUrlTest {

    private static final AddressGuard DEVELOPMENT = new AddressGuard(true);

    @ParameterizedTest(name = "{0} may be looked up")
    @ValueSource(strings = {"https://example.com", "https://example.com/", "HTTPS://EXAMPLE.COM/Hooks",
            "https://a.b.example.com/x",
            "https://example.com:8443/hook?tenant=7&x=%2F", "https://example.com:1", "https://example.com:65535/",
            "https://xn--bcher-kva.example/hook", "https://1.example.com", "https://123.com", "https://0x7f.com",
            "https://93.184.215.14/hook", "https://93.184.215.14:8443/", "https://[2606:4700:4700::1111]/hook",
            "https://[2606:4700:4700::1111]:8443/", "https://localhost.example.com/", "https://notlocal.com/",
            "https://example.com/user@host", "https://example.com/?next=http://127.0.0.1/"})
    void allows(String url) {
        assertThat(EndpointUrl.refusal(url, AddressGuard.STRICT)).isEmpty();
    }

    @ParameterizedTest(name = "{0} is refused: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            http://example.com/                         | is not https
            ftp://example.com/                          | is not https
            gopher://example.com/                       | is not https
            jar:https://example.com!/                   | is not a URL with a host
            file:///etc/passwd                          | is not a URL with a host
            https:example.com                           | is not a URL with a host
            https:///hook                               | is not a URL with a host
            //example.com/                              | is not a URL with a host
            example.com                                 | is not a URL with a host
            ''                                          | is not a URL with a host
            https://                                    | is not a URL
            https://user@example.com/                   | names a user
            https://user:word@example.com/              | names a user
            https://@example.com/                       | names a user
            https://example.com@127.0.0.1/              | names a user
            https://127.0.0.1@example.com/              | names a user
            https://example.com%40127.0.0.1/            | has a host that cannot be read
            https://example.com/#x                      | has a fragment
            https://example.com/#                       | has a fragment
            https://example.com#@127.0.0.1/             | has a fragment
            https://example.com:0/                      | has a port that is none
            https://example.com:/                       | has a port that is none
            https://example.com:0443/                   | has a port that is none
            https://example.com:65536/                  | has a port that is none
            https://example.com:-1/                     | has a host that cannot be read
            https://example.com:80:443/                 | has a host that cannot be read
            https://[2606:4700:4700::1111]:0/           | has a port that is none
            https://127.0.0.1/                          | is not a public address: loopback
            https://127.0.0.1:8443/                     | is not a public address: loopback
            https://10.1.2.3/                           | is not a public address: private
            https://169.254.169.254/latest/meta-data/   | is not a public address: link-local
            https://0.0.0.0/                            | is not a public address: this network
            https://255.255.255.255/                    | is not a public address: reserved
            https://2130706433/                         | has a host that is an address in disguise
            https://017700000001/                       | has a host that is an address in disguise
            https://0x7f000001/                         | has a host that is an address in disguise
            https://0177.0.0.1/                         | has a host that is an address in disguise
            https://127.0.0.01/                         | has a host that is an address in disguise
            https://256.256.256.256/                    | has a host that
            https://0x7f.1/                             | has a host that
            https://0x7f.0.0.1/                         | has a host that
            https://127.0.0.0x1/                        | has a host that
            https://127.1/                              | has a host that
            https://127.0.1/                            | has a host that
            https://1.2.3.4.5/                          | has a host that
            https://example.1/                          | has a host that
            https://example.0x/                         | has a host that
            https://example.com./                       | has a host that is no name
            https://127.0.0.1./                         | has a host that
            https://localhost./                         | has a host that is no name
            https://.example.com/                       | has a host that
            https://exa..mple.com/                      | has a host that
            https://-example.com/                       | has a host that
            https://exam_ple.com/                       | has a host that
            https://exa%6dple.com/                      | has a host that cannot be read
            https://127%2e0%2e0%2e1/                    | has a host that cannot be read
            https://example.com%00.evil.com/            | has a host that cannot be read
            https://[::]/                               | is not a public address: unspecified
            https://[::1]/                              | is not a public address: loopback
            https://[0:0:0:0:0:0:0:1]/                  | is not a public address: loopback
            https://[::7f00:1]/                         | is not a public address: IPv4-compatible
            https://[::127.0.0.1]/                      | is not a public address: IPv4-compatible
            https://[::ffff:127.0.0.1]/                 | is not a public address: IPv4-mapped
            https://[::ffff:8.8.8.8]/                   | is not a public address: IPv4-mapped
            https://[0:0:0:0:0:ffff:7f00:1]/            | is not a public address: IPv4-mapped
            https://[64:ff9b::7f00:1]/                  | is not a public address: NAT64
            https://[2002:7f00:1::]/                    | is not a public address: 6to4
            https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/ | is not a public address: Teredo
            https://[fe80::1]/                          | is not a public address: link-local
            https://[fd00::1]/                          | is not a public address: private (unique local)
            https://[ff02::1]/                          | is not a public address: multicast
            https://[fe80::1%25eth0]/                   |
            https://[fe80::1%eth0]/                     |
            https://[2606:4700:4700::1111%1]/           |
            https://[::1                                | is not a URL
            https://[v1.x]/                             | is not a URL
            https://localhost/                          | has a host that is not a public name
            https://LOCALHOST/                          | has a host that is not a public name
            https://api.localhost/                      | has a host that is not a public name
            https://printer.local/                      | has a host that is not a public name
            https://metadata.google.internal/           | has a host that is not a public name
            https://x.home.arpa/                        | has a host that is not a public name
            https://1.0.0.127.in-addr.arpa/             | has a host that is not a public name
            https://wiki.corp/                          | has a host that is not a public name
            https://db.lan/                             | has a host that is not a public name
            https://abc.onion/                          | has a host that is not a public name
            https://postgres/                           | has a host that is not a public name
            https://host.docker.internal/               | has a host that is not a public name
            """)
    void refuses(String url, String because) {
        assertThat(EndpointUrl.refusal(url, AddressGuard.STRICT)).hasValueSatisfying(reason ->
                assertThat(reason).startsWith(because == null ? "" : because));
    }

    @ParameterizedTest(name = "what browsers read as something else is refused: {0}")
    @ValueSource(strings = {"https://127\u30020\u30020\u30021/", "https://\uff11\uff12\uff17.0.0.1/",
            "https://example\uff0ecom/",
            "https://b\u00fccher.example/", "https://\u24d4xample.com/", "https://exam\u00adple.com/",
            "https://example.com\u2044x/",
            "https://example.com/\u00e9", " https://example.com/", "https://example.com/ ", "https://exam ple.com/",
            "https://example.com/\n", "https://exa\tmple.com/", "https://example.com/\r\nX-Other: 1",
            "https://example.com/\u0000",
            "https:\\\\127.0.0.1/", "https://example.com\\@127.0.0.1/", "https://example.com/\\x",
            "https://\u200b127.0.0.1/",
            "https://example.com/\u007f", "https://example.com/{x}", "https://example.com/\ud83d"})
    void refusesCharacters(String url) {
        assertThat(EndpointUrl.refusal(url, AddressGuard.STRICT)).isPresent();
    }

    @Test
    @DisplayName("a URL may have 2 000 characters, and a host 253")
    void limitsLength() {
        String url = "https://example.com/";
        String host = "https://" + "a.".repeat(125) + "com";
        assertThat(EndpointUrl.refusal(url + "x".repeat(2_000 - url.length()), AddressGuard.STRICT)).isEmpty();
        assertThat(EndpointUrl.refusal(url + "x".repeat(2_001 - url.length()), AddressGuard.STRICT)).isPresent();
        assertThat(EndpointUrl.refusal(host, AddressGuard.STRICT)).isEmpty();
        assertThat(EndpointUrl.refusal(host.replace("com", "info"), AddressGuard.STRICT)).isPresent();
        assertThat(EndpointUrl.refusal("https://" + "a".repeat(64) + ".com", AddressGuard.STRICT)).isPresent();
    }

    @ParameterizedTest(name = "in development, whether {0} may be called: {1}")
    @CsvSource({"http://127.0.0.1:8080/hook,true", "http://localhost:8080/,true", "http://[::1]:8080/,true",
            "https://localhost/,true", "https://127.0.0.1/,true", "https://example.com/,true", "http://example.com/,false",
            "http://10.0.0.1/,false", "http://93.184.215.14/,false", "http://[::ffff:127.0.0.1]/,false",
            "https://api.localhost/,false", "http://localhost./,false", "http://2130706433/,false", "http://127.1/,false",
            "ftp://127.0.0.1/,false", "http://user@127.0.0.1/,false", "https://10.0.0.1/,false", "http://0.0.0.0/,false"})
    void opensLoopbackAndNothingElse(String url, boolean allowed) {
        assertThat(EndpointUrl.refusal(url, DEVELOPMENT).isEmpty()).isEqualTo(allowed);
    }
}
