package com.nexasystems.billing.ledger;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.identity.Services;
import com.nexasystems.billing.tax.ServiceTaxes;
import com.nexasystems.billing.tax.TaxRates;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;

/**
 * Takes real invoices into the ledger, as drafts. May be killed and run again, also on several nodes at once: an invoice is
 * booked once, whatever was known of it before, and the order does not matter.
 *
 * <p>Nothing that an application says of an invoice is believed but its id: the source that the id's prefix names says what is
 * true. What cannot be verified is left out, reported, and asked for again in the next run.
 */
public final class Ingest {

    private final Journal journal;
    private final TaxRates rates;
    private final ServiceTaxes serviceTaxes;
    private final Services services;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public Ingest(Journal journal, TaxRates rates, ServiceTaxes serviceTaxes, Services services, Clock clock,
                  UnitOfWork unitOfWork) {
        this.journal = journal;
        this.rates = rates;
        this.serviceTaxes = serviceTaxes;
        this.services = services;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * A run, to be given the ids of invoices page by page.
     *
     * @param sources which of them is asked, the prefix of an id says
     */
    public IngestRun begin(List<InvoiceSource> sources, LedgerPolicy policy, IngestOptions options) {
        return new IngestRun(journal, unitOfWork, clock, sources,
                new Bookkeeping(policy, new LedgerRates(rates, serviceTaxes, services, policy.jurisdictions())), policy.zone(),
                options);
    }

    /**
     * Every invoice that a source lists.
     *
     * @throws PortFailure if the list cannot be read to its end; what was kept before stays
     */
    public IngestReport all(InvoiceSource source, LedgerPolicy policy, IngestOptions options) {
        IngestRun run = begin(List.of(source), policy, options);
        run.list(source, run::take);
        return run.report();
    }
}
