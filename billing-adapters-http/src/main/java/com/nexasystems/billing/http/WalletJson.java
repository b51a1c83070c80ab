package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.directory.EntryQuery;
import com.nexasystems.billing.directory.Kind;
import com.nexasystems.billing.http.CustomerStore.Known;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.invoicing.IssueOneOff;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.period.BillingCycle;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.wallet.Consumption;
import com.nexasystems.billing.wallet.Credits;
import com.nexasystems.billing.wallet.TopUpRule;
import com.nexasystems.billing.wallet.TopUpRule.Method;
import com.nexasystems.billing.wallet.TopUpRule.Trigger;
import com.nexasystems.billing.wallet.Wallet;
import com.nexasystems.billing.wallet.WalletId;
import com.nexasystems.billing.wallet.WalletScope;
import com.nexasystems.billing.wallet.WalletTransaction;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A wallet, its rules and its transactions. */
final class WalletJson {

    private static final String LIMIT = "metric:";
    private static final int LEAST_PRIORITY = 50;
    private static final Map<String, Interval> INTERVALS = Arrays.stream(Interval.values())
            .collect(Collectors.toMap(interval -> interval.name().toLowerCase(Locale.ROOT), Function.identity()));
    private static final Map<String, Boolean> TRIGGERS = Map.of("interval", true, "threshold", false);
    private static final Map<String, Boolean> METHODS = Map.of("fixed", true, "target", false);

    private final Billing billing;
    private final Codes codes;

    WalletJson(Billing billing) {
        this.billing = billing;
        this.codes = new Codes(billing);
    }

    /** The entries of wallets that pay for this metric alone, or for some others with it. */
    static EntryQuery limitedTo(MetricCode metric) {
        return new EntryQuery(Optional.empty(), Map.of(LIMIT + metric, List.of("true")));
    }

    Json of(Service service, Wallet wallet, Known holder, Entry entry, Optional<Consumption> consumed) {
        String balance = Units.of(wallet.balance().units());
        long cents = Cents.of(wallet.balance().worth());
        return Json.object("lago_id", wallet.id().value(), "lago_customer_id", holder.entry().id(),
                "external_customer_id", holder.entry().code(), "billing_entity_code", "default",
                "status", wallet.status().code(), "currency", wallet.currency().getCurrencyCode(), "name", wallet.name(),
                "code", entry.attribute("code").orElse(null), "priority", wallet.priority(),
                "rate_amount", Units.of(wallet.rate()), "credits_balance", balance, "balance_cents", cents,
                "credits_ongoing_balance", balance, "ongoing_balance_cents", cents,
                "credits_ongoing_usage_balance", "0.0", "ongoing_usage_balance_cents", 0,
                "consumed_credits", Units.of(consumed.map(Consumption::credits).map(Credits::units)
                        .orElse(BigDecimal.ZERO)),
                "created_at", Times.of(wallet.createdAt()), "expiration_at", Times.of(wallet.expiresAt()),
                "last_balance_sync_at", null, "last_consumed_credit_at", Times.of(consumed.map(Consumption::lastAt)),
                "terminated_at", entry.attribute("terminated_at").orElse(null),
                "invoice_requires_successful_payment", false, "paid_top_up_min_amount_cents", null,
                "paid_top_up_max_amount_cents", null, "applies_to", Json.object("fee_types", List.of(),
                        "billable_metric_codes", wallet.scope().metrics().stream()
                                .map(metric -> codes.ofMetric(service, metric)).sorted().toList()),
                "recurring_transaction_rules", rules(wallet), "metadata", Metadata.object(entry));
    }

    private static List<Json> rules(Wallet wallet) {
        List<Json> rules = new ArrayList<>();
        for (int i = 0; i < wallet.rules().size(); i++) {
            rules.add(rule(wallet, i, wallet.rules().get(i)));
        }
        return rules;
    }

    private static Json rule(Wallet wallet, int number, TopUpRule rule) {
        Optional<Trigger.Every> every = rule.trigger() instanceof Trigger.Every found ? Optional.of(found) : Optional.empty();
        Optional<Method.Fixed> fixed = rule.method() instanceof Method.Fixed found ? Optional.of(found) : Optional.empty();
        return Json.object("lago_id", ruleId(wallet.id(), number), "trigger", every.isPresent() ? "interval" : "threshold",
                "method", fixed.isPresent() ? "fixed" : "target",
                "interval", every.map(found -> PlanJson.word(found.cycle().interval())).orElse(null),
                "status", wallet.isActive() ? "active" : "terminated",
                "threshold_credits", rule.trigger() instanceof Trigger.AtMost most ? Units.of(most.credits()) : null,
                "paid_credits", Units.of(fixed.map(Method.Fixed::paid).orElse(BigDecimal.ZERO)),
                "granted_credits", Units.of(fixed.map(Method.Fixed::granted).orElse(BigDecimal.ZERO)),
                "target_ongoing_balance", rule.method() instanceof Method.Target target ? Units.of(target.credits()) : null,
                "grants_target_top_up", fixed.isPresent() ? null : false,
                "started_at", every.map(found -> Times.of(found.cycle().anchor().atStartOfDay(found.cycle().zone())
                        .toInstant())).orElse(null),
                "expiration_at", Times.of(rule.expiresAt()), "created_at", Times.of(wallet.createdAt()),
                "invoice_requires_successful_payment", false, "transaction_metadata", List.of(), "transaction_name", null,
                "ignore_paid_top_up_limits", false);
    }

