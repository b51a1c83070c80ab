package com.nexasystems.billing.testkit;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.catalog.Plans;
import com.nexasystems.billing.cutover.CutOvers;
import com.nexasystems.billing.cutover.Flip;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.Customers;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.reconciliation.AdoptedRules;
import com.nexasystems.billing.reconciliation.Cause;
import com.nexasystems.billing.reconciliation.ParityCertificate;
import com.nexasystems.billing.reconciliation.ReconciledRow;
import com.nexasystems.billing.reconciliation.ReconciledRow.Status;
import com.nexasystems.billing.reconciliation.Reconciliations;
import com.nexasystems.billing.reconciliation.Reconciliations.Cursor;
import com.nexasystems.billing.reconciliation.Resolution;
import com.nexasystems.billing.reconciliation.RowQuery;
import com.nexasystems.billing.reconciliation.Total;
import com.nexasystems.billing.shadow.ImportRun;
import com.nexasystems.billing.shadow.ShadowRecords;
import com.nexasystems.billing.shadow.ShadowRecords.Made;
import com.nexasystems.billing.shadow.ShadowRecords.Pruned;
import com.nexasystems.billing.shadow.ShadowRecords.Put;
import com.nexasystems.billing.shadow.ShadowSubscription;
import com.nexasystems.billing.shadow.SourceInvoice;
import com.nexasystems.billing.shadow.UsageTwin;
import com.nexasystems.billing.subscription.SubscriptionId;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** As {@link WrongAdapters}, for the shadow of another biller, its reconciliation, and cutting over. */
final class WrongShadow {

    private WrongShadow() {
    }

    private static Ports wrongRecords(Function<ShadowRecords, Object> mistakes) {
        return Wrong.in(Ports.inMemory(), ShadowRecords.class, mistakes);
    }

    private static Ports wrongRows(Function<Reconciliations, Object> mistakes) {
        return Wrong.in(Ports.inMemory(), Reconciliations.class, mistakes);
    }

    private static Ports wrongFlips(Function<CutOvers, Object> mistakes) {
        return Wrong.in(Ports.inMemory(), CutOvers.class, mistakes);
    }

    // --- plans and customers

    @Breaks("PL-6")
    static class PutsAllPlansIntoShadowMode extends PlansContract {
        @Override
        protected Ports emptyPorts() {
            return Wrong.in(Ports.inMemory(), Plans.class, right -> new Object() {
                public void setShadow(Collection<PlanCode> plans, boolean shadow) {
                    right.setShadow(right.all().stream().map(Plan::code).toList(), shadow);
                }
            });
        }
    }

    @Breaks("CU-7")
    static class FindsOneLinkOfEachCustomer extends CustomersContract {
        @Override
        protected Ports emptyPorts() {
            return Wrong.in(Ports.inMemory(), Customers.class, right -> new Object() {
                public Map<String, Customer> findLinked(ServiceId service, Collection<String> externalIds) {
                    Map<CustomerId, String> links = new HashMap<>();
                    Map<String, Customer> all = right.findLinked(service, externalIds);
                    all.forEach((link, customer) -> links.put(customer.id(), link));
                    return links.values().stream().collect(Collectors.toMap(Function.identity(), all::get));
                }
            });
        }
    }

    // --- records

