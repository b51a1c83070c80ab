package com.nexasystems.billing.http;

import com.nexasystems.billing.gate.GateResult.Refusal;
import com.nexasystems.billing.ledger.ChartOfAccounts;
import com.nexasystems.billing.ledger.Draft;
import com.nexasystems.billing.ledger.Evidence;
import com.nexasystems.billing.ledger.IngestReport;
import com.nexasystems.billing.ledger.IngestedInvoice;
import com.nexasystems.billing.ledger.Journal.Balance;
import com.nexasystems.billing.ledger.Journal.ChainRow;
import com.nexasystems.billing.ledger.JournalEntry;
import com.nexasystems.billing.ledger.LedgerAccount;
import com.nexasystems.billing.ledger.PeriodLock;
import com.nexasystems.billing.ledger.PostReport;
import com.nexasystems.billing.ledger.PostedEntry;
import com.nexasystems.billing.ledger.Posting;
import com.nexasystems.billing.ledger.Verification;
import com.nexasystems.billing.money.Money;
import java.util.List;

/** The books as the API writes them. Amounts are in minor units, as everywhere; debits and credits have a field each. */
final class LedgerJson {

    private final ChartOfAccounts chart;

    LedgerJson(ChartOfAccounts chart) {
        this.chart = chart;
    }

    static Json of(IngestedInvoice invoice) {
        return Json.object("id", invoice.invoice(), "outcome", invoice.outcome().code(),
                "reason", invoice.reason().map(reason -> Json.object("code", reason.code(), "text", reason.text()))
                        .orElse(null),
                "settled", invoice.settled()).withAll(document(invoice)).withAll(Json.object(
                "unmatched", invoice.unmatched().stream().map(line -> Json.object("line", line.line(),
                        "description", line.description(), "amount_cents", Cents.of(line.net()))).toList(),
                "changed", invoice.changed(), "evidence", invoice.evidence().orElse(null),
                "verified_at", Times.of(invoice.verifiedAt()), "tried_at", Times.of(invoice.triedAt())));
    }

    private static Json document(IngestedInvoice invoice) {
        return invoice.document().map(document -> Json.object("number", document.number().orElse(null),
                "customer", Json.object("id", document.party().id(), "name", document.party().name()),
                "issued", Times.day(document.issued()), "due", Times.day(document.due()),
                "total_amount_cents", Cents.of(document.total()), "currency", document.total().currency().getCurrencyCode()))
                .orElse(Json.object("number", null, "customer", null, "issued", null, "due", null,
                        "total_amount_cents", null, "currency", null));
    }

    Json of(Draft draft) {
        return of(draft.entry()).with("evidence", draft.evidence());
    }

    Json of(PostedEntry posted) {
        return Json.object("sequence", posted.sequence()).withAll(of(posted.entry())).withAll(Json.object(
                "evidence", posted.evidence(), "reverses", posted.reverses().orElse(null),
                "posted_by", ReconciliationJson.of(posted.by()), "posted_at", posted.at().toString(),
                "chain", posted.chain()));
    }

    Json of(ChainRow row) {
        return row.entry().map(this::of).orElseGet(() -> Json.object("sequence", row.sequence()))
                .with("problem", row.problem().orElse(null));
    }

    private Json of(JournalEntry entry) {
        return Json.object("entry", entry.key().toString(), "date", entry.date().toString(), "customer", entry.party(),
                "text", entry.text(), "postings", entry.postings().stream().map(this::of).toList());
    }

    private Json of(Posting posting) {
        Money amount = posting.amount();
        Money zero = Money.zero(amount.currency());
        return account(posting.account()).withAll(sides(amount.isNegative() ? zero : amount,
                amount.isNegative() ? amount.negated() : zero));
    }

    private Json account(LedgerAccount account) {
        return Json.object("account", account.code(), "number", chart.numberOf(account));
    }

    static Json sides(Money debit, Money credit) {
        return Json.object("currency", debit.currency().getCurrencyCode(), "debit_cents", Cents.of(debit),
                "credit_cents", Cents.of(credit));
    }

    /** With debits less credits. */
    Json of(Balance balance) {
        return account(balance.account()).withAll(sides(balance.debit(), balance.credit()))
                .with("balance_cents", Cents.of(balance.net()));
    }

    /** What of it can be looked at one by one; the contents are asked for by themselves. */
    static Json of(Evidence evidence) {
        return Json.object("sha256", evidence.sha256(), "fetched_at", evidence.fetchedAt().toString(),
                "documents", evidence.documents().stream().map(document -> Json.object("name", document.name(),
                        "size", document.bytes().length)).toList());
    }

    static Json of(IngestReport report) {
        return Json.object("listed", report.listed(), "known", report.known(), "outcomes", report.outcomes(),
                "drafted", report.drafted(), "unchanged", report.unchanged(), "posted", report.posted(),
                "changed", report.changed(), "problems", report.problems().stream().map(problem -> Json.object(
                        "invoice", problem.invoice(), "outcome", problem.outcome().code(), "reason", problem.reason()))
                        .toList());
    }

    static Json of(PostReport report) {
        return Json.object("posted", report.posted(), "refusals", report.refusals(),
                "refused", report.refused().stream().map(refused -> Json.object("entry", refused.key().toString())
                        .withAll(of(refused.why()))).toList(), "chain", report.chain().orElse(null));
    }

    static Json of(Refusal refusal) {
        return Json.object("check", refusal.check(), "missing", refusal.missing(), "remedy", refusal.remedy());
    }

    static List<Json> of(List<Refusal> refusals) {
        return refusals.stream().map(LedgerJson::of).toList();
    }

    static Json of(PeriodLock lock) {
        return Json.object("until", Times.day(lock.until()), "unlock_request", lock.request().map(request -> Json.object(
                "until", Times.day(request.until()), "reason", request.reason(),
                "requested_by", ReconciliationJson.of(request.by()), "requested_at", request.at().toString())).orElse(null));
    }

    static Json of(Verification verification) {
        return Json.object("entries", verification.entries(), "chain", verification.chain(),
                "bad", verification.bad().map(bad -> Json.object("sequence", bad.sequence(),
                        "entry", bad.entry().map(Object::toString).orElse(null), "problem", bad.problem())).orElse(null));
    }
}
