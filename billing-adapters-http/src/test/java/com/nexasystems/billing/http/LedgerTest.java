package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.http.TestInvoices.Sold;
import com.nexasystems.billing.tax.CanadianTaxRates;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The company's books, by its operators, over HTTP. */
class LedgerTest {

    private static final String ALL = "{'all':true,'bypass_reason':'Gadgets get their family in spring'}";
    private static final String INVOICE = "in_1#invoice##1";

    @RegisterExtension
    final ApiServer server = ApiServer.inMemory();

    private ApiClient ada;
    private ApiClient bob;

    @BeforeEach
    void people() {
        ada = server.operator();
        bob = server.operator();
        CanadianTaxRates.all().stream().filter(rate -> rate.jurisdiction().code().equals("CA-ON"))
                .forEach(server.billing().ports().taxRates()::add);
        server.invoices().put(new Sold("in_1", "Hosting Pro", "100.00", "13.00", "2026-01-10").paid("2026-01-12"));
    }

    /** What came of something that was begun. */
    private JsonNode done(String path, String json) {
        String id = ada.post(path, json).is(202).at("/lago_id").asText();
        JsonNode attempt = ada.settled(path + "/" + id).at("/attempt");
        assertThat(attempt.path("status").asText()).as(attempt.toString()).isEqualTo("finished");
        return attempt;
    }

    private JsonNode ingested() {
        return done("/ledger/ingestions", "{'from':'stripe'}").path("result");
    }

    private JsonNode invoice(String id) {
        return ada.get("/ledger/invoices/" + id).ok().at("/invoice");
    }

    private List<AuditEntry> trail() {
        return server.billing().ports().auditTrail().of("ledger");
    }

    @Test
    void from_an_ingestion_to_books_that_balance() {
        JsonNode report = ingested();
        assertThat(report.path("listed").asInt()).isEqualTo(2);
        assertThat(report.path("outcomes").toString()).isEqualTo("{\"booked\":2}");
        assertThat(report.path("drafted").asInt()).isEqualTo(3);

        JsonNode review = ada.get("/ledger/review?sample=2&seed=monday").ok().at("/review");
        assertThat(review.at("/gate").asText()).isEqualTo("refused");
        assertThat(review.at("/missing/0/check").asText()).isEqualTo("families");
        assertThat(review.at("/unmatched/invoices/0/unmatched/0/description").asText()).isEqualTo("A gadget");
        assertThat(review.at("/sample")).hasSize(2);
        assertThat(ada.get("/ledger/review?sample=2&seed=monday").ok().at("/review")).isEqualTo(review);

        Reply refused = ada.post("/ledger/postings", "{'all':true}").is(422);
        assertThat(refused.at("/code").asText()).isEqualTo("posting_refused");
        assertThat(refused.at("/error_details/families/remedy").asText()).contains("or go on with a reason");
        assertThat(ada.get("/ledger/reports/journal").ok().at("/entries")).isEmpty();

        JsonNode posting = ada.post("/ledger/postings", "{'entries':['" + INVOICE + "']}").ok().at("/posting");
        assertThat(posting.path("posted").asInt()).isEqualTo(1);
        JsonNode all = done("/ledger/postings", ALL);
        assertThat(all.at("/result/gate").asText()).isEqualTo("bypassed");
        assertThat(all.at("/result/posted").asInt()).isEqualTo(2);
        assertThat(all.at("/done").asInt()).isEqualTo(2);
        assertThat(ada.get("/ledger/drafts").ok().at("/drafts")).isEmpty();

        JsonNode balance = ada.get("/ledger/reports/trial_balance").ok().at("/trial_balance");
        assertThat(balance.at("/totals").toString())
                .isEqualTo("[{\"currency\":\"CAD\",\"debit_cents\":27600,\"credit_cents\":27600}]");
        assertThat(balance.at("/accounts").findValuesAsText("account")).containsExactly("clearing:stripe", "receivable",
                "tax:HST-ON", "revenue:hosting", "revenue:other");
        assertThat(balance.at("/accounts").findValuesAsText("balance_cents"))
                .containsExactly("11300", "5000", "-1300", "-10000", "-5000");
        assertThat(balance.at("/accounts").findValuesAsText("number"))
                .containsExactly("1050", "1200", "2300", "4000", "4000");
        JsonNode evidence = ada.get("/ledger/invoices/in_1/evidence").ok().at("/evidence");
        assertThat(evidence.at("/documents/0/content").asText()).contains("Hosting Pro");
        assertThat(evidence.at("/documents/0/encoding").asText()).isEqualTo("utf-8");
        assertThat(evidence.at("/fetched_at").asText()).isEqualTo("2026-03-15T12:00:00Z");
        assertThat(invoice("in_1").at("/kept_evidence/0/sha256")).isEqualTo(evidence.at("/sha256"));
        assertThat(invoice("in_1").at("/entries/0/evidence")).isEqualTo(evidence.at("/sha256"));
        assertThat(trail()).extracting(AuditEntry::action).contains("ledger.ingestion_started", "ledger.posted",
                "gate.bypassed", "ledger.posting_started", "POST /ledger/postings");
        assertThat(trail()).extracting(entry -> entry.actor().kind()).containsOnly("person");
    }