    @Breaks("SH-1")
    static class FindsWhatWasMarkedAsAnything extends ShadowRecordsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongRecords(right -> new Object() {
                public Set<String> marked(ServiceId service, Made kind, Collection<String> keys) {
                    return Arrays.stream(Made.values()).flatMap(each -> right.marked(service, each, keys).stream())
                            .collect(Collectors.toSet());
                }
            });
        }
    }

    @Breaks("SH-2")
    static class GivesOneSubscriptionMore extends ShadowRecordsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongRecords(right -> new Object() {
                public List<ShadowSubscription> subscriptions(ServiceId service, Optional<String> after, int limit) {
                    return right.subscriptions(service, after, limit + 1);
                }
            });
        }
    }

    @Breaks("SH-3")
    static class SaysThatWhatWasThereIsChanged extends ShadowRecordsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongRecords(right -> new Object() {
                public List<Put> put(ServiceId service, List<SourceInvoice> invoices) {
                    return right.put(service, invoices).stream()
                            .map(put -> put == Put.UNCHANGED ? Put.UPDATED : put).toList();
                }
            });
        }
    }

    @Breaks({"SH-3", "SH-4"})
    static class TakesZerosFromTheEndOfAmounts extends ShadowRecordsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongRecords(right -> new Object() {
                public List<Put> put(ServiceId service, List<SourceInvoice> invoices) {
                    return right.put(service, invoices.stream().map(i -> new SourceInvoice(i.id(), i.userId(),
                            i.subscriptionId(), i.billedAt(), i.number(), i.currency(), i.status(),
                            i.subtotal().stripTrailingZeros(), i.tax().stripTrailingZeros(), i.createdAt(), i.items()))
                            .toList());
                }
            });
        }
    }

    @Breaks("SH-4")
    static class GivesAnInvoiceForEachOfItsItems extends ShadowRecordsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongRecords(right -> new Object() {
                public Map<String, List<SourceInvoice>> invoices(ServiceId service, Collection<String> subscriptions) {
                    var multiplied = new HashMap<>(right.invoices(service, subscriptions));
                    multiplied.replaceAll((id, invoices) -> invoices.stream().flatMap(invoice -> Collections
                            .nCopies(Math.max(1, invoice.items().size()), invoice).stream()).toList());
                    return multiplied;
                }
            });
        }
    }

    @Breaks("SH-5")
    static class LeavesOutInvoicesOfUnknownSubscriptions extends ShadowRecordsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongRecords(right -> new Object() {
                private final Set<String> known = new HashSet<>();

                public void add(ServiceId service, List<ShadowSubscription> subscriptions) {
                    subscriptions.forEach(one -> known.add(one.externalId()));
                    right.add(service, subscriptions);
                }

                public List<SourceInvoice> unlinked(ServiceId service, Optional<String> after, int limit) {
                    return right.unlinked(service, after, limit).stream().filter(invoice -> known.isEmpty()
                            || invoice.subscriptionId().map(known::contains).orElse(true)).toList();
                }
            });
        }
    }

    @Breaks("SH-6")
    static class GivesATwinAsOftenAsItWasPut extends ShadowRecordsContract {
        @Override
        protected Ports emptyPorts() {
            List<String> put = new ArrayList<>();
            return wrongRecords(right -> new Object() {
                public void putTwins(ServiceId service, List<UsageTwin> twins) {
                    twins.forEach(twin -> put.add(twin.subscription() + twin.id()));
                    right.putTwins(service, twins);
                }

                public List<UsageTwin> twins(Collection<SubscriptionId> subscriptions) {
                    return right.twins(subscriptions).stream().flatMap(twin -> Collections.nCopies(
                            Collections.frequency(put, twin.subscription() + twin.id()), twin).stream()).toList();
                }
            });
        }
    }

    @Breaks("SH-7")
    static class KeepsTheFirstImport extends ShadowRecordsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongRecords(right -> new Object() {
                public void add(ImportRun run) {
                    if (right.lastRun(run.service()).isEmpty()) {
                        right.add(run);
                    }
                }
            });
        }
    }

    @Breaks("SH-8")
    static class CountsTheSubscriptionsOfAllServices extends ShadowRecordsContract {
        @Override
        protected Ports emptyPorts() {
            Set<ServiceId> known = new LinkedHashSet<>();
            return wrongRecords(right -> new Object() {
                public void add(ServiceId service, List<ShadowSubscription> subscriptions) {
                    known.add(service);
                    right.add(service, subscriptions);
                }

                public long countSubscriptions(ServiceId service) {
                    return known.stream().mapToLong(right::countSubscriptions).sum();
                }
            });
        }
    }

    @Breaks("SH-9")
    static class PrunesAllServices extends ShadowPruningContract {
        @Override
        protected Ports emptyPorts() {
            Set<ServiceId> known = new LinkedHashSet<>();
            return wrongRecords(right -> new Object() {
                public void add(ServiceId service, List<ShadowSubscription> subscriptions) {
                    known.add(service);
                    right.add(service, subscriptions);
                }

                public Pruned prune(ServiceId service) {
                    known.stream().filter(other -> !other.equals(service)).forEach(right::prune);
                    return right.prune(service);
                }
            });
        }
    }

    @Breaks("SH-9")
    static class PrunesNothing extends ShadowPruningContract {
        @Override
        protected Ports emptyPorts() {
            return wrongRecords(right -> new Object() {
                public Pruned prune(ServiceId service) {
                    return new Pruned(0, 0, 0, 0, 0);
                }
            });
        }
    }

    @Breaks("SH-10")
    static class KeepsWhatIsGone extends ShadowRecordsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongRecords(right -> new Object() {
                public long keepOnly(ServiceId service, Optional<String> after, Optional<String> through,
                                     Collection<String> ids) {
                    return 0;
                }
            });
        }
    }

    // --- reconciliations

    @Breaks("RC-1")
    static class RoundsCauses extends ReconciliationsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongRows(right -> new Object() {
                public Optional<ReconciledRow> find(ServiceId service, String subscription, LocalDate start) {
                    return right.find(service, subscription, start).map(row -> new ReconciledRow(row.service(),
                            row.subscription(), row.start(), row.end(), row.currency(), row.computed(), row.actual(),
                            row.computedFlat(), row.actualFlat(), row.actualUsage(), row.status(),
                            row.causes().stream().map(this::rounded).toList(), row.unexplained(), row.resolution()));
                }

                private Cause rounded(Cause cause) {
                    return new Cause(cause.kind(), cause.amount().scale() < 2 ? cause.amount()
                            : cause.amount().setScale(2, RoundingMode.HALF_UP), cause.note());
                }
            });
        }
    }

    @Breaks("RC-2")
    static class KeepsAResolutionWhateverTheFigures extends ReconciliationsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongRows(right -> new Object() {
                public void put(UUID run, List<ReconciledRow> rows) {
                    right.put(run, rows.stream().map(row -> right.find(row.service(), row.subscription(), row.start())
                            .filter(before -> row.status() == Status.DELTA).flatMap(ReconciledRow::resolution)
                            .map(row::resolved).orElse(row)).toList());
                }
            });
        }
    }

    @Breaks("RC-3")
    static class ResolvesWhateverTheFigures extends ReconciliationsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongRows(right -> new Object() {
                public boolean resolve(ReconciledRow seen, Resolution resolution) {
                    return right.find(seen.service(), seen.subscription(), seen.start())
                            .map(now -> right.resolve(now, resolution)).orElse(false);
                }
            });
        }
    }

    @Breaks("RC-4")
    static class ListsTheRowsOfAllDays extends ReconciliationsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongRows(right -> new Object() {
                public List<ReconciledRow> list(RowQuery query, Optional<Cursor> after, int limit) {
                    return right.list(query.between(RowQuery.FIRST_DAY, RowQuery.LAST_DAY), after, limit);
                }
            });
        }
    }

    @Breaks("RC-5")
    static class SweepsAllDaysAfterTheFirst extends ReconciliationsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongRows(right -> new Object() {
                public void sweep(ServiceId service, Collection<String> subscriptions, LocalDate from, LocalDate until,
                                  UUID run) {
                    right.sweep(service, subscriptions, from, RowQuery.LAST_DAY, run);
                }
            });
        }
    }

    @Breaks("RC-6")
    static class TotalsRowsOfAnyStatus extends ReconciliationsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongRows(right -> new Object() {
                public List<Total> totals(RowQuery query) {
                    return right.totals(query.in(Status.values()));
                }
            });
        }
    }

    @Breaks("RC-7")
    static class KeepsTheRulesThatWereAdoptedFirst extends ReconciliationsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongRows(right -> new Object() {
                public void adopt(AdoptedRules rules) {
                    if (right.adopted(rules.service()).isEmpty()) {
                        right.adopt(rules);
                    }
                }
            });
        }
    }

    @Breaks("RC-8")
    static class FindsTheRowOfAnyService extends ReconciliationsContract {
        @Override
        protected Ports emptyPorts() {
            Set<ServiceId> known = new LinkedHashSet<>();
            return wrongRows(right -> new Object() {
                public void put(UUID run, List<ReconciledRow> rows) {
                    rows.forEach(row -> known.add(row.service()));
                    right.put(run, rows);
                }

                public Optional<ReconciledRow> find(ServiceId service, String subscription, LocalDate start) {
                    return Stream.concat(Stream.of(service), known.stream())
                            .flatMap(each -> right.find(each, subscription, start).stream()).findFirst();
                }
            });
        }
    }

    @Breaks("RC-9")
    static class RemovesTheRowsOfAllServices extends ReconciliationsContract {
        @Override
        protected Ports emptyPorts() {
            Set<ServiceId> known = new LinkedHashSet<>();
            return wrongRows(right -> new Object() {
                public void put(UUID run, List<ReconciledRow> rows) {
                    rows.forEach(row -> known.add(row.service()));
                    right.put(run, rows);
                }

                public void remove(ServiceId service) {
                    known.forEach(right::remove);
                }
            });
        }
    }

    @Breaks("RC-10")
    static class RemovesCertificatesToo extends ReconciliationsContract {
        @Override
        protected Ports emptyPorts() {
            Set<ServiceId> removed = new HashSet<>();
            return wrongRows(right -> new Object() {
                public void remove(ServiceId service) {
                    removed.add(service);
                    right.remove(service);
                }

                public Optional<ParityCertificate> certificate(UUID id) {
                    return right.certificate(id).filter(certificate -> !removed.contains(certificate.service()));
                }
            });
        }
    }

    // --- cutting over

    @Breaks("FL-1")
    static class SeesWhatWasThereWhenItWasFirstClaimed extends CutOversContract {
        @Override
        protected Ports emptyPorts() {
            Map<ServiceId, List<Flip>> seen = new HashMap<>();
            return wrongFlips(right -> new Object() {
                public void claim(ServiceId service) {
                    right.claim(service);
                    seen.putIfAbsent(service, right.of(service));
                }

                public List<Flip> of(ServiceId service) {
                    return seen.getOrDefault(service, right.of(service));
                }
            });
        }
    }

    @Breaks("FL-2")
    static class ForgetsWhoWasFlipped extends CutOversContract {
        @Override
        protected Ports emptyPorts() {
            return wrongFlips(right -> new Object() {
                public void add(Flip flip) {
                    right.add(new Flip(flip.id(), flip.service(), Optional.empty(), flip.since(), flip.subscriptions(),
                            flip.by(), flip.at(), flip.reverted()));
                }
            });
        }
    }

    @Breaks("FL-3")
    static class ReplacesAllOfAFlip extends CutOversContract {
        @Override
        protected Ports emptyPorts() {
            Map<UUID, Flip> updated = new LinkedHashMap<>();
            return wrongFlips(right -> new Object() {
                public void update(Flip flip) {
                    updated.put(flip.id(), flip);
                }

                public List<Flip> of(ServiceId service) {
                    return right.of(service).stream().map(flip -> updated.getOrDefault(flip.id(), flip)).toList();
                }
            });
        }
    }

    @Breaks("FL-4")
    static class GivesTheFlipsOfAllServices extends CutOversContract {
        @Override
        protected Ports emptyPorts() {
            Set<ServiceId> known = new LinkedHashSet<>();
            return wrongFlips(right -> new Object() {
                public void add(Flip flip) {
                    known.add(flip.service());
                    right.add(flip);
                }

                public List<Flip> of(ServiceId service) {
                    return known.stream().flatMap(each -> right.of(each).stream()).toList();
                }
            });
        }
    }
}
