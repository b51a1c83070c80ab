package com.nexasystems.billing.simulator.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.simulator.stripe.StripeInvoice.CreditNote;
import com.nexasystems.billing.simulator.stripe.StripeInvoice.Credited;
import com.nexasystems.billing.simulator.stripe.StripeInvoice.Line;
import com.nexasystems.billing.simulator.stripe.StripeInvoice.Rate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fake answers as Stripe does, on the wire. */
class FakeInvoicesTest {

    private static final Instant AT = Instant.parse("2026-03-01T00:00:00Z");
    private static final Rate HST = new Rate("txr_1", "HST", "13", false);

    private final FakeStripe stripe = FakeStripe.started("sk_test_1", Clock.systemUTC());

    @AfterEach
    void close() {
        stripe.close();
    }

    private HttpResponse<String> get(String pathAndQuery) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(stripe.base() + pathAndQuery))
                .header("Authorization", "Bearer sk_test_1").build(), BodyHandlers.ofString());
    }

    private static int count(String text, String part) {
        Matcher found = Pattern.compile(Pattern.quote(part)).matcher(text);
        return (int) found.results().count();
    }

    private void putOfLines(String id, int lines) {
        StripeInvoice invoice = StripeInvoice.of(id, "cad", AT);
        for (int i = 0; i < lines; i++) {
            invoice.line(Line.of("Line " + i, 100).taxed(HST));
        }
        stripe.put(invoice.paid(113L * lines, AT));
    }

    @Test
    void an_invoice_contains_its_first_ten_lines_and_no_payments() throws Exception {
        putOfLines("in_1", 12);
        String body = get("/v1/invoices/in_1").body();
        assertThat(count(body, "\"object\":\"line_item\"")).isEqualTo(10);
        assertThat(body).contains("\"has_more\":true", "\"payments\":null", "\"tax_rate\":\"txr_1\"", "\"total\":1356",
                "\"amount_paid\":1356", "\"status\":\"paid\"");
    }

    @Test
    void what_is_expanded_is_inside() throws Exception {
        putOfLines("in_1", 1);
        String body = get("/v1/invoices/in_1?expand[0]=payments&expand[1]=total_taxes.tax_rate_details.tax_rate").body();
        assertThat(body).contains("\"object\":\"invoice_payment\"", "\"effective_percentage\":13");
    }

    @ParameterizedTest
    @ValueSource(strings = {"payment_intent", "charge", "subscription", "tax", "data.total_taxes.tax_rate_details.tax_rate"})
    void what_is_gone_or_never_was_cannot_be_expanded(String field) throws Exception {
        putOfLines("in_1", 1);
        HttpResponse<String> answer = get("/v1/invoices/in_1?expand[0]=" + field);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid_request_error");
    }

    @Test
    void lists_are_paged_newest_first_ten_at_a_time() throws Exception {
        for (int i = 0; i < 25; i++) {
            stripe.put(StripeInvoice.of("in_" + i, "cad", AT.plusSeconds(i)).line(Line.of("Line", 100)));
        }
        String first = get("/v1/invoices").body();
        assertThat(count(first, "\"object\":\"invoice\"")).isEqualTo(10);
        assertThat(first).contains("\"in_24\"", "\"in_15\"").doesNotContain("\"in_14\"");
        String last = get("/v1/invoices?limit=100&starting_after=in_15&created[gte]=" + AT.plusSeconds(3).getEpochSecond())
                .body();
        assertThat(last).contains("\"in_14\"", "\"in_3\"", "\"has_more\":false").doesNotContain("\"in_2\"");
        assertThat(get("/v1/invoices?limit=101").statusCode()).isEqualTo(400);
    }

    @Test
    void an_invoice_that_is_put_again_is_as_it_was_put_last() throws Exception {
        StripeInvoice invoice = StripeInvoice.of("in_1", "cad", AT).line(Line.of("Line", 100));
        stripe.put(invoice);
        invoice.paid(100, AT);
        assertThat(get("/v1/invoices/in_1").body()).contains("\"status\":\"open\"");
        stripe.put(invoice);
        assertThat(get("/v1/invoices/in_1").body()).contains("\"status\":\"paid\"");
        assertThat(count(get("/v1/invoices").body(), "\"object\":\"invoice\"")).isEqualTo(1);
    }

    @Test
    void what_belongs_to_an_invoice_is_listed() throws Exception {
        stripe.put(StripeInvoice.of("in_1", "cad", AT).line(Line.of("Line", 1000)).paid(1000, AT)
                .refunded(0, 200, AT, "pending").credit(CreditNote.of(AT, Credited.of(0, 300)).refunding(0, 200)));
        assertThat(get("/v1/invoice_payments?invoice=in_1").body()).contains("\"payment_intent\":\"pi_1_0\"",
                "\"amount_paid\":1000");
        assertThat(get("/v1/refunds?payment_intent=pi_1_0").body()).contains("\"status\":\"pending\"", "\"amount\":200");
        assertThat(get("/v1/credit_notes?invoice=in_1").body()).contains("\"post_payment_amount\":300",
                "\"customer_balance_transaction\":\"cbtxn_1_0\"");
        assertThat(get("/v1/credit_notes/cn_1_0/lines").body()).contains("\"invoice_line_item\":\"il_1_0\"");
        assertThat(get("/v1/credit_notes/cn_2_0/lines").statusCode()).isEqualTo(404);
        assertThat(get("/v1/invoices/in_2").statusCode()).isEqualTo(404);
    }

    @Test
    void shares_of_a_tax_add_up_to_the_tax_on_the_sum() throws Exception {
        stripe.put(StripeInvoice.of("in_1", "cad", AT).line(Line.of("Line", 333).taxed(HST)).line(Line.of("Line", 333)
                .taxed(HST)).line(Line.of("Line", 334).taxed(HST)));
        String body = get("/v1/invoices/in_1").body();
        assertThat(body).contains("\"total\":1130", "\"total_excluding_tax\":1000", "\"amount\":130,");
        assertThat(body).contains("\"amount\":43,").contains("\"amount\":44,");
    }

    @Test
    void a_field_can_be_made_wrong() throws Exception {
        stripe.put(StripeInvoice.of("in_1", "cad", AT).line(Line.of("Line", 1000)).with("invoice.total", 999L)
                .with("lines.0.pricing.price_details.price", null).with("invoice.status_transitions.paid_at", 7L));
        assertThat(get("/v1/invoices/in_1").body()).contains("\"total\":999", "\"price\":null", "\"paid_at\":7");
    }
}
