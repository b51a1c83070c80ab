package com.nexasystems.billing.http;

import static com.nexasystems.billing.http.WebhookFixtures.PATIENT;
import static com.nexasystems.billing.http.WebhookFixtures.address;
import static com.nexasystems.billing.http.WebhookFixtures.leadingTo;
import static com.nexasystems.billing.http.WebhookFixtures.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.webhook.AddressGuard;
import com.nexasystems.billing.webhook.WebhookTransport.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real sockets: somebody listens at every guarded address that this machine has, and is never called. */
class WebhookGuardTest {

    private static final String PUBLIC = "93.184.215.14";

    @RegisterExtension
    final Opened opened = new Opened();
    private final RawReceiver guarded = opened.open(RawReceiver.counting());

    private HttpWebhooks webhooks(WebhookSettings settings, Lookups.Names names) {
        return opened.open(HttpWebhooks.open(Billing.inMemory(Clock.systemUTC()), settings, TestCertificates.SHARED.ofTheSender(),
                names));
    }

    private HttpWebhooks strict(Lookups.Names names) {
        return webhooks(PATIENT.allowingLoopback(false), names);
    }

    private URI guarded(String host) {
        return URI.create("https://" + host + ":" + guarded.port() + "/");
    }

    private void isRefused(HttpWebhooks webhooks, URI url) {
        String reason = webhooks.refusal(url).orElseThrow();
        Answer answer = webhooks.send(message(url)).join();
        assertThat(answer.status()).isEmpty();
        assertThat(answer.detail()).isEqualTo("not called: the URL " + reason);
        assertThat(guarded.connections).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::127.0.0.1]",
            "localhost", "LOCALHOST", "localhost.", "127.0.0.1.", "2130706433", "0177.0.0.1", "127.1", "0x7f000001",
            "user@127.0.0.1", "example.com@127.0.0.1", "ip6-localhost", "api.localhost"})
    @DisplayName("this machine is not called, however it is written")
    void refusesWhatIsWritten(String host) {
        isRefused(strict(Lookups.Names.OF_THE_MACHINE), guarded(host));
    }

    @Test
    @DisplayName("this machine is not called at any other address that it has and that is not public")
    void refusesOwnAddresses() throws IOException {
        List<InetAddress> own = NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                .filter(address -> AddressGuard.STRICT.refusal(address).isPresent()).toList();
        assertThat(own).isNotEmpty();
        for (InetAddress address : own) {
            isRefused(strict(host -> List.of(address)), guarded("hooks.example.com"));
        }
        try (var control = new Socket(own.get(0), guarded.port())) {
            assertThat(control.isConnected()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "10.0.0.1", "169.254.169.254", "192.168.0.1", "100.64.0.1",
            "64:ff9b::7f00:1", "2002:7f00:1::", "fe80::1", "fd00::1", "::7f00:1", "0.0.0.0", "224.0.0.1"})
    @DisplayName("a name that leads there is refused, alone or among public addresses, whatever their order")
    void refusesWhatNamesLeadTo(String address) {
        isRefused(strict(leadingTo(address)), guarded("hooks.example.com"));
        isRefused(strict(leadingTo(PUBLIC, address)), guarded("hooks.example.com"));
        isRefused(strict(leadingTo(address, PUBLIC)), guarded("hooks.example.com"));
        isRefused(strict(leadingTo("2606:4700:4700::1111", PUBLIC, address)), guarded("hooks.example.com"));
    }

    @Test
    @DisplayName("a name that led to a public address when it was registered, and leads here when it is sent to, is refused")
    void refusesRebinding() {
        var answers = new AtomicInteger();
        HttpWebhooks webhooks = strict(host -> List.of(address(answers.getAndIncrement() == 0 ? PUBLIC : "127.0.0.1")));
        assertThat(webhooks.refusal(guarded("hooks.example.com"))).isEmpty();
        assertThat(webhooks.send(message(guarded("hooks.example.com"))).join().detail())
                .isEqualTo("not called: the URL has a host that is not a public address: loopback");
        assertThat(guarded.connections).hasValue(0);
    }

    @Test
    @DisplayName("a name is looked up once for each message: what was checked is what is connected to")
    void looksUpOnce() {
        WebhookReceiver receiver = opened.open(WebhookReceiver.https());
        var answers = new AtomicInteger();
        HttpWebhooks webhooks = webhooks(PATIENT, host -> {
            assertThat(host).isEqualTo(TestCertificates.HOST);
            return List.of(address(answers.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2"));
        });
        assertThat(webhooks.send(message(receiver.on(TestCertificates.HOST, "/"))).join().status()).contains(204);
        assertThat(answers).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    @DisplayName("a redirect to this machine is an answer, and nothing follows it")
    void followsNoRedirect(int status) {
        WebhookReceiver receiver = opened.open(WebhookReceiver.http());
        for (String location : List.of(guarded.url("/x").toString(), "//127.0.0.1:" + guarded.port() + "/",
                receiver.url("/y").toString())) {
            receiver.answers(status, Map.of("Location", location), "");
            assertThat(webhooks(PATIENT, Lookups.Names.OF_THE_MACHINE).send(message(receiver.url("/"))).join().status())
                    .contains(status);
            assertThat(receiver.next().target()).isEqualTo("/");
            assertThat(receiver.received).isEmpty();
            assertThat(guarded.connections).hasValue(0);
        }
    }

    @Test
    @DisplayName("no message goes over the connection of another: each goes where its host leads to by then")
    void sharesNoConnection() {
        WebhookReceiver receiver = opened.open(WebhookReceiver.http("0.0.0.0"));
        var name = new AtomicReference<>("127.0.0.1");
        HttpWebhooks webhooks = webhooks(PATIENT, host -> List.of(address(name.get())));
        URI url = URI.create("http://localhost:" + receiver.port() + "/");
        webhooks.send(message(url)).join();
        assertThat(receiver.next().localAddress()).isEqualTo("127.0.0.1");
        name.set("127.0.0.2");
        webhooks.send(message(url)).join();
        assertThat(receiver.next().localAddress()).isEqualTo("127.0.0.2");
        name.set("10.0.0.1");
        assertThat(webhooks.send(message(url)).join().detail()).startsWith("not called");
        assertThat(receiver.received).isEmpty();
    }

    @Test
    @DisplayName("if the first address cannot be reached the next one is called, of those that were checked")
    void triesTheNextAddress() throws IOException {
        WebhookReceiver receiver = opened.open(WebhookReceiver.http());
        HttpWebhooks webhooks = webhooks(PATIENT, leadingTo("127.0.0.2", "::1", "127.0.0.1"));
        assertThat(webhooks.send(message(receiver.on("localhost", "/"))).join().status()).contains(204);
        assertThat(receiver.next().localAddress()).isEqualTo("127.0.0.1");
        assertThat(receiver.received).isEmpty();
    }

    @Test
    @DisplayName("in development, this machine is called by its IPv4 and its IPv6 address")
    void opensLoopback() {
        for (String literal : List.of("127.0.0.1", "[::1]")) {
            WebhookReceiver receiver = opened.open(WebhookReceiver.http(literal));
            HttpWebhooks webhooks = webhooks(PATIENT, Lookups.Names.OF_THE_MACHINE);
            assertThat(webhooks.send(message(receiver.on(literal, "/"))).join().status()).contains(204);
            assertThat(receiver.next().header("host")).isEqualTo(literal + ":" + receiver.port());
        }
    }

    @Test
    @DisplayName("no proxy that the JDK's properties name is asked")
    void asksNoProxy() {
        WebhookReceiver receiver = opened.open(WebhookReceiver.http());
        Map<String, String> proxies = Map.of("http.proxyHost", "127.0.0.1", "http.proxyPort", "" + guarded.port(),
                "https.proxyHost", "127.0.0.1", "https.proxyPort", "" + guarded.port(), "socksProxyHost", "127.0.0.1",
                "socksProxyPort", "" + guarded.port(), "http.nonProxyHosts", "", "java.net.useSystemProxies", "true");
        proxies.forEach(System::setProperty);
        try {
            HttpWebhooks webhooks = webhooks(PATIENT, leadingTo("127.0.0.1"));
            assertThat(webhooks.send(message(receiver.on("localhost", "/"))).join().status()).contains(204);
            WebhookReceiver secure = opened.open(WebhookReceiver.https());
            assertThat(webhooks.send(message(secure.on(TestCertificates.HOST, "/"))).join().status()).contains(204);
        } finally {
            proxies.keySet().forEach(System::clearProperty);
        }
        assertThat(guarded.connections).hasValue(0);
    }

    @Test
    @DisplayName("a name that nobody knows is not refused, but cannot be sent to")
    void knowsNoAddress() {
        HttpWebhooks webhooks = strict(host -> {
            throw new UnknownHostException(host);
        });
        assertThat(webhooks.refusal(URI.create("https://hooks.example.com/"))).isEmpty();
        assertThat(webhooks.send(message(URI.create("https://hooks.example.com/"))).join())
                .isEqualTo(Answer.none("the host has no address"));
        assertThat(strict(host -> List.of()).send(message(URI.create("https://hooks.example.com/"))).join())
                .isEqualTo(Answer.none("the host has no address"));
    }
}
