package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.directory.Directory;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.directory.Kind;
import com.nexasystems.billing.http.CustomerStore.Known;
import com.nexasystems.billing.wallet.CreateWallet.Request;
import com.nexasystems.billing.wallet.TransactionId;
import com.nexasystems.billing.wallet.TransactionQuery;
import com.nexasystems.billing.wallet.Wallet;
import com.nexasystems.billing.wallet.WalletId;
import com.nexasystems.billing.wallet.WalletTransaction;
import com.nexasystems.billing.wallet.Wallets;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code /wallets} and {@code /wallet_transactions}: credits that customers have prepaid or were given. */
final class WalletRoutes {

    private static final String ROOT = "wallet";
    private static final String ONE = "/wallets/{id}";
    private static final Comparator<Wallet> NEWEST_FIRST = Comparator.comparing(Wallet::createdAt)
            .thenComparing(Wallet::id).reversed();

    private final Billing billing;
    private final Directory directory;
    private final Wallets wallets;
    private final CustomerStore customers;
    private final WalletJson json;

    WalletRoutes(Billing billing) {
        this.billing = billing;
        this.directory = billing.ports().directory();
        this.wallets = billing.ports().wallets();
        this.customers = new CustomerStore(billing);
        this.json = new WalletJson(billing);
    }

    List<Route> routes() {
        return List.of(Route.post("/wallets", this::create), Route.get("/wallets", this::list), Route.get(ONE, this::one),
                Route.put(ONE, this::change), Route.delete(ONE, this::terminate),
                Route.get(ONE + "/wallet_transactions", this::transactions),
                Route.post("/wallet_transactions", this::topUp),
                Route.get("/wallet_transactions/{id}", this::transaction));
    }

    private Answer create(Call call) {
        Fields fields = call.body(ROOT);
        String externalId = fields.mandatory("external_customer_id");
        fields.check();
        Known holder = customers.one(call, externalId);
        fields.mandatory("rate_amount");
        fields.mandatory("currency");
        BigDecimal rate = fields.decimal("rate_amount").orElse(BigDecimal.ONE);
        if (rate.signum() <= 0) {
            fields.problem("rate_amount", "value_is_out_of_range");
        }
        Optional<Currency> currency = fields.currency("currency");
        BigDecimal paid = WalletJson.credits(fields, "paid_credits");
        BigDecimal granted = WalletJson.credits(fields, "granted_credits");
        Wallet.Settings settings = json.read(call.service(), holder.customer(), fields, Optional.empty(), call.now());
        if (!holder.customer().currency().map(currency.get()::equals).orElse(true)) {
            throw ApiError.invalid("currency", "currencies_does_not_match",
                    "the customer is billed in " + holder.customer().currency().orElseThrow());
        }
        Wallet wallet = billing.wallets().create(call.serviceId(), new Request(holder.customer(), currency.get(), rate,
                settings));
        Map<String, String> attributes = new TreeMap<>();
        WalletJson.keep(fields, attributes, settings.scope());
        directory.add(entry(wallet, attributes, call));
        fill(call, holder, wallet, paid, granted, BigDecimal.ZERO);
        return answer(call, "wallet.created", wallet.id());
    }

    private static Entry entry(Wallet wallet, Map<String, String> attributes, Call call) {
        return Entry.of(wallet.id().value(), call.serviceId(), Kind.WALLET, wallet.id().toString(), wallet.id().toString(),
                call.now(), attributes);
    }

    /** What has to be paid is invoiced at once, and there when that is paid. */
    private List<WalletTransaction> fill(Call call, Known holder, Wallet wallet, BigDecimal paid, BigDecimal granted,
                                         BigDecimal voided) {
        List<WalletTransaction> made = new ArrayList<>();
        if (paid.signum() > 0) {
            WalletTransaction purchase = billing.topUpWallet().purchase(call.serviceId(), wallet.id(), paid,
                    Optional.empty());
            billing.oneOff().issueCredits(call.serviceId(), holder.customer(), purchase);
            made.add(purchase);
        }
        if (granted.signum() > 0) {
            made.add(billing.topUpWallet().grant(call.serviceId(), wallet.id(), granted, Optional.empty()));
        }
        if (voided.signum() > 0) {
            made.add(billing.topUpWallet().voidCredits(call.serviceId(), wallet.id(), voided));
        }
        return made;
    }

    private Answer list(Call call) {
        PageRequest request = call.page();
        Known holder = call.query("external_customer_id").flatMap(id -> customers.find(call.serviceId(), id))
                .orElseThrow(() -> ApiError.notFound("customer"));
        List<Wallet> all = wallets.of(holder.holder()).stream().sorted(NEWEST_FIRST).toList();
        Page<Wallet> page = Page.of(all, request);
        Map<Wallet, Json> shown = all(call, page.items(), holder);
        return Answer.ok(Pages.of("wallets", page, request, shown::get));
    }

    private Answer one(Call call) {
        return shown(call, wallet(call, call.path("id")));
    }

    private Answer change(Call call) {
        Wallet wallet = wallet(call, call.path("id"));
        Known holder = holder(call, wallet);
        call.before(all(call, List.of(wallet), holder).get(wallet));
        Fields fields = call.body(ROOT);
        Wallet.Settings settings = json.read(call.service(), holder.customer(), fields, Optional.of(wallet), call.now());
        billing.wallets().update(call.serviceId(), wallet.id(), settings);
        Optional<Entry> entry = directory.find(call.serviceId(), Kind.WALLET, wallet.id().toString());
        Map<String, String> attributes = new TreeMap<>(entry.map(Entry::attributes).orElse(Map.of()));
        WalletJson.keep(fields, attributes, settings.scope());
        keep(call, wallet, attributes);
        return answer(call, "wallet.changed", wallet.id());
    }

