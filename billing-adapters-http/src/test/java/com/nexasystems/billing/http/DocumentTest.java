package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DocumentTest {

    @RegisterExtension
    final ApiServer server = new ApiServer();

    private ApiClient chat;

    @BeforeEach
    void add_ons() {
        chat = server.client("chat");
        chat.post("/add_ons", "{'add_on':{'name':'Setup & training <b>','code':'setup','amount_cents':123456,'amount_currency':'CAD'}}").ok();
    }

    private String customer(String id, String more) {
        chat.post("/customers", "{'customer':{'external_id':'" + id + "','country':'CA','state':'ON','city':'Toronto','zipcode':'M5V 2T6','address_line1':'1 Front St'," + more + "}}").ok();
        return id;
    }

    private String invoice(String customer, String currency, int lines) {
        String fees = IntStream.range(0, lines).mapToObj(i -> "{'add_on_code':'setup','units':'" + (i + 1) + ".5','invoice_display_name':'Line " + (i + 1)
                + (i % 7 == 3 ? " with a description that is so long that it has to be broken somewhere, because nobody should ever lose a word of it" : "") + "'}")
                .collect(Collectors.joining(","));
        return chat.post("/invoices", "{'invoice':{'external_customer_id':'" + customer + "','currency':'" + currency + "','fees':[" + fees + "]}}").ok().at("/invoice/lago_id").asText();
    }

    private static String text(Reply reply, String name) throws IOException {
        assertThat(reply.headers().firstValue("Content-Type")).contains("application/pdf");
        Files.write(Files.createDirectories(Path.of("target", "documents")).resolve(name + ".pdf"), reply.bytes());
        try (PDDocument document = Loader.loadPDF(reply.bytes())) {
            return new PDFTextStripper().getText(document).replace('\u00a0', ' ');
        }
    }

    @Test
    void an_invoice_says_all_that_is_on_it() throws IOException {
        String id = invoice(customer("ada", "'name':'Zoë Łukasiewicz Καλημέρα Привет','email':'zoe@example.com','tax_identification_number':'RT0001'"), "CAD", 3);
        String text = text(chat.get("/invoices/" + id + "/pdf").ok(), "invoice");
        assertThat(text).contains("Invoice", "CHAT-000001", "Zoë Łukasiewicz Καλημέρα Привет", "March 15, 2026", "Line 2", "HST-ON", "Amount due");
        String total = chat.get("/invoices/" + id).ok().at("/invoice/total_amount_cents").asText();
        assertThat(text.replaceAll("[^0-9]", "")).contains(total);
        assertThat(text).doesNotContain("How every amount");
        assertThat(text(chat.get("/invoices/" + id + "/pdf?explain=true").ok(), "explained")).contains("How every amount was calculated", "exact");
    }

    @Test
    void a_long_invoice_has_several_pages_and_a_French_one_is_French() throws IOException {
        String id = invoice(customer("luc", "'name':'Luc','billing_configuration':{'document_locale':'fr'}"), "CAD", 60);
        String text = text(chat.get("/invoices/" + id + "/pdf").ok(), "french");
        assertThat(text).contains("Facture", "15 mars 2026", "Montant à payer", "Line 60", "Page 3 / ");
        assertThat(text).contains("1 851,84 $");
    }

    @Test
    void currencies_have_their_own_decimals() throws IOException {
        assertThat(text(chat.get("/invoices/" + invoice(customer("yen", "'name':'Yen'"), "JPY", 1) + "/pdf").ok(), "jpy")).contains("185,184").doesNotContain("185,184.0");
        assertThat(text(chat.get("/invoices/" + invoice(customer("din", "'name':'Dinar'"), "KWD", 1) + "/pdf").ok(), "kwd")).contains("185.184");
    }

    @Test
    void what_stands_in_a_name_is_text_and_loads_nothing() throws IOException {
        String id = invoice(customer("eve", "'name':'<img src=file:///etc/passwd><script>x</script>&amp; \\\\\\u0022}'"), "CAD", 1);
        String text = text(chat.get("/invoices/" + id + "/pdf").ok(), "hostile");
        assertThat(text).contains("<img src=file:///etc/passwd>").doesNotContain("root:");
    }

    @Test
    void a_document_is_the_same_whenever_it_is_asked_for() {
        String path = "/invoices/" + invoice(customer("bob", "'name':'Bob \\ufffe'"), "CAD", 2) + "/pdf";
        assertThat(chat.get(path).ok().bytes()).isEqualTo(chat.get(path).ok().bytes());
    }

    @Test
    void a_credit_note_says_what_is_given_back_and_drafts_and_strangers_have_no_document() throws IOException {
        String id = invoice(customer("ada", "'name':'Ada'"), "CAD", 2);
        String fee = chat.get("/invoices/" + id).at("/invoice/fees/0/lago_id").asText();
        String note = chat.post("/credit_notes", "{'credit_note':{'invoice_id':'" + id + "','reason':'order_change','description':'Sorry','credit_amount_cents':113,'items':[{'fee_id':'" + fee + "','amount_cents':100}]}}").ok().at("/credit_note/lago_id").asText();
        assertThat(text(chat.get("/credit_notes/" + note + "/pdf").ok(), "note")).contains("Credit note", "Sorry", "To your balance", "$1.13");
        server.client("maps").get("/credit_notes/" + note + "/pdf").isNotFound("credit_note_not_found");
        server.client("maps").get("/invoices/" + id + "/pdf").isNotFound("invoice_not_found");
    }
}