    @Test
    void what_has_changed_at_its_source_is_reversed_and_booked_anew() {
        ingested();
        done("/ledger/postings", ALL);
        server.invoices().put(new Sold("in_1", "Hosting Pro", "200.00", "26.00", "2026-01-10").paid("2026-01-12"));
        server.clock().advance(Duration.ofMinutes(1));
        assertThat(ingested().path("changed").asInt()).isEqualTo(1);
        JsonNode changed = ada.get("/ledger/invoices?changed=true").ok().at("/invoices");
        assertThat(changed).hasSize(1);
        assertThat(changed.at("/0/changed/0").asText()).startsWith(INVOICE + ": posted is 2026-01-10");

        JsonNode reversal = ada.post("/ledger/reversals", "{'entry':'" + INVOICE
                + "','date':'2026-03-01','reason':'Priced anew'}").ok().at("/reversal");
        assertThat(reversal.path("text").asText()).isEqualTo("Priced anew");
        assertThat(reversal.path("date").asText()).isEqualTo("2026-03-01");
        assertThat(reversal.path("reverses").asInt()).isEqualTo(1);
        assertThat(reversal.at("/posted_by/name").asText()).startsWith("operator ");
        ada.post("/ledger/reversals", "{'entry':'" + INVOICE + "','reason':'Again'}").isInvalid("entry", "value_is_invalid");
        ada.post("/ledger/reversals", "{'entry':'in_1#payment#py_in_1#1','date':'2026-01-01','reason':'Early'}")
                .isInvalid("date", "value_is_invalid");
        ada.post("/ledger/reversals", "{'entry':'in_1#payment#py_in_1#1','reason':'Priced anew'}").ok();

        server.clock().advance(Duration.ofMinutes(1));
        ingested();
        assertThat(invoice("in_1").at("/drafts").findValuesAsText("entry"))
                .containsExactly("in_1#invoice##2", "in_1#payment#py_in_1#2");
        assertThat(invoice("in_1").at("/entries")).hasSize(4);
        assertThat(invoice("in_1").at("/kept_evidence")).hasSize(2);
        String first = invoice("in_1").at("/entries/0/evidence").asText();
        assertThat(ada.get("/ledger/invoices/in_1/evidence?sha256=" + first).ok()
                .at("/evidence/documents/0/content").asText())
                .contains("100.00").doesNotContain("200.00");
        ada.get("/ledger/invoices/in_2/evidence?sha256=" + first).isNotFound("evidence_not_found");
    }