    private static UUID ruleId(WalletId wallet, int number) {
        return Uuids.of(wallet.value(), "rule " + number);
    }

    /** What was sent, on top of what there was. */
    Wallet.Settings read(Service service, Customer holder, Fields fields, Optional<Wallet> before, Instant now) {
        refuseWhatWouldNotBeDone(fields);
        Optional<Wallet.Settings> known = before.map(Wallet::settings);
        String name = fields.text("name").filter(text -> !text.isBlank()).or(() -> known.map(Wallet.Settings::name))
                .orElse("Prepaid credits");
        int priority = fields.integer("priority", 1, LEAST_PRIORITY).map(Long::intValue)
                .or(() -> known.map(Wallet.Settings::priority)).orElse(LEAST_PRIORITY);
        Optional<Instant> end = fields.has("expiration_at") ? fields.instant("expiration_at")
                : known.flatMap(Wallet.Settings::expiresAt);
        if (fields.has("expiration_at")) {
            end.filter(instant -> !instant.isAfter(now)).ifPresent(instant ->
                    fields.problem("expiration_at", "invalid_date", "is not in the future"));
        }
        WalletScope scope = fields.has("applies_to") ? scope(service, fields)
                : known.map(Wallet.Settings::scope).orElse(WalletScope.ALL);
        List<TopUpRule> rules = fields.has("recurring_transaction_rules") ? rules(fields, holder, before, now)
                : known.map(Wallet.Settings::rules).orElse(List.of());
        fields.check();
        return new Wallet.Settings(name, priority, scope, end, rules);
    }

    /** Silence would charge something else than was asked for. */
    private static void refuseWhatWouldNotBeDone(Fields fields) {
        if (fields.flag("invoice_requires_successful_payment").orElse(false)) {
            fields.problem("invoice_requires_successful_payment", "value_is_invalid",
                    "credits are invoiced at once, and there when that is paid");
        }
        for (String limit : List.of("paid_top_up_min_amount_cents", "paid_top_up_max_amount_cents")) {
            if (fields.raw(limit) != null) {
                fields.problem(limit, "value_is_invalid", "top-ups have no limits");
            }
        }
        if (fields.flag("grants_target_top_up").orElse(false)) {
            fields.problem("grants_target_top_up", "value_is_invalid", "what is missing to a target has to be paid");
        }
    }

    private WalletScope scope(Service service, Fields fields) {
        Optional<Fields> limits = fields.object("applies_to");
        if (!limits.map(sent -> sent.texts("fee_types")).orElse(List.of()).isEmpty()) {
            fields.problem("applies_to", "value_is_invalid", "a wallet is limited to metrics, not to types of fees");
        }
        Set<MetricCode> metrics = new HashSet<>();
        limits.ifPresent(sent -> sent.texts("billable_metric_codes").forEach(code -> metrics.add(codes.metric(service, code)
                .orElseThrow(() -> ApiError.notFound("billable_metrics")))));
        return new WalletScope(metrics);
    }

    /** All of them; one that is sent with its id, and is the same, goes on as if it had not been sent. */
    private static List<TopUpRule> rules(Fields fields, Customer holder, Optional<Wallet> before, Instant now) {
        List<TopUpRule> rules = new ArrayList<>();
        for (Fields sent : fields.objects("recurring_transaction_rules")) {
            refuseWhatWouldNotBeDone(sent);
            Optional<TopUpRule> known = sent.text("lago_id").flatMap(id -> known(before, id));
            Optional<Trigger> trigger = trigger(sent, holder, known, now);
            Optional<Method> method = method(sent);
            Optional<Instant> end = sent.instant("expiration_at");
            if (trigger.isPresent() && method.isPresent()) {
                rules.add(new TopUpRule(trigger.get(), method.get(), end));
            }
        }
        fields.check();
        return rules;
    }

    private static Optional<TopUpRule> known(Optional<Wallet> before, String id) {
        return before.flatMap(wallet -> {
            for (int i = 0; i < wallet.rules().size(); i++) {
                if (ruleId(wallet.id(), i).toString().equals(id)) {
                    return Optional.of(wallet.rules().get(i));
                }
            }
            return Optional.empty();
        });
    }

