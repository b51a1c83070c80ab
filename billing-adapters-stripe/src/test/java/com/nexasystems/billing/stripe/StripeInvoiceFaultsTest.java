package com.nexasystems.billing.stripe;

import static com.nexasystems.billing.stripe.InvoiceWorld.HST;
import static com.nexasystems.billing.stripe.InvoiceWorld.ISSUED;
import static com.nexasystems.billing.stripe.InvoiceWorld.PAID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.ledger.Fetched;
import com.nexasystems.billing.ledger.Fetched.Found;
import com.nexasystems.billing.ledger.Fetched.Unreachable;
import com.nexasystems.billing.ledger.InvoiceFacts;
import com.nexasystems.billing.simulator.stripe.StripeFault;
import com.nexasystems.billing.simulator.stripe.StripeInvoice;
import com.nexasystems.billing.simulator.stripe.StripeInvoice.CreditNote;
import com.nexasystems.billing.simulator.stripe.StripeInvoice.Credited;
import com.nexasystems.billing.simulator.stripe.StripeInvoice.Line;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong, each invoice is answered for, in its place, and nothing is found that is not so. */
class StripeInvoiceFaultsTest {

    private static final int INVOICES = 6;
    private static final StripeFault[] FAULTS = EnumSet.complementOf(EnumSet.of(StripeFault.NONE, StripeFault.SLOW))
            .toArray(StripeFault[]::new);

    private final InvoiceWorld world = new InvoiceWorld();
    private final List<String> ids = IntStream.range(0, INVOICES).mapToObj(i -> "in_" + i).toList();
    private final Map<String, InvoiceFacts> known = new HashMap<>();

    @BeforeEach
    void begin() {
        for (String id : ids) {
            StripeInvoice invoice = InvoiceWorld.invoice(id);
            for (int i = 0; i < 12; i++) {
                invoice.line(Line.of("Line " + i, 100 + i).taxed(HST));
            }
            world.stripe.put(invoice.paid(1000, PAID).refunded(0, 50, PAID, "succeeded")
                    .credit(CreditNote.of(PAID, Credited.of(0, 50)).refunding(0, 50)));
        }
        fetch().forEach(found -> known.put(found.invoice(), world.source.read(((Found) found).evidence())));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private List<Fetched> fetch() {
        List<Fetched> answers = world.source.fetch(ids);
        assertThat(answers).extracting(Fetched::invoice).containsExactlyElementsOf(ids);
        assertThat(answers.toString()).doesNotContain(InvoiceWorld.SECRET_KEY, "donotlogme");
        return answers;
    }

    private static List<Unreachable> unreachable(List<Fetched> answers) {
        assertThat(answers).hasOnlyElementsOfType(Unreachable.class);
        return answers.stream().map(Unreachable.class::cast).toList();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = {"NONE", "SLOW"})
    void while_one_kind_of_question_fails_nothing_is_found(StripeFault fault) {
        for (String path : List.of("/v1/invoices/", "/lines", "/v1/invoice_payments", "/v1/credit_notes", "/v1/refunds")) {
            world.stripe.faults().on(path, fault);
            assertThat(world.source.fetch(ids.subList(0, 1))).as(path).hasOnlyElementsOfType(Unreachable.class);
            world.stripe.faults().none();
        }
        assertThat(fetch()).hasOnlyElementsOfType(Found.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void what_is_found_among_faults_is_so_and_all_is_found_in_the_end(long seed) {
        world.stripe.faults().byChance(new SplittableRandom(seed), 25, FAULTS);
        var missing = new ArrayList<>(ids);
        for (int run = 0; !missing.isEmpty() && run < 200; run++) {
            for (Fetched fetched : world.source.fetch(missing)) {
                assertThat(fetched).as("seed %s", seed).isNotInstanceOf(Fetched.Missing.class);
                if (fetched instanceof Found found) {
                    assertThat(world.source.read(found.evidence())).as("seed %s", seed)
                            .isEqualTo(known.get(found.invoice()));
                    missing.remove(found.invoice());
                }
            }
        }
        assertThat(missing).as("seed %s", seed).isEmpty();
    }

    @Test
    void an_invoice_that_stripe_fails_on_takes_nothing_from_the_others() {
        world.stripe.faults().on("/v1/invoices/in_3", StripeFault.ERROR_BEFORE_WORK);
        List<Fetched> answers = fetch();
        assertThat(answers.get(3)).isInstanceOf(Unreachable.class);
        assertThat(answers.stream().filter(Found.class::isInstance)).hasSize(INVOICES - 1);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.INCLUDE, names = {"RATE_LIMITED", "RATE_LIMITED_BY_PROXY", "LOST_BEFORE_WORK", "UNAVAILABLE"})
    void of_what_everyone_is_answered_few_are_enough(StripeFault fault) {
        int before = world.stripe.requests().size();
        world.stripe.faults().on("/v1", fault);
        List<String> many = Collections.nCopies(100, "in_1");
        assertThat(unreachable(world.source.fetch(many))).hasSameSizeAs(many);
        assertThat(world.stripe.requests().size() - before).isLessThan(many.size());
    }

    @Test
    void who_is_limited_once_waits_and_gets_all() {
        world.stripe.faults().next(StripeFault.RATE_LIMITED, StripeFault.UNAVAILABLE, StripeFault.RATE_LIMITED_BY_PROXY);
        assertThat(fetch()).hasOnlyElementsOfType(Found.class);
    }

    @Test
    void nobody_there_is_unreachable() {
        world.stripe.close();
        unreachable(fetch()).forEach(answer -> assertThat(answer.reason()).contains("no answer from Stripe"));
    }

    @Test
    void a_key_that_is_not_valid_is_told_as_that_without_it() {
        StripeInvoices stranger = world.source(StripeSettings.of("sk_test_donotlogmeeither").withApiBase(world.stripe.base())
                .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5)));
        unreachable(stranger.fetch(ids)).forEach(answer -> assertThat(answer.reason()).contains("401")
                .endsWith("; the key is not valid").doesNotContain("donotlogme"));
    }

    @Test
    void a_key_without_the_permission_is_told_as_that() throws IOException {
        byte[] body = ("{\"error\":{\"type\":\"invalid_request_error\",\"message\":\"The provided key "
                + "'rk_test_donotlogme' does not have the required permissions\"}}").getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(403, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            StripeInvoices other = world.source(world.settings.withApiBase(URI.create("http://127.0.0.1:"
                    + server.getAddress().getPort())));
            unreachable(other.fetch(ids)).forEach(answer -> assertThat(answer.reason()).startsWith("invoice in_")
                    .endsWith("; the key lacks the permission to read that").doesNotContain("donotlogme"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void who_is_interrupted_is_answered_at_once() {
        Thread.currentThread().interrupt();
        List<Fetched> answers = world.source.fetch(ids);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(unreachable(answers)).hasSize(INVOICES);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.INCLUDE, names = {"MORE_OF_NOTHING", "HALF_JSON", "EMPTY", "FOREIGN_PAGE", "CONFLICT"})
    void a_list_that_cannot_be_read_to_the_end_has_failed(StripeFault fault) {
        world.stripe.faults().next(StripeFault.NONE, fault);
        for (int i = 0; i < 100; i++) {
            world.stripe.put(StripeInvoice.of("in_more" + i, "cad", ISSUED).line(Line.of("More", 100)));
        }
        var told = new ArrayList<String>();
        assertThatThrownBy(() -> world.source.ids(Optional.empty(), told::addAll)).isInstanceOf(PortFailure.class);
        assertThat(told).hasSize(100);
    }
}