    @Test
    void to_unlock_takes_two_people() {
        ingested();
        ada.post("/ledger/lock", "{'until':'2026-01-31'}").isInvalid("until", "value_is_invalid");
        done("/ledger/postings", ALL);
        assertThat(ada.post("/ledger/lock", "{'until':'2026-01-31'}").ok().at("/lock/until").asText())
                .isEqualTo("2026-01-31");
        ada.post("/ledger/reversals", "{'entry':'" + INVOICE + "','reason':'Wrong'}").isInvalid("date", "value_is_invalid");
        bob.post("/ledger/unlock_approvals", "{'until':null}").isInvalid("unlock", "value_is_invalid");

        ada.post("/ledger/unlock_requests", "{'until':'2025-12-31','reason':'The auditor wants it'}").ok();
        Reply alone = ada.post("/ledger/unlock_approvals", "{'until':'2025-12-31'}").isInvalid("by", "value_is_invalid");
        assertThat(alone.at("/message").asText()).contains("somebody else than operator ");
        bob.post("/ledger/unlock_approvals", "{'until':null}").isInvalid("until", "request_has_changed");
        bob.post("/ledger/unlock_approvals", "{}").isInvalid("until", "value_is_mandatory");
        JsonNode asked = bob.get("/ledger/lock").ok().at("/lock");
        assertThat(asked.at("/until").asText()).isEqualTo("2026-01-31");
        assertThat(asked.at("/unlock_request/reason").asText()).isEqualTo("The auditor wants it");
        JsonNode unlocked = bob.post("/ledger/unlock_approvals", "{'until':'2025-12-31'}").ok().at("/lock");
        assertThat(unlocked.toString()).isEqualTo("{\"until\":\"2025-12-31\",\"unlock_request\":null}");
        ada.post("/ledger/reversals", "{'entry':'" + INVOICE + "','reason':'Wrong'}").ok();
        assertThat(trail()).extracting(AuditEntry::action).contains("ledger.locked", "ledger.unlock-requested",
                "ledger.unlocked", "POST /ledger/unlock_approvals");
    }

    @Test
    void a_verification_proves_what_was_posted() {
        JsonNode nothing = done("/ledger/verifications", "{}").path("result");
        assertThat(nothing.path("entries").asInt()).isZero();
        ingested();
        String link = done("/ledger/postings", ALL).at("/result/chain").asText();
        JsonNode good = done("/ledger/verifications", "{'anchor':'" + link + "'}").path("result");
        assertThat(good.path("entries").asInt()).isEqualTo(3);
        assertThat(good.path("chain").asText()).isEqualTo(link);
        assertThat(good.path("bad").isNull()).isTrue();
        JsonNode other = done("/ledger/verifications", "{'anchor':'" + "a".repeat(64) + "'}").path("result");
        assertThat(other.at("/bad/problem").asText()).contains("no entry has the link");
        assertThat(ada.get("/ledger/reports/journal?cursor=2").ok().at("/entries/0/chain").asText()).isEqualTo(link);
    }

    @Test
    void reports_are_for_people_and_for_spreadsheets() {
        server.invoices().put(new Sold("in_3", "Hosting \"S\", small", "10.00", "0.00", "2026-02-20").to("=HYPERLINK(1)"));
        ingested();
        done("/ledger/postings", ALL);
        ApiClient sheet = ada.with("Accept", "text/csv");
        assertThat(sheet.get("/ledger/reports/trial_balance?until=2026-01-31").ok().text()).isEqualTo("""
                account,number,currency,debit,credit,balance
                clearing:stripe,1050,CAD,113.00,0.00,113.00
                receivable,1200,CAD,113.00,113.00,0.00
                tax:HST-ON,2300,CAD,0.00,13.00,-13.00
                revenue:hosting,4000,CAD,0.00,100.00,-100.00
                """.replace("\n", "\r\n"));
        assertThat(sheet.get("/ledger/reports/revenue?from=2026-02-01&until=2026-02-28").ok().text()).isEqualTo("""
                month,family,account,number,currency,invoiced,given_back,amount
                2026-02,hosting,revenue:hosting,4000,CAD,10.00,0.00,10.00
                2026-02,other,revenue:other,4000,CAD,50.00,0.00,50.00
                """.replace("\n", "\r\n"));
        Reply ageing = sheet.get("/ledger/reports/ageing?as_of=2026-03-01").ok();
        assertThat(ageing.text()).isEqualTo("""
                customer,name,currency,not_due,days_1_to_30,days_31_to_60,days_61_to_90,over_90_days,total
                cus_Ada,Ada,CAD,0.00,50.00,0.00,0.00,0.00,50.00
                cus_=HYPERLINK(1),'=HYPERLINK(1),CAD,10.00,0.00,0.00,0.00,0.00,10.00
                """.replace("\n", "\r\n"));
        assertThat(ageing.headers().firstValue("Content-Disposition")).contains("inline; filename=\"ageing.csv\"");
        List<String> journal = sheet.get("/ledger/reports/journal").ok().text().lines().toList();
        assertThat(journal).hasSize(1 + 3 + 2 + 2 + 2);
        assertThat(journal.get(1)).startsWith("1,in_1#invoice##1,2026-01-10,").contains(",receivable,1200,CAD,113.00,,");

        JsonNode owed = ada.get("/ledger/reports/ageing?per_page=1&page=2").ok().json();
        assertThat(owed.at("/as_of").asText()).isEqualTo("2026-03-15");
        assertThat(owed.at("/meta/total_count").asInt()).isEqualTo(2);
        assertThat(owed.at("/ageing/0/total_cents").asInt()).isEqualTo(1000);
        assertThat(owed.at("/controls/0/agrees").asBoolean()).isTrue();
        JsonNode tax = ada.get("/ledger/reports/tax").ok().at("/tax/months");
        assertThat(tax).hasSize(1);
        assertThat(tax.at("/0/rate").asText()).isEqualTo("HST-ON");
        assertThat(tax.at("/0/amount_cents").asInt()).isEqualTo(1300);
        assertThat(ada.get("/ledger/reports/revenue?scope=drafts").ok().at("/revenue/months")).isEmpty();
    }