    private static Optional<Trigger> trigger(Fields sent, Customer holder, Optional<TopUpRule> known, Instant now) {
        Optional<Boolean> byInterval = sent.choice("trigger", TRIGGERS);
        if (byInterval.isEmpty()) {
            missing(sent, "trigger");
            return Optional.empty();
        }
        if (!byInterval.get()) {
            Optional<BigDecimal> threshold = sent.decimal("threshold_credits").filter(credits -> credits.signum() >= 0);
            if (threshold.isEmpty()) {
                missing(sent, "threshold_credits");
            }
            return threshold.map(Trigger.AtMost::new);
        }
        Optional<Interval> interval = sent.choice("interval", INTERVALS);
        if (interval.isEmpty()) {
            missing(sent, "interval");
            return Optional.empty();
        }
        Instant start = sent.instant("started_at").orElse(now);
        BillingCycle cycle = BillingCycle.anniversary(interval.get(), start, holder.zone());
        Optional<Trigger> same = known.map(TopUpRule::trigger).filter(trigger -> trigger instanceof Trigger.Every every
                && every.cycle().interval() == interval.get()
                && (!sent.has("started_at") || every.cycle().equals(cycle)));
        Instant first = cycle.periodContaining(start).start();
        return same.or(() -> Optional.of(first.isAfter(now) ? new Trigger.Every(cycle, first)
                : Trigger.Every.from(cycle, now)));
    }

    private static Optional<Method> method(Fields sent) {
        if (sent.choice("method", METHODS).orElse(true)) {
            BigDecimal paid = credits(sent, "paid_credits");
            BigDecimal granted = credits(sent, "granted_credits");
            if (paid.signum() == 0 && granted.signum() == 0) {
                missing(sent, "paid_credits");
                return Optional.empty();
            }
            return Optional.of(new Method.Fixed(paid, granted));
        }
        Optional<BigDecimal> target = sent.decimal("target_ongoing_balance").filter(credits -> credits.signum() > 0);
        if (target.isEmpty()) {
            missing(sent, "target_ongoing_balance");
        }
        return target.map(Method.Target::new);
    }

    /** Zero if none were sent. */
    static BigDecimal credits(Fields sent, String name) {
        BigDecimal credits = sent.decimal(name).orElse(BigDecimal.ZERO);
        if (credits.signum() < 0 || sent.hasProblem(name)) {
            sent.problem(name, "invalid_" + name);
            return BigDecimal.ZERO;
        }
        return credits;
    }

    private static void missing(Fields fields, String name) {
        if (!fields.hasProblem(name)) {
            fields.problem(name, "value_is_mandatory");
        }
    }

    /** What is kept with a wallet, and which metrics it is limited to, so that those can be found. */
    static void keep(Fields fields, Map<String, String> attributes, WalletScope scope) {
        fields.text("code").ifPresent(code -> attributes.put("code", code));
        Metadata.readObject(fields, attributes);
        fields.check();
        attributes.keySet().removeIf(name -> name.startsWith(LIMIT));
        scope.metrics().forEach(metric -> attributes.put(LIMIT + metric, "true"));
    }

    Json of(ServiceCustomer holder, WalletTransaction transaction) {
        boolean topUp = transaction.kind().isTopUp();
        Optional<UUID> bought = transaction.kind() == WalletTransaction.Kind.PURCHASED
                ? billing.ports().invoices().find(IssueOneOff.invoiceOf(holder, transaction.id()))
                .map(invoice -> invoice.id().value()) : Optional.empty();
        boolean restored = transaction.kind() == WalletTransaction.Kind.RESTORED;
        return Json.object("lago_id", transaction.id().value(), "lago_wallet_id", transaction.wallet().value(),
                "lago_invoice_id", bought.or(transaction::invoice).filter(id -> !restored).orElse(null),
                "lago_credit_note_id", null,
                "lago_voided_invoice_id", restored ? transaction.invoice().orElse(null) : null,
                "status", transaction.status().code(), "source", "manual",
                "transaction_status", status(transaction.kind()),
                "transaction_type", transaction.kind().isInbound() ? "inbound" : "outbound",
                "amount", Units.of(transaction.credits().worth().amount()),
                "credit_amount", Units.of(transaction.credits().units()), "invoice_requires_successful_payment", false,
                "metadata", List.of(), "remaining_amount_cents", topUp ? Cents.of(transaction.left().worth()) : null,
                "remaining_credit_amount", topUp ? Units.of(transaction.left().units()) : null, "priority", LEAST_PRIORITY,
                "settled_at", Times.of(transaction.settledAt()), "failed_at", null,
                "created_at", Times.of(transaction.at()), "name", null, "payment_method", null);
    }

    /** What expires is taken away, and what a voided invoice gives back is granted: Lago has no words of their own. */
    static String status(WalletTransaction.Kind kind) {
        return switch (kind) {
            case GRANTED, RESTORED -> "granted";
            case PURCHASED -> "purchased";
            case CONSUMED -> "invoiced";
            case VOIDED, EXPIRED -> "voided";
        };
    }
}
