package com.nexasystems.billing.app;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.http.LagoInvoices;
import com.nexasystems.billing.http.LagoSettings;
import com.nexasystems.billing.ledger.InvoiceSource;
import com.nexasystems.billing.ledger.LedgerSetup;
import com.nexasystems.billing.ledger.OwnInvoices;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.stripe.StripeInvoices;
import com.nexasystems.billing.stripe.StripeInvoices.Pace;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ledger as the settings say it: its rules, and the sources of invoices. Closes what it has opened. */
final class ConfiguredLedger implements AutoCloseable {

    private final LedgerSetup setup;
    private final Optional<LagoInvoices> lago;

    private ConfiguredLedger(LedgerSetup setup, Optional<LagoInvoices> lago) {
        this.setup = setup;
        this.lago = lago;
    }

    /** @throws InvalidValue naming the setting, if one cannot be used */
    static void check(Settings settings) {
        lago(settings, LedgerFile.of(settings).policy().zone());
    }

    /** Asks nobody yet. */
    static ConfiguredLedger of(Settings settings, Ports ports, Clock clock) {
        LedgerFile file = LedgerFile.of(settings);
        Optional<LagoInvoices> lago = lago(settings, file.policy().zone()).map(known -> LagoInvoices.open(known, clock));
        List<InvoiceSource> sources = new ArrayList<>();
        stripe(settings, clock).ifPresent(sources::add);
        lago.ifPresent(sources::add);
        sources.add(own(ports, clock, file.policy().zone()));
        return new ConfiguredLedger(new LedgerSetup(sources, file.policy(), file.chart()), lago);
    }

    private static Optional<StripeInvoices> stripe(Settings settings, Clock clock) {
        var pace = new Pace(settings.integer(Setting.BILLING_STRIPE_RATE), Pace.DEFAULT.atOnce(), Pace.DEFAULT.attempts());
        return Connected.stripe(settings).map(stripe -> StripeInvoices.of(stripe, clock, pace));
    }

    private static OwnInvoices own(Ports ports, Clock clock, ZoneId zone) {
        return new OwnInvoices(ports.invoices(), ports.creditNotes(), ports.payments(), ports.wallets(), ports.customers(),
                ports.billingTerms(), ports.auditTrail(), clock, ports.unitOfWork(), zone, "stripe");
    }

    /** @param zone of the dates that Lago says without one */
    private static Optional<LagoSettings> lago(Settings settings, ZoneId zone) {
        String url = settings.text(Setting.BILLING_LAGO_URL);
        String key = settings.text(Setting.BILLING_LAGO_API_KEY);
        if (url.isEmpty() != key.isEmpty()) {
            throw new InvalidValue((url.isEmpty() ? Setting.BILLING_LAGO_URL : Setting.BILLING_LAGO_API_KEY).name(),
                    "is mandatory with " + (url.isEmpty() ? Setting.BILLING_LAGO_API_KEY : Setting.BILLING_LAGO_URL));
        }
        if (url.isEmpty()) {
            return Optional.empty();
        }
        try {
            LagoSettings lago = LagoSettings.of(URI.create(url), key, zone);
            return Optional.of(lago.asking(settings.integer(Setting.BILLING_LAGO_RATE), lago.concurrency()));
        } catch (IllegalArgumentException e) {
            boolean ofKey = e.getMessage().startsWith("key");
            throw new InvalidValue((ofKey ? Setting.BILLING_LAGO_API_KEY : Setting.BILLING_LAGO_URL).name(), e.getMessage());
        }
    }

    LedgerSetup setup() {
        return setup;
    }

    /** The source of the invoices that are issued here, as a list. */
    static List<InvoiceSource> own(LedgerSetup setup) {
        return named(setup, "own");
    }

    /** The source of that name, as a list; an empty one if it is not configured. */
    static List<InvoiceSource> named(LedgerSetup setup, String name) {
        return setup.sources().stream().filter(source -> source.name().equals(name)).toList();
    }

    @Override
    public void close() {
        lago.ifPresent(LagoInvoices::close);
    }
}