    @Test
    void lists_come_page_by_page() {
        ingested();
        Reply first = ada.get("/ledger/drafts?per_page=2").ok();
        assertThat(first.at("/drafts").findValuesAsText("entry")).containsExactly(INVOICE, "in_1#payment#py_in_1#1");
        ada.post("/ledger/postings", "{'entries':['in_1#payment#py_in_1#1']}").ok();
        Reply second = ada.get("/ledger/drafts?per_page=2&cursor=" + first.at("/next_cursor").asText()).ok();
        assertThat(second.at("/drafts").findValuesAsText("entry")).containsExactly("in_2#invoice##1");
        assertThat(second.at("/next_cursor").isNull()).isTrue();
        ada.post("/ledger/postings", "{'entries':['in_2#invoice##1','" + INVOICE + "']}").ok();
        Reply journal = ada.get("/ledger/reports/journal?per_page=2").ok();
        assertThat(journal.at("/entries").findValuesAsText("entry")).containsExactly("in_1#payment#py_in_1#1", INVOICE);
        assertThat(ada.get("/ledger/reports/journal?per_page=2&cursor=" + journal.at("/next_cursor").asText()).ok()
                .at("/entries").findValuesAsText("entry")).containsExactly("in_2#invoice##1");
        Reply page = ada.get("/ledger/invoices?page=2&per_page=1").ok();
        assertThat(page.at("/meta/total_count").asInt()).isEqualTo(2);
        assertThat(page.at("/invoices/0/id").asText()).isEqualTo("in_2");
        assertThat(ada.get("/ledger/invoices?unmatched=false").ok().at("/invoices/0/id").asText()).isEqualTo("in_1");
    }

    @Test
    void a_dry_run_reports_and_keeps_nothing() {
        JsonNode report = done("/ledger/ingestions", "{'ids':['in_1','in_9'],'dry_run':true}").path("result");
        assertThat(report.path("outcomes").toString()).isEqualTo("{\"booked\":1,\"unverified: missing\":1}");
        assertThat(report.at("/problems/0/reason").asText()).isEqualTo("there is no such invoice");
        assertThat(ada.get("/ledger/invoices").ok().at("/meta/total_count").asInt()).isZero();
        ada.get("/ledger/invoices/in_1").isNotFound("ledger_invoice_not_found");
    }

    @Test
    void an_application_says_which_invoices_there_are() {
        ada.post("/services", "{'service':{'code':'maps','name':'Maps'}}").ok();
        server.importing(TestApplication.rows());
        server.invoices().put(new Sold("in_i1", "Hosting", "20.00", "0.00", "2026-02-01"));
        JsonNode attempt = done("/ledger/ingestions", "{'from':'application','service':'maps'}");
        assertThat(attempt.path("total").asInt()).isEqualTo(4);
        assertThat(attempt.path("done").asInt()).isEqualTo(4);
        assertThat(attempt.at("/result/outcomes").toString()).isEqualTo("{\"booked\":1,\"unverified: missing\":3}");
        server.from(ImportSources.NONE);
        ada.post("/ledger/ingestions", "{'from':'application','service':'maps'}")
                .isInvalid("service", "source_not_configured");
        ada.post("/ledger/ingestions", "{'from':'application'}").isInvalid("service", "value_is_mandatory");
        ada.post("/ledger/ingestions", "{'from':'application','service':'nobody'}").isNotFound("service_not_found");
    }