    private void keep(Call call, Wallet wallet, Map<String, String> attributes) {
        directory.find(call.serviceId(), Kind.WALLET, wallet.id().toString()).ifPresentOrElse(
                known -> directory.update(known.with(attributes, call.now())),
                () -> directory.add(entry(wallet, attributes, call)));
    }

    private Answer terminate(Call call) {
        Wallet wallet = wallet(call, call.path("id"));
        if (wallet.isActive()) {
            billing.terminateWallet().terminate(call.serviceId(), wallet.id());
            Map<String, String> attributes = new TreeMap<>(directory.find(call.serviceId(), Kind.WALLET,
                    wallet.id().toString()).map(Entry::attributes).orElse(Map.of()));
            attributes.put("terminated_at", Times.of(call.now()));
            keep(call, wallet, attributes);
        }
        return answer(call, "wallet.terminated", wallet.id());
    }

    private Answer topUp(Call call) {
        Fields fields = call.body("wallet_transaction");
        String id = fields.mandatory("wallet_id");
        BigDecimal paid = WalletJson.credits(fields, "paid_credits");
        BigDecimal granted = WalletJson.credits(fields, "granted_credits");
        BigDecimal voided = WalletJson.credits(fields, "voided_credits");
        if (fields.flag("invoice_requires_successful_payment").orElse(false)) {
            fields.problem("invoice_requires_successful_payment", "value_is_invalid",
                    "credits are invoiced at once, and there when that is paid");
        }
        fields.check();
        Wallet wallet = find(call, id).orElseThrow(() -> ApiError.invalid("wallet_id", "wallet_not_found"));
        if (!wallet.isActive()) {
            throw ApiError.invalid("wallet_id", "wallet_is_terminated");
        }
        if (voided.compareTo(wallet.balance().units()) > 0) {
            throw ApiError.invalid("voided_credits", "insufficient_credits");
        }
        List<WalletTransaction> made = fill(call, holder(call, wallet), wallet, paid, granted, voided);
        call.audit("wallet.topped_up", "wallet " + wallet.id());
        return Answer.ok(Json.object("wallet_transactions",
                made.stream().map(each -> json.of(wallet.holder(), each)).toList()));
    }

    private Answer transactions(Call call) {
        Wallet wallet = wallet(call, call.path("id"));
        PageRequest request = call.page();
        Page<WalletTransaction> page = wallets.list(wallet.id(), query(call), request);
        return Answer.ok(Pages.of("wallet_transactions", page, request, each -> json.of(wallet.holder(), each)));
    }

    private static TransactionQuery query(Call call) {
        Set<WalletTransaction.Kind> kinds = Arrays.stream(WalletTransaction.Kind.values())
                .filter(kind -> call.query("transaction_type").map(type -> type.equals(kind.isInbound() ? "inbound"
                        : "outbound")).orElse(true))
                .filter(kind -> call.query("transaction_status").map(WalletJson.status(kind)::equals).orElse(true))
                .collect(Collectors.toSet());
        Set<WalletTransaction.Status> statuses = Arrays.stream(WalletTransaction.Status.values())
                .filter(status -> call.query("status").map(status.code()::equals).orElse(true)).collect(Collectors.toSet());
        return new TransactionQuery(kinds, statuses);
    }

    private Answer transaction(Call call) {
        WalletTransaction found = Uuids.parse(call.path("id")).map(TransactionId::new)
                .flatMap(id -> wallets.findAll(List.of(id)).stream().findFirst())
                .orElseThrow(() -> ApiError.notFound("wallet_transaction"));
        Wallet wallet = find(call, found.wallet().toString()).orElseThrow(() -> ApiError.notFound("wallet_transaction"));
        return Answer.ok(Json.object("wallet_transaction", json.of(wallet.holder(), found)));
    }

    private Answer answer(Call call, String action, WalletId id) {
        call.audit(action, "wallet " + id);
        return shown(call, wallets.find(id).orElseThrow());
    }

    private Answer shown(Call call, Wallet wallet) {
        return Answer.ok(Json.object(ROOT, all(call, List.of(wallet), holder(call, wallet)).get(wallet)));
    }

    /** Of a customer, the newest first. */
    List<Json> all(Call call, Known holder) {
        List<Wallet> own = wallets.of(holder.holder()).stream().sorted(NEWEST_FIRST).toList();
        Map<Wallet, Json> shown = all(call, own, holder);
        return own.stream().map(shown::get).toList();
    }

    private Map<Wallet, Json> all(Call call, List<Wallet> some, Known holder) {
        Map<String, Entry> entries = directory.findAll(call.serviceId(), Kind.WALLET,
                some.stream().map(wallet -> wallet.id().toString()).toList());
        var consumed = wallets.consumption(some.stream().map(Wallet::id).toList());
        return some.stream().collect(Collectors.toMap(wallet -> wallet, wallet -> json.of(call.service(), wallet, holder,
                Optional.ofNullable(entries.get(wallet.id().toString())).orElseGet(() -> entry(wallet, Map.of(), call)),
                Optional.ofNullable(consumed.get(wallet.id())))));
    }

    private Known holder(Call call, Wallet wallet) {
        return customers.byId(call.serviceId(), List.of(wallet.holder().customer())).get(wallet.holder().customer());
    }

    private Wallet wallet(Call call, String id) {
        return find(call, id).orElseThrow(() -> ApiError.notFound(ROOT));
    }

    private Optional<Wallet> find(Call call, String id) {
        return Uuids.parse(id).map(WalletId::new).flatMap(wallets::find)
                .filter(wallet -> wallet.holder().service().equals(call.serviceId()));
    }
}