    @Test
    void a_source_that_is_away_is_named() {
        server.invoices().stripe().reachable(false);
        JsonNode report = done("/ledger/ingestions", "{'from':'all'}").path("result");
        assertThat(report.at("/failures/0/source").asText()).isEqualTo("stripe");
        assertThat(report.at("/failures/0/problem").asText()).contains("does not answer");
    }

    @Test
    void one_thing_of_a_kind_happens_at_a_time_and_the_kinds_do_not_wait_for_each_other() {
        ingested();
        var goOn = new CountDownLatch(1);
        server.invoices().beforeListing(() -> await(goOn));
        String id = ada.post("/ledger/ingestions", "{'from':'stripe'}").is(202).at("/lago_id").asText();
        Reply busy = bob.post("/ledger/ingestions", "{'ids':['in_1']}").is(409);
        assertThat(busy.at("/code").asText()).isEqualTo("ledger_is_busy");
        assertThat(busy.at("/message").asText()).startsWith("an ingestion of the ledger has not ended yet");
        assertThat(done("/ledger/postings", ALL).at("/result/posted").asInt()).isEqualTo(3);
        assertThat(done("/ledger/verifications", "{}").at("/result/entries").asInt()).isEqualTo(3);
        goOn.countDown();
        assertThat(ada.settled("/ledger/ingestions/" + id).at("/attempt/result/posted").asInt()).isEqualTo(3);
        bob.post("/ledger/ingestions", "{'ids':['in_1']}").is(202);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void without_sources_nothing_is_ingested_and_what_is_there_is_shown() {
        var billing = Billing.inMemory(server.clock());
        try (BillingApi api = BillingApi.start(billing, server.clock(), ApiSettings.DEFAULT.draining(Duration.ZERO),
                Map::of)) {
            var operator = new ApiClient("http://127.0.0.1:" + api.port(), Map.of("Authorization", "Bearer "
                    + billing.apiKeys().issueForOperator("test").secret()));
            Reply refused = operator.post("/ledger/ingestions", "{'from':'all'}").isInvalid("from", "source_not_configured");
            assertThat(refused.at("/message").asText()).contains("this server knows no source of invoices");
            operator.post("/ledger/ingestions", "{'ids':['in_1']}").isInvalid("ids", "source_not_configured");
            assertThat(operator.get("/ledger/review").ok().at("/review/missing/0/check").asText()).isEqualTo("drafts");
        }
    }

    @Test
    void a_request_that_comes_again_happens_once() {
        ApiClient once = ada.with("Idempotency-Key", "ingestion");
        String id = once.post("/ledger/ingestions", "{'from':'stripe'}").is(202).at("/lago_id").asText();
        ada.settled("/ledger/ingestions/" + id);
        assertThat(once.post("/ledger/ingestions", "{'from':'stripe'}").is(202).at("/lago_id").asText()).isEqualTo(id);
        ApiClient posting = ada.with("Idempotency-Key", "posting");
        Reply first = posting.post("/ledger/postings", "{'entries':['" + INVOICE + "']}").ok();
        assertThat(posting.post("/ledger/postings", "{'entries':['" + INVOICE + "']}").ok().json()).isEqualTo(first.json());
        posting.post("/ledger/postings", ALL).isInvalid("Idempotency-Key", "idempotency_key_reused");
        assertThat(trail()).extracting(AuditEntry::action).containsOnlyOnce("ledger.posted", "ledger.ingestion_started");
    }

    @Test
    void every_field_that_is_wrong_is_named_and_nothing_is_kept() {
        ingested();
        int before = trail().size();
        ada.post("/ledger/ingestions", "{}").isInvalid("from", "value_is_mandatory");
        ada.post("/ledger/ingestions", "{'from':'paypal','since':'2026-02-30','dry_run':'maybe'}")
                .isInvalid("from", "source_not_configured").isInvalid("since", "invalid_date")
                .isInvalid("dry_run", "value_is_invalid");
        ada.post("/ledger/ingestions", "{'from':'stripe','ids':['in_1']}").isInvalid("from", "value_is_invalid");
        ada.post("/ledger/ingestions", "{'ids':['in_1','lago:7','']}").isInvalid("ids[1]", "source_not_configured")
                .isInvalid("ids[2]", "value_is_mandatory");
        ada.post("/ledger/ingestions", "{'ids':[]}").isInvalid("ids", "value_is_out_of_range");
        ada.post("/ledger/postings", "{}").isInvalid("entries", "value_is_mandatory");
        ada.post("/ledger/postings", "{'entries':[]}").isInvalid("entries", "value_is_out_of_range");
        ada.post("/ledger/postings", "{'all':true,'entries':['" + INVOICE + "']}").isInvalid("entries", "value_is_invalid");
        ada.post("/ledger/postings", "{'entries':['in_1','in_1#tip##1']}").isInvalid("entries[0]", "value_is_invalid")
                .isInvalid("entries[1]", "value_is_invalid");
        ada.post("/ledger/postings", "{'entries':['" + INVOICE + "','in_9#invoice##1']}")
                .isInvalid("entry", "value_is_invalid");
        ada.post("/ledger/postings", "{'entries':['" + INVOICE + "'],'bypass_reason':'Please'}")
                .isInvalid("bypass_reason", "value_is_invalid");
        ada.post("/ledger/postings", "{'all':true,'bypass_reason':' '}").isInvalid("bypass_reason", "value_is_mandatory");
        ada.post("/ledger/reversals", "{}").isInvalid("entry", "value_is_mandatory")
                .isInvalid("reason", "value_is_mandatory");
        ada.post("/ledger/reversals", "{'entry':'" + INVOICE + "','reason':'Not posted yet'}")
                .isInvalid("entry", "value_is_invalid");
        ada.post("/ledger/lock", "{}").isInvalid("until", "value_is_mandatory");
        ada.post("/ledger/unlock_requests", "{'reason':'Why not'}").isInvalid("until", "value_is_mandatory");
        ada.post("/ledger/unlock_requests", "{'until':null,'reason':'Why not'}").isInvalid("until", "value_is_invalid");
        ada.post("/ledger/verifications", "{'anchor':'abc'}").isInvalid("anchor", "value_is_invalid");
        ada.get("/ledger/invoices?outcome=lost&changed=2").isInvalid("outcome", "value_is_invalid")
                .isInvalid("changed", "value_is_invalid");
        ada.get("/ledger/drafts?cursor=abc").isInvalid("cursor", "value_is_invalid");
        ada.get("/ledger/review?sample=101").isInvalid("sample", "value_is_out_of_range");
        ada.get("/ledger/reports/revenue?from=2026-02-01&until=2026-01-01&scope=all")
                .isInvalid("until", "value_is_out_of_range").isInvalid("scope", "value_is_invalid");
        ada.get("/ledger/reports/journal?cursor=-1").isInvalid("cursor", "value_is_out_of_range");
        ada.get("/ledger/ingestions/nobody").isNotFound("ledger_ingestion_not_found");
        ada.get("/ledger/postings/nobody").isNotFound("ledger_posting_not_found");
        ada.get("/ledger/verifications/nobody").isNotFound("ledger_verification_not_found");
        ada.get("/ledger/invoices/in_9/evidence").isNotFound("ledger_invoice_not_found");
        assertThat(trail()).hasSize(before);
        assertThat(ada.get("/ledger/drafts").ok().at("/drafts")).hasSize(3);
        assertThat(ada.get("/ledger/reports/journal").ok().at("/entries")).isEmpty();
        assertThat(ada.get("/ledger/lock").ok().at("/lock").toString())
                .isEqualTo("{\"until\":null,\"unlock_request\":null}");
    }

    @Test
    void none_of_it_is_for_services() {
        ApiClient service = server.client("chat");
        for (Contract.Operation operation : Contract.OURS.operations()) {
            if (operation.path().startsWith("/ledger")) {
                String path = operation.path().replace("{id}", "in_1");
                String body = operation.method().equals("post") ? "{}" : "";
                assertThat(service.send(operation.method().toUpperCase(Locale.ROOT), path, body).is(403).at("/code")
                        .asText()).isEqualTo("scope_missing");
                server.anonymous().send(operation.method().toUpperCase(Locale.ROOT), path, body).is(401);
            }
        }
    }
}
