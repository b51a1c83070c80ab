package com.nexasystems.billing.testkit;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.Entropy;
import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.catalog.Plans;
import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventLog;
import com.nexasystems.billing.event.EventLog.Sequenced;
import com.nexasystems.billing.gate.Check;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.Customers;
import com.nexasystems.billing.identity.Customers.Candidate;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.identity.Services;
import com.nexasystems.billing.invoicing.CreditNote;
import com.nexasystems.billing.invoicing.CreditNoteId;
import com.nexasystems.billing.invoicing.CreditNotes;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.invoicing.InvoiceNumbers;
import com.nexasystems.billing.invoicing.InvoiceNumbers.Series;
import com.nexasystems.billing.invoicing.InvoiceQuery;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.invoicing.Invoices;
import com.nexasystems.billing.invoicing.Stretch;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.metric.Metrics;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.BillingCycle;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.rating.ThresholdMarks;
import com.nexasystems.billing.rating.ThresholdMarks.Mark;
import com.nexasystems.billing.subscription.Phase;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.subscription.SubscriptionState;
import com.nexasystems.billing.subscription.Subscriptions;
import com.nexasystems.billing.subscription.Subscriptions.Cursor;
import com.nexasystems.billing.subscription.Subscriptions.PlanCursor;
import com.nexasystems.billing.subscription.Subscriptions.WhenHeld;
import com.nexasystems.billing.tax.Jurisdiction;
import com.nexasystems.billing.tax.TaxRate;
import com.nexasystems.billing.tax.TaxRates;
import com.nexasystems.billing.usage.AggregatedUsage;
import com.nexasystems.billing.usage.FreshUsage;
import com.nexasystems.billing.usage.LateUsage;
import com.nexasystems.billing.usage.UsageKey;
import com.nexasystems.billing.usage.UsageRecord;
import com.nexasystems.billing.usage.UsageRecords;
import com.nexasystems.billing.usage.UsageRecords.Answer;
import com.nexasystems.billing.usage.UsageRecords.Result;
import com.nexasystems.billing.usage.UsageWindow;
import com.nexasystems.billing.usage.UsageWindow.Detail;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Adapters that are right but for one mistake each, of the kind that real adapters make. Never run by themselves. */
final class WrongAdapters {

    private WrongAdapters() {
    }

    private static <P> Ports wrong(Class<P> port, Function<P, Object> mistakes) {
        return Wrong.in(Ports.inMemory(), port, mistakes);
    }

    private static <T> List<T> reversed(List<T> list) {
        var reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }

    // --- unit of work

    @Breaks("UW-1")
    static class ForgetsWhatWasAudited extends UnitOfWorkContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(AuditTrail.class, right -> new Object() {
                public void add(List<AuditEntry> entries) {
                }
            });
        }
    }

    @Breaks("UW-2")
    static class KeepsAuditEntriesOfWorkThatFailed extends UnitOfWorkContract {
        @Override
        protected Ports emptyPorts() {
            var kept = new LinkedHashSet<AuditEntry>();
            return wrong(AuditTrail.class, right -> new Object() {
                public void add(List<AuditEntry> entries) {
                    kept.addAll(entries);
                }

                public List<AuditEntry> of(String subject) {
                    return List.copyOf(kept);
                }
            });
        }
    }

    @Breaks("UW-3")
    static class KeepsInnerWorkWhenOuterWorkFails extends UnitOfWorkContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(UnitOfWork.class, right -> new UnitOfWork() {
                private final List<Supplier<?>> inner = new ArrayList<>();
                private int depth;

                @Override
                public <T> T call(Supplier<T> work) {
                    depth++;
                    try {
                        T result = right.call(work);
                        if (depth > 1) {
                            inner.add(work);
                        }
                        return result;
                    } catch (RuntimeException e) {
                        if (depth == 1) {
                            inner.forEach(right::call);
                        }
                        throw e;
                    } finally {
                        depth--;
                    }
                }
            });
        }
    }

    @Breaks("UW-4")
    static class ShowsWorkThatGoesOn extends UnitOfWorkContract {
        @Override
        protected Ports emptyPorts() {
            var uncommitted = new ConcurrentHashMap<MetricCode, Metric>();
            Ports leaky = wrong(Metrics.class, right -> new Object() {
                public boolean add(Metric metric) {
                    uncommitted.put(metric.code(), metric);
                    return right.add(metric);
                }

                public Optional<Metric> find(MetricCode code) {
                    return Optional.ofNullable(uncommitted.get(code)).or(() -> right.find(code));
                }
            });
            return Wrong.in(leaky, UnitOfWork.class, right -> new UnitOfWork() {
                @Override
                public <T> T call(Supplier<T> work) {
                    try {
                        return right.call(work);
                    } finally {
                        uncommitted.clear();
                    }
                }
            });
        }
    }

    // --- ids and entropy

    @Breaks("ID-1")
    static class GivesAnIdTwice extends IdsContract {
        @Override
        protected Ports emptyPorts() {
            var calls = new AtomicLong();
            return wrong(Ids.class, right -> new Object() {
                public UUID next() {
                    return new UUID(0, calls.incrementAndGet() / 2);
                }
            });
        }
    }

    @Breaks("ID-2")
    static class GivesRandomIds extends IdsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Ids.class, right -> new Object() {
                public UUID next() {
                    return UUID.randomUUID();
                }
            });
        }
    }

    @Breaks("EN-1")
    static class GivesAByteTooMany extends EntropyContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Entropy.class, right -> new Object() {
                public byte[] bytes(int count) {
                    return right.bytes(count + 1);
                }
            });
        }
    }

    @Breaks("EN-2")
    static class SeedsItsRandomnessAnew extends EntropyContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Entropy.class, right -> new Object() {
                public byte[] bytes(int count) {
                    var bytes = new byte[count];
                    new Random(42).nextBytes(bytes);
                    return bytes;
                }
            });
        }
    }

    // --- audit trail

    @Breaks("AT-1")
    static class DropsEmptyDetails extends AuditTrailContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(AuditTrail.class, right -> new Object() {
                public void add(List<AuditEntry> entries) {
                    right.add(entries.stream().map(this::withoutEmptyDetails).toList());
                }

                private AuditEntry withoutEmptyDetails(AuditEntry entry) {
                    var details = new TreeMap<>(entry.details());
                    details.values().removeIf(String::isEmpty);
                    return new AuditEntry(entry.at(), entry.actor(), entry.action(), entry.subject(), details);
                }
            });
        }
    }

    @Breaks("AT-2")
    static class OrdersEntriesByTime extends AuditTrailContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(AuditTrail.class, right -> new Object() {
                public List<AuditEntry> of(String subject) {
                    return right.of(subject).stream().sorted(Comparator.comparing(AuditEntry::at)).toList();
                }
            });
        }
    }

    @Breaks("AT-3")
    static class KeepsEqualEntriesOnce extends AuditTrailContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(AuditTrail.class, right -> new Object() {
                public List<AuditEntry> of(String subject) {
                    return right.of(subject).stream().distinct().toList();
                }
            });
        }
    }

    // --- metrics

    @Breaks("ME-1")
    static class FoldsTheCaseOfMetricCodes extends MetricsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Metrics.class, right -> new Object() {
                public Optional<Metric> find(MetricCode code) {
                    return right.all().stream().filter(metric -> metric.code().value().equalsIgnoreCase(code.value()))
                            .findFirst();
                }
            });
        }
    }

    @Breaks("ME-2")
    static class SaysThatATakenMetricCodeWasAdded extends MetricsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Metrics.class, right -> new Object() {
                public boolean add(Metric metric) {
                    right.add(metric);
                    return true;
                }
            });
        }
    }

    @Breaks("ME-3")
    static class SortsMetricsWithoutRegardToCase extends MetricsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Metrics.class, right -> new Object() {
                public List<Metric> all() {
                    return right.all().stream().sorted(Comparator.comparing(metric ->
                            metric.code().value().toLowerCase(Locale.ROOT))).toList();
                }
            });
        }
    }

    // --- plans

    @Breaks("PL-1")
    static class ForgetsThatAPlanIsBilledInAdvance extends PlansContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Plans.class, right -> new Object() {
                public Optional<Plan> find(PlanCode code) {
                    return right.find(code).map(plan -> new Plan(plan.code(), plan.name(), plan.currency(), plan.interval(),
                            false, plan.active(), plan.terms(), plan.versions()));
                }
            });
        }
    }

    @Breaks("PL-2")
    static class SaysThatATakenPlanCodeWasAdded extends PlansContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Plans.class, right -> new Object() {
                public boolean add(Plan plan) {
                    right.add(plan);
                    return true;
                }
            });
        }
    }

    @Breaks("PL-3")
    static class ForgetsVersionsAfterTheThird extends PlansContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Plans.class, right -> new Object() {
                public boolean publish(PlanCode plan, PlanVersion version) {
                    return version.number() > 3 || right.publish(plan, version);
                }
            });
        }
    }

    @Breaks("PL-4")
    static class SaysThatATakenVersionWasPublished extends PlansContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Plans.class, right -> new Object() {
                public boolean publish(PlanCode plan, PlanVersion version) {
                    right.publish(plan, version);
                    return true;
                }
            });
        }
    }

    @Breaks("PL-5")
    static class ReversesPlans extends PlansContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Plans.class, right -> new Object() {
                public List<Plan> all() {
                    return reversed(right.all());
                }
            });
        }
    }

    // --- services

    @Breaks("SV-1")
    static class FindsNoServiceByCode extends ServicesContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Services.class, right -> new Object() {
                public Optional<Service> findByCode(String code) {
                    return Optional.empty();
                }
            });
        }
    }

    @Breaks("SV-2")
    static class SaysThatATakenServiceCodeWasAdded extends ServicesContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Services.class, right -> new Object() {
                public boolean add(Service service) {
                    right.add(service);
                    return true;
                }
            });
        }
    }

    @Breaks("SV-3")
    static class ForgetsThatEventsAreTakenLeniently extends ServicesContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Services.class, right -> new Object() {
                public void update(Service service) {
                    right.update(service.lenientEvents(right.find(service.id()).orElseThrow().lenientEvents()));
                }
            });
        }
    }

    @Breaks("SV-4")
    static class ReversesServices extends ServicesContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Services.class, right -> new Object() {
                public List<Service> all() {
                    return reversed(right.all());
                }
            });
        }
    }

    // --- customers

    @Breaks("CU-1")
    static class FoldsTheCaseOfExternalIds extends CustomersContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Customers.class, right -> new Object() {
                public List<Customer> link(ServiceId service, List<Candidate> candidates) {
                    return right.link(service, candidates.stream().map(candidate ->
                            new Candidate(candidate.externalId().toLowerCase(Locale.ROOT), candidate.customer())).toList());
                }

                public Optional<Customer> findLinked(ServiceId service, String externalId) {
                    return right.findLinked(service, externalId.toLowerCase(Locale.ROOT));
                }
            });
        }
    }

    @Breaks({"CU-2", "CU-3", "CU-4"})
    static class KeepsCandidatesThatWereNotNeeded extends CustomersContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Customers.class, right -> new Object() {
                private final Map<CustomerId, Customer> orphans = new ConcurrentHashMap<>();

                public List<Customer> link(ServiceId service, List<Candidate> candidates) {
                    candidates.forEach(candidate -> orphans.put(candidate.customer().id(), candidate.customer()));
                    return right.link(service, candidates);
                }

                public Optional<Customer> find(CustomerId id) {
                    return right.find(id).or(() -> Optional.ofNullable(orphans.get(id)));
                }

                public Map<CustomerId, Customer> findAll(Collection<CustomerId> ids) {
                    var found = new HashMap<>(orphans);
                    found.putAll(right.findAll(ids));
                    found.keySet().retainAll(ids);
                    return found;
                }
            });
        }
    }

    @Breaks("CU-3")
    static class RemembersOnlyTheFirstLinkOfACustomer extends CustomersContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Customers.class, right -> new Object() {
                private final Map<CustomerId, String> first = new ConcurrentHashMap<>();

                public List<Customer> link(ServiceId service, List<Candidate> candidates) {
                    List<Customer> linked = right.link(service, candidates);
                    IntStream.range(0, linked.size())
                            .forEach(i -> first.putIfAbsent(linked.get(i).id(), candidates.get(i).externalId()));
                    return linked;
                }

                public Optional<Customer> findLinked(ServiceId service, String externalId) {
                    return right.findLinked(service, externalId)
                            .filter(customer -> externalId.equals(first.get(customer.id())));
                }
            });
        }
    }

    @Breaks("CU-4")
    static class KnowsOnlyTheCustomersOfItsThread extends CustomersContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Customers.class, right -> new Object() {
                private final Map<Thread, Customers> byThread =
                        new ConcurrentHashMap<>(Map.of(Thread.currentThread(), right));

                public List<Customer> link(ServiceId service, List<Candidate> candidates) {
                    return byThread.computeIfAbsent(Thread.currentThread(), thread -> Ports.inMemory().customers())
                            .link(service, candidates);
                }

                public Map<CustomerId, Customer> findAll(Collection<CustomerId> ids) {
                    var found = new HashMap<CustomerId, Customer>();
                    byThread.values().forEach(customers -> found.putAll(customers.findAll(ids)));
                    return found;
                }
            });
        }
    }

    @Breaks("CU-5")
    static class SharesLinksBetweenServices extends CustomersContract {
        private static final ServiceId ANY = new ServiceId(Samples.id("any"));

        @Override
        protected Ports emptyPorts() {
            return wrong(Customers.class, right -> new Object() {
                public List<Customer> link(ServiceId service, List<Candidate> candidates) {
                    return right.link(ANY, candidates);
                }

                public Optional<Customer> findLinked(ServiceId service, String externalId) {
                    return right.findLinked(ANY, externalId);
                }

                public Map<String, Customer> findLinked(ServiceId service, Collection<String> externalIds) {
                    return right.findLinked(ANY, externalIds);
                }
            });
        }
    }

    @Breaks("CU-6")
    static class DoesNotForgetATaxId extends CustomersContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Customers.class, right -> new Object() {
                public void update(Customer c) {
                    Optional<String> taxId = c.taxId().or(() -> right.find(c.id()).orElseThrow().taxId());
                    right.update(new Customer(c.id(), c.name(), c.email(), c.address(), taxId, c.taxExempt(), c.currency(),
                            c.stripeCustomerId(), c.zone(), c.locale()));
                }
            });
        }
    }

    // --- tax rates

    @Breaks("TR-1")
    static class ReordersTheComponentsOfATax extends TaxRatesContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(TaxRates.class, right -> new Object() {
                public boolean add(TaxRate rate) {
                    return right.add(new TaxRate(rate.jurisdiction(), rate.code(), reversed(rate.components()), rate.from(),
                            rate.until()));
                }
            });
        }
    }

    @Breaks({"TR-1", "TR-2"})
    static class KeepsARateInForceForADayTooMany extends TaxRatesContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(TaxRates.class, right -> new Object() {
                public List<TaxRate> inForce(Jurisdiction jurisdiction, LocalDate day) {
                    return Stream.of(day, day.minusDays(1)).flatMap(d -> right.inForce(jurisdiction, d).stream())
                            .distinct().toList();
                }
            });
        }
    }

    @Breaks("TR-2")
    static class SaysThatASecondRateWasAdded extends TaxRatesContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(TaxRates.class, right -> new Object() {
                public boolean add(TaxRate rate) {
                    right.add(rate);
                    return true;
                }
            });
        }
    }

    @Breaks("TR-3")
    static class AddsTheRatesOfTheCountry extends TaxRatesContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(TaxRates.class, right -> new Object() {
                public List<TaxRate> inForce(Jurisdiction jurisdiction, LocalDate day) {
                    var country = new Jurisdiction(jurisdiction.code().substring(0, 2));
                    return Stream.of(jurisdiction, country).distinct()
                            .flatMap(place -> right.inForce(place, day).stream()).toList();
                }
            });
        }
    }

    // --- event log

    @Breaks("EL-1")
    static class DropsEmptyEventData extends EventLogContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(EventLog.class, right -> new Object() {
                public void append(List<BillingEvent> events) {
                    right.append(events.stream().map(this::withoutEmptyData).toList());
                }

                private BillingEvent withoutEmptyData(BillingEvent event) {
                    var data = new TreeMap<>(event.data());
                    data.values().removeIf(String::isEmpty);
                    return new BillingEvent(event.id(), event.type(), event.service(), event.subscription(), event.at(),
                            data);
                }
            });
        }
    }

    @Breaks("EL-2")
    static class CountsEventsFromZero extends EventLogContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(EventLog.class, right -> new Object() {
                public List<Sequenced> of(UUID subscription) {
                    return right.of(subscription).stream()
                            .map(sequenced -> new Sequenced(sequenced.sequence() - 1, sequenced.event())).toList();
                }
            });
        }
    }

    // --- threshold marks

    @Breaks("TM-1")
    static class SaysThatEveryMarkIsNew extends ThresholdMarksContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(ThresholdMarks.class, right -> new Object() {
                public Set<Mark> set(Collection<Mark> marks) {
                    right.set(marks);
                    return Set.copyOf(marks);
                }
            });
        }
    }

    @Breaks("TM-1")
    static class SetsOneMarkForBothPercents extends ThresholdMarksContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(ThresholdMarks.class, right -> new Object() {
                public Set<Mark> set(Collection<Mark> marks) {
                    Set<Mark> added = right.set(marks.stream().map(this::without).toList());
                    return marks.stream().filter(mark -> added.contains(without(mark))).collect(Collectors.toSet());
                }

                private Mark without(Mark mark) {
                    return new Mark(mark.subscription(), mark.charge(), mark.period(), 0);
                }
            });
        }
    }

    @Breaks("TM-2")
    static class SetsMarksAtOnce extends ThresholdMarksContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(ThresholdMarks.class, right -> new Object() {
                private final Set<Mark> marks = ConcurrentHashMap.newKeySet();

                public Set<Mark> set(Collection<Mark> wanted) {
                    return wanted.stream().filter(marks::add).collect(Collectors.toSet());
                }
            });
        }
    }

    // --- fresh usage

    @Breaks("FU-1")
    static class SettlesAllThatIsFresh extends FreshUsageContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(FreshUsage.class, right -> new Object() {
                public void settle(Collection<SubscriptionId> subscriptions) {
                    right.settle(right.waiting(Optional.empty(), Integer.MAX_VALUE));
                }
            });
        }
    }

    @Breaks("FU-2")
    static class SortsFreshUsageAsSignedNumbers extends FreshUsageContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(FreshUsage.class, right -> new Object() {
                public List<SubscriptionId> waiting(Optional<SubscriptionId> after, int limit) {
                    return right.waiting(Optional.empty(), Integer.MAX_VALUE).stream()
                            .filter(id -> after.isEmpty() || id.value().compareTo(after.get().value()) > 0)
                            .sorted(Comparator.comparing(SubscriptionId::value)).limit(limit).toList();
                }
            });
        }
    }

    @Breaks("FU-3")
    static class MarksFreshUsageAtOnce extends FreshUsageContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(FreshUsage.class, right -> new Object() {
                private final Set<SubscriptionId> marks = ConcurrentHashMap.newKeySet();

                public void mark(Collection<SubscriptionId> subscriptions) {
                    marks.addAll(subscriptions);
                }

                public List<SubscriptionId> waiting(Optional<SubscriptionId> after, int limit) {
                    return marks.stream().filter(id -> after.isEmpty() || id.compareTo(after.get()) > 0).sorted()
                            .limit(limit).toList();
                }

                public void settle(Collection<SubscriptionId> subscriptions) {
                    marks.removeAll(subscriptions);
                }
            });
        }
    }

    // --- invoice numbers

    @Breaks("NU-1")
    static class TakesNumbersFromASequenceThatForgetsNoFailure extends InvoiceNumbersContract {
        @Override
        protected Ports emptyPorts() {
            var sequences = new ConcurrentHashMap<String, AtomicLong>();
            return wrong(InvoiceNumbers.class, right -> new Object() {
                public long take(ServiceId service, Series series, int count) {
                    return sequences.computeIfAbsent(service + "/" + series, key -> new AtomicLong(1)).getAndAdd(count);
                }
            });
        }
    }

    @Breaks({"NU-1", "NU-2"})
    static class CountsNumbersByThread extends InvoiceNumbersContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(InvoiceNumbers.class, right -> new Object() {
                private final Thread main = Thread.currentThread();

                public long take(ServiceId service, Series series, int count) {
                    var ownOfThread = new ServiceId(new UUID(0, Thread.currentThread().getId()));
                    return right.take(Thread.currentThread() == main ? service : ownOfThread, series, count);
                }
            });
        }
    }

    @Breaks("NU-3")
    static class NumbersAllServicesTogether extends InvoiceNumbersContract {
        private static final ServiceId ALL = new ServiceId(Samples.id("all"));

        @Override
        protected Ports emptyPorts() {
            return wrong(InvoiceNumbers.class, right -> new Object() {
                public long take(ServiceId service, Series series, int count) {
                    return right.take(ALL, series, count);
                }
            });
        }
    }

    @Breaks("NU-4")
    static class NumbersAllSeriesTogether extends InvoiceNumbersContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(InvoiceNumbers.class, right -> new Object() {
                public long take(ServiceId service, Series series, int count) {
                    return right.take(service, Series.INVOICE, count);
                }
            });
        }
    }

    // --- subscriptions

    @Breaks("SU-1")
    static class ForgetsTheZoneOfACycle extends SubscriptionsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Subscriptions.class, right -> new Object() {
                public Optional<Subscription> find(SubscriptionId id) {
                    return right.find(id).map(s -> new Subscription(s.id(), s.service(), s.customer(), s.externalId(),
                            s.deployment(), s.state(), s.phases().stream().map(this::forgotten).toList(), s.trialEnd(),
                            s.end(), s.watched(), s.billedThrough(), s.flatThrough(), s.lastInvoiceAt(), s.nextInvoiceAt()));
                }

                private Phase forgotten(Phase phase) {
                    BillingCycle cycle = new BillingCycle(phase.cycle().interval(), phase.cycle().anchor(), ZoneId.of("UTC"));
                    return new Phase(phase.from(), phase.plan(), cycle, phase.usageInterval(), phase.fixedInterval(),
                            phase.inAdvance(), phase.paused());
                }
            });
        }
    }

    @Breaks("SU-2")
    static class SaysThatATakenExternalIdWasAdded extends SubscriptionsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Subscriptions.class, right -> new Object() {
                public List<SubscriptionId> add(List<Subscription> subscriptions) {
                    right.add(subscriptions);
                    return subscriptions.stream().map(Subscription::id).toList();
                }
            });
        }
    }

    @Breaks("SU-3")
    static class AnswersTheSubscriptionsOfOtherServices extends SubscriptionsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Subscriptions.class, right -> new Object() {
                public Map<String, Subscription> resolve(ServiceId service, Collection<String> references) {
                    var found = new HashMap<>(right.resolve(Samples.service("hosting").id(), references));
                    found.putAll(right.resolve(service, references));
                    return found;
                }
            });
        }
    }

    @Breaks("SU-4")
    static class OrdersIdsAsSignedNumbers extends SubscriptionsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Subscriptions.class, right -> new Object() {
                public List<Subscription> claimDue(Instant asOf, Optional<Cursor> after, int limit, WhenHeld whenHeld) {
                    return right.claimDue(asOf, after, limit, whenHeld).stream()
                            .sorted(Comparator.comparing((Subscription s) -> s.nextInvoiceAt().orElseThrow())
                                    .thenComparing(s -> s.id().value())).toList();
                }
            });
        }
    }

    @Breaks("SU-4")
    static class ClaimsWhatIsDueLater extends SubscriptionsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Subscriptions.class, right -> new Object() {
                public List<Subscription> claimDue(Instant asOf, Optional<Cursor> after, int limit, WhenHeld whenHeld) {
                    return right.claimDue(asOf.plusSeconds(1), after, limit, whenHeld);
                }
            });
        }
    }

    @Breaks("SU-5")
    static class SkipsNothingThatIsHeld extends SubscriptionsContract {
        @Override
        protected Ports emptyPorts() {
            return withStaleClaims(WhenHeld.SKIP);
        }
    }

    @Breaks("SU-6")
    static class GivesWhatWasHeldAsItWasBefore extends SubscriptionsContract {
        @Override
        protected Ports emptyPorts() {
            Ports stale = withStaleClaims(WhenHeld.WAIT);
            return Wrong.in(stale, Subscriptions.class, right -> new Object() {
                private final Map<SubscriptionId, Subscription> before = new ConcurrentHashMap<>();

                public List<SubscriptionId> add(List<Subscription> subscriptions) {
                    subscriptions.forEach(subscription -> before.put(subscription.id(), subscription));
                    return right.add(subscriptions);
                }

                public List<Subscription> claim(Collection<SubscriptionId> ids) {
                    return ids.stream().map(before::get).toList();
                }
            });
        }
    }

    /** Claims of that kind never see an update, as if they had looked before they got the lock. */
    private static Ports withStaleClaims(WhenHeld kind) {
        Subscriptions before = Ports.inMemory().subscriptions();
        return wrong(Subscriptions.class, right -> new Object() {
            public List<SubscriptionId> add(List<Subscription> subscriptions) {
                before.add(subscriptions);
                return right.add(subscriptions);
            }

            public List<Subscription> claimDue(Instant asOf, Optional<Cursor> after, int limit, WhenHeld whenHeld) {
                return (whenHeld == kind ? before : right).claimDue(asOf, after, limit, whenHeld);
            }
        });
    }

    @Breaks("SU-7")
    static class KeepsTheDateOfAnInvoiceThatIsNoLongerDue extends SubscriptionsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Subscriptions.class, right -> new Object() {
                public void update(List<Subscription> subscriptions) {
                    right.update(subscriptions.stream().map(s -> s.nextInvoiceAt().isPresent() ? s
                            : s.dueAgain(right.find(s.id()).orElseThrow().nextInvoiceAt().orElseThrow())).toList());
                }
            });
        }
    }

    @Breaks("SU-7")
    static class KeepsADeploymentThatIsReplaced extends SubscriptionsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Subscriptions.class, right -> new Object() {
                public void update(List<Subscription> subscriptions) {
                    right.update(subscriptions.stream()
                            .map(s -> s.running(right.find(s.id()).orElseThrow().deployment().or(s::deployment))).toList());
                }
            });
        }
    }

    @Breaks("SU-8")
    static class HoldsWithoutLooking extends SubscriptionsContract {
        @Override
        protected Ports emptyPorts() {
            Subscriptions before = Ports.inMemory().subscriptions();
            return wrong(Subscriptions.class, right -> new Object() {
                public List<SubscriptionId> add(List<Subscription> subscriptions) {
                    before.add(subscriptions);
                    return right.add(subscriptions);
                }

                public Map<String, Subscription> hold(ServiceId service, Collection<String> references) {
                    return before.hold(service, references);
                }
            });
        }
    }

    @Breaks("SU-9")
    static class PagesAPlanByIdAlone extends SubscriptionsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Subscriptions.class, right -> new Object() {
                public List<Subscription> onPlan(PlanCode plan, Optional<PlanCursor> after, int limit) {
                    return right.onPlan(plan, Optional.empty(), Integer.MAX_VALUE).stream()
                            .filter(s -> after.isEmpty() || s.id().compareTo(after.get().id()) > 0)
                            .sorted(Comparator.comparing(Subscription::id)).limit(limit).toList();
                }
            });
        }
    }

    @Breaks("SU-9")
    static class LooksAtTheFirstPlanOnly extends SubscriptionsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Subscriptions.class, right -> new Object() {
                public List<Subscription> onPlan(PlanCode plan, Optional<PlanCursor> after, int limit) {
                    return right.onPlan(plan, after, limit).stream()
                            .filter(s -> s.phases().get(0).plan().equals(plan)).toList();
                }
            });
        }
    }

    @Breaks("SU-9")
    static class LeavesOutWhatHasEnded extends SubscriptionsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Subscriptions.class, right -> new Object() {
                public List<Subscription> onPlan(PlanCode plan, Optional<PlanCursor> after, int limit) {
                    return right.onPlan(plan, after, limit).stream()
                            .filter(s -> s.state() != SubscriptionState.TERMINATED).toList();
                }
            });
        }
    }

    @Breaks("SU-10")
    static class ForgetsThatASubscriptionIsWatchedNow extends SubscriptionsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Subscriptions.class, right -> new Object() {
                public void advance(List<Subscription> subscriptions) {
                    right.advance(subscriptions.stream()
                            .map(s -> s.watched(right.find(s.id()).orElseThrow().watched())).toList());
                }
            });
        }
    }

    // --- usage records

    /** The answers of a right adapter, each of which may be made wrong. */
    private interface Retelling {
        Answer retell(UsageRecord record, Answer right);
    }

    private static Ports answering(Retelling retelling) {
        return wrong(UsageRecords.class, right -> new Object() {
            public List<Answer> add(List<UsageRecord> records, boolean replace) {
                List<UsageRecord> before = records.stream().flatMap(record -> right.find(record.key()).stream()).toList();
                List<Answer> answers = right.add(records, replace);
                return IntStream.range(0, answers.size())
                        .mapToObj(i -> retelling.retell(records.get(i),
                                storedBefore(before, records.get(i), answers.get(i))))
                        .toList();
            }

            /** A duplicate's answer says nothing of what is stored; for the retelling it does. */
            private Answer storedBefore(List<UsageRecord> before, UsageRecord record, Answer answer) {
                return answer.result() != Result.DUPLICATE ? answer : new Answer(Result.DUPLICATE,
                        before.stream().filter(stored -> stored.key().equals(record.key())).findFirst());
            }
        });
    }

    private static Answer duplicate() {
        return new Answer(Result.DUPLICATE, Optional.empty());
    }

    @Breaks("UR-1")
    static class TakesTheTimeOfRecordingForContents extends UsageRecordsContract {
        @Override
        protected Ports emptyPorts() {
            return answering((record, answer) -> {
                if (answer.result() != Result.DUPLICATE) {
                    return answer;
                }
                boolean sameTime = answer.before().map(UsageRecord::recordedAt).equals(Optional.of(record.recordedAt()));
                return sameTime || answer.before().isEmpty() ? duplicate()
                        : new Answer(Result.CONFLICT, answer.before());
            });
        }
    }

    @Breaks("UR-2")
    static class DoesNotCompareProperties extends UsageRecordsContract {
        @Override
        protected Ports emptyPorts() {
            return answering((record, answer) -> answer.result() == Result.DUPLICATE
                    || answer.result() == Result.CONFLICT && differOnlyInProperties(answer.before().orElseThrow(), record)
                    ? duplicate() : answer);
        }

        private static boolean differOnlyInProperties(UsageRecord stored, UsageRecord record) {
            return new UsageRecord(stored.key(), stored.start(), stored.end(), stored.quantity(), stored.amount(),
                    record.properties(), stored.source(), stored.recordedAt()).saysTheSameAs(record);
        }
    }

    @Breaks("UR-3")
    static class KeepsTheOldPropertiesWhenItReplaces extends UsageRecordsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(UsageRecords.class, right -> new Object() {
                public List<Answer> add(List<UsageRecord> records, boolean replace) {
                    return right.add(replace ? records.stream().map(this::withOldProperties).toList() : records, replace);
                }

                private UsageRecord withOldProperties(UsageRecord r) {
                    var properties = right.find(r.key()).map(UsageRecord::properties).orElse(r.properties());
                    return new UsageRecord(r.key(), r.start(), r.end(), r.quantity(), r.amount(), properties, r.source(),
                            r.recordedAt());
                }
            });
        }
    }

    @Breaks("UR-4")
    static class AnswersInAnotherOrder extends UsageRecordsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(UsageRecords.class, right -> new Object() {
                public List<Answer> add(List<UsageRecord> records, boolean replace) {
                    return reversed(right.add(records, replace));
                }
            });
        }
    }

    @Breaks("UR-5")
    static class CountsWhatStartsAtTheEndOfAPeriod extends UsageRecordsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(UsageRecords.class, right -> new Object() {
                public List<AggregatedUsage> aggregate(List<UsageWindow> windows) {
                    return windows.stream()
                            .map(window -> in(window, right.aggregate(List.of(longer(window))).get(0))).toList();
                }

                /** But where the length of the period counts. */
                private UsageWindow longer(UsageWindow window) {
                    BillingPeriod period = window.period();
                    boolean weighted = window.metric().aggregation() == Aggregation.WEIGHTED_SUM;
                    return weighted || window.wants(Detail.CHANGES) ? window : new UsageWindow(window.subscription(),
                            window.metric(), new BillingPeriod(period.start(), period.end().plusNanos(1000), period.zone()),
                            window.whole(), window.since(), window.details(), window.slice(), window.endDay());
                }
            });
        }
    }

    private static AggregatedUsage in(UsageWindow window, AggregatedUsage usage) {
        return new AggregatedUsage(window, usage.count(), usage.first(), usage.last(), usage.digest(), usage.quantity(),
                usage.carried(), usage.amount(), usage.events(), usage.changes());
    }

    @Breaks("UR-6")
    static class CarriesNothingOver extends UsageRecordsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(UsageRecords.class, right -> new Object() {
                public List<AggregatedUsage> aggregate(List<UsageWindow> windows) {
                    return windows.stream().map(window -> in(window, right.aggregate(List.of(new UsageWindow(
                            window.subscription(), window.metric(), window.period(), window.whole(), window.period().start(),
                            window.details(), window.slice(), window.endDay()))).get(0))).toList();
                }
            });
        }
    }

    @Breaks("UR-6")
    static class TakesTheLastLevelForThePeak extends UsageRecordsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(UsageRecords.class, right -> new Object() {
                public List<AggregatedUsage> aggregate(List<UsageWindow> windows) {
                    return windows.stream().map(window -> in(window, right.aggregate(List.of(new UsageWindow(
                            window.subscription(), window.metric(), window.period(), window.whole(), window.since(),
                            window.wants(Detail.PEAK) ? Set.of() : window.details(), window.slice(), window.endDay()))).get(0))).toList();
                }
            });
        }
    }

    @Breaks("UR-6")
    static class AnswersASliceWithTheWhole extends UsageRecordsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(UsageRecords.class, right -> new Object() {
                public List<AggregatedUsage> aggregate(List<UsageWindow> windows) {
                    return windows.stream().map(window -> in(window, right.aggregate(List.of(new UsageWindow(
                            window.subscription(), window.metric(), window.period(), window.whole(), window.since(),
                            window.details(), Optional.empty(), window.endDay()))).get(0))).toList();
                }
            });
        }
    }

    @Breaks("UR-11")
    static class LeavesOutRecordsWithoutTheProperty extends UsageRecordsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(UsageRecords.class, right -> new Object() {
                public List<List<List<String>>> combinations(List<UsageWindow> windows, List<List<String>> properties) {
                    return right.combinations(windows, properties).stream().map(combinations -> combinations.stream()
                            .filter(values -> !values.contains("")).toList()).toList();
                }
            });
        }
    }

    @Breaks("UR-6")
    static class AnswersWindowsInAnotherOrder extends UsageRecordsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(UsageRecords.class, right -> new Object() {
                public List<AggregatedUsage> aggregate(List<UsageWindow> windows) {
                    return reversed(right.aggregate(windows));
                }
            });
        }
    }

    @Breaks({"UR-3", "UR-6"})
    static class CountsAmountsTwice extends UsageRecordsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(UsageRecords.class, right -> new Object() {
                public List<AggregatedUsage> aggregate(List<UsageWindow> windows) {
                    return right.aggregate(windows).stream().map(u -> new AggregatedUsage(u.window(), u.count(), u.first(),
                            u.last(), u.digest(), u.quantity(), u.carried(), u.amount().add(u.amount()), u.events(),
                            u.changes())).toList();
                }
            });
        }
    }

    @Breaks({"UR-6", "UR-7", "UR-8"})
    static class MakesADigestThatDependsOnOrder extends UsageRecordsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(UsageRecords.class, right -> new Object() {
                private final Set<UsageKey> asAdded = Collections.synchronizedSet(new LinkedHashSet<>());

                public List<Answer> add(List<UsageRecord> records, boolean replace) {
                    records.forEach(record -> asAdded.add(record.key()));
                    return right.add(records, replace);
                }

                public List<AggregatedUsage> aggregate(List<UsageWindow> windows) {
                    return right.aggregate(windows).stream().map(u -> new AggregatedUsage(u.window(), u.count(), u.first(),
                            u.last(), digest(inside(u.window())), u.quantity(), u.carried(), u.amount(), u.events(),
                            u.changes())).toList();
                }

                private List<UsageRecord> inside(UsageWindow window) {
                    return List.copyOf(asAdded).stream().filter(key -> key.subscription().equals(window.subscription())
                            && key.metric().equals(window.metric().code())).flatMap(key -> right.find(key).stream())
                            .filter(record -> window.period().contains(record.start())).toList();
                }

                private String digest(List<UsageRecord> records) {
                    return AggregatedUsage.digest(IntStream.range(0, records.size())
                            .mapToObj(i -> BigInteger.valueOf(records.get(i).fingerprint())
                                    .multiply(BigInteger.valueOf(i + 1)))
                            .reduce(BigInteger.ZERO, BigInteger::add));
                }
            });
        }
    }

    @Breaks("UR-7")
    static class HoldsASubscriptionAsItWasAtFirst extends UsageRecordsContract {
        @Override
        protected Ports emptyPorts() {
            var first = new ConcurrentHashMap<Collection<String>, Map<String, Subscription>>();
            return wrong(Subscriptions.class, right -> new Object() {
                public Map<String, Subscription> hold(ServiceId service, Collection<String> references) {
                    Map<String, Subscription> now = right.hold(service, references);
                    return first.computeIfAbsent(references, key -> now);
                }
            });
        }
    }

    @Breaks("UR-8")
    static class StoresADuplicateOfAnotherThread extends UsageRecordsContract {
        @Override
        protected Ports emptyPorts() {
            var storedBy = new ConcurrentHashMap<UsageKey, Thread>();
            return answering((record, answer) -> {
                Thread first = storedBy.computeIfAbsent(record.key(), key -> Thread.currentThread());
                if (answer.result() != Result.DUPLICATE) {
                    return answer;
                }
                return first == Thread.currentThread() ? duplicate() : new Answer(Result.STORED, Optional.empty());
            });
        }
    }

    @Breaks("UR-9")
    static class SettlesALateMarkAsOftenAsItWasMade extends UsageRecordsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(UsageRecords.class, right -> new Object() {
                private final Map<LateUsage, Integer> made = new HashMap<>();

                public void markLate(Collection<LateUsage> late) {
                    late.forEach(mark -> made.merge(mark, 1, Integer::sum));
                    right.markLate(late);
                }

                public void settle(Collection<LateUsage> late) {
                    right.settle(late.stream().filter(mark -> made.merge(mark, -1, Integer::sum) <= 0).toList());
                }
            });
        }
    }

    @Breaks("UR-10")
    static class KeepsTimesToTheMillisecond extends UsageRecordsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(UsageRecords.class, right -> new Object() {
                public Optional<UsageRecord> find(UsageKey key) {
                    return right.find(key).map(r -> new UsageRecord(r.key(), r.start(), r.end(), r.quantity(), r.amount(),
                            r.properties(), r.source(), r.recordedAt().truncatedTo(ChronoUnit.MILLIS)));
                }
            });
        }
    }

    // --- invoices

    @Breaks({"IN-1", "IN-13"})
    static class ForgetsTheTaxes extends InvoicesContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Invoices.class, right -> new Object() {
                public Optional<Invoice> find(InvoiceId id) {
                    return right.find(id).map(invoice -> invoice.withLines(invoice.lines(), List.of()));
                }
            });
        }
    }

    @Breaks("IN-2")
    static class SaysThatATakenReasonWasAdded extends InvoicesContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Invoices.class, right -> new Object() {
                public List<InvoiceId> add(List<Invoice> drafts) {
                    right.add(drafts);
                    return drafts.stream().map(Invoice::id).toList();
                }
            });
        }
    }

    @Breaks("IN-3")
    static class SaysThatAnIssuedInvoiceWasReplaced extends InvoicesContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Invoices.class, right -> new Object() {
                public List<InvoiceId> replace(List<Invoice> drafts) {
                    right.replace(drafts);
                    return drafts.stream().map(Invoice::id).toList();
                }
            });
        }
    }

    @Breaks("IN-4")
    static class SaysThatAnIssuedInvoiceWasFinalised extends InvoicesContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Invoices.class, right -> new Object() {
                public List<InvoiceId> finalise(List<Invoice> numbered) {
                    right.finalise(numbered);
                    return numbered.stream().map(Invoice::id).toList();
                }
            });
        }
    }

    @Breaks("IN-5")
    static class ChangesAStatusThatNobodyExpected extends InvoicesContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Invoices.class, right -> new Object() {
                public boolean changeStatus(InvoiceId id, InvoiceStatus expected, InvoiceStatus next) {
                    return right.find(id).filter(invoice -> right.changeStatus(id, invoice.status(), next)).isPresent();
                }
            });
        }
    }

    @Breaks("IN-6")
    static class LeavesOutWhatIsDueOnTheLastDay extends InvoicesContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Invoices.class, right -> new Object() {
                public List<Invoice> list(InvoiceQuery query) {
                    return right.list(query).stream()
                            .filter(invoice -> query.dueUntil().map(invoice.due()::isBefore).orElse(true)).toList();
                }
            });
        }
    }

    @Breaks("IN-6")
    static class ContinuesWithTheLastOneOfThePageBefore extends InvoicesContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Invoices.class, right -> new Object() {
                public List<Invoice> list(InvoiceQuery query) {
                    return Stream.concat(query.after().stream(), right.list(query).stream()).limit(query.limit()).toList();
                }
            });
        }
    }

    @Breaks("IN-7")
    static class OverlooksAdjustments extends InvoicesContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Invoices.class, right -> new Object() {
                public List<Invoice> billing(Collection<Stretch> stretches) {
                    return right.billing(stretches).stream().filter(invoice -> stretches.stream().anyMatch(stretch ->
                            invoice.usagePeriod().filter(own -> own.start().equals(stretch.start())).isPresent())).toList();
                }
            });
        }
    }

    @Breaks("IN-8")
    static class GivesAThousandDraftsAtMost extends InvoicesContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Invoices.class, right -> new Object() {
                public List<Invoice> drafts(Instant dueUntil, Optional<Invoice> after, int limit) {
                    return right.drafts(dueUntil, after, Math.min(limit, 1000));
                }
            });
        }
    }

    @Breaks("IN-9")
    static class ForgetsUsageOfWithdrawnInvoices extends InvoicesContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Invoices.class, right -> new Object() {
                public Map<SubscriptionId, Money> usageBilled(Collection<SubscriptionId> subscriptions) {
                    boolean withdrawn = right.list(InvoiceQuery.ALL).stream()
                            .anyMatch(invoice -> invoice.status() == InvoiceStatus.VOID);
                    return withdrawn ? Map.of() : right.usageBilled(subscriptions);
                }
            });
        }
    }

    @Breaks("IN-10")
    static class ClaimsAnInvoiceWithoutLooking extends InvoicesContract {
        @Override
        protected Ports emptyPorts() {
            Invoices before = Ports.inMemory().invoices();
            return wrong(Invoices.class, right -> new Object() {
                public List<InvoiceId> add(List<Invoice> drafts) {
                    before.add(drafts);
                    return right.add(drafts);
                }

                public List<InvoiceId> finalise(List<Invoice> numbered) {
                    before.finalise(numbered);
                    return right.finalise(numbered);
                }

                public Optional<Invoice> claim(InvoiceId id) {
                    return before.claim(id);
                }
            });
        }
    }

    @Breaks("IN-11")
    static class GivesTheDraftsOfAllCustomers extends InvoicesContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Invoices.class, right -> new Object() {
                public List<Invoice> draftsOf(Collection<CustomerId> customers, Instant dueUntil) {
                    return right.drafts(dueUntil, Optional.empty(), Integer.MAX_VALUE);
                }
            });
        }
    }

    @Breaks("IN-13")
    static class PaysAnInvoiceThatNobodyExpected extends InvoicesContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Invoices.class, right -> new Object() {
                public boolean pay(InvoiceId id, InvoiceStatus expected, Money paid, InvoiceStatus next) {
                    return right.find(id).filter(invoice -> right.pay(id, invoice.status(), paid, next)).isPresent();
                }
            });
        }
    }

    @Breaks({"IN-12", "IN-13"})
    static class ForgetsWhatWasPaid extends InvoicesContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(Invoices.class, right -> new Object() {
                public boolean pay(InvoiceId id, InvoiceStatus expected, Money paid, InvoiceStatus next) {
                    return right.changeStatus(id, expected, next);
                }
            });
        }
    }

    // --- credit notes

    @Breaks("CN-1")
    static class ForgetsTheTaxesOfACreditNote extends CreditNotesContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(CreditNotes.class, right -> new Object() {
                public Optional<CreditNote> find(CreditNoteId id) {
                    return right.find(id).filter(note -> note.taxes().isEmpty());
                }
            });
        }
    }

    @Breaks("CN-2")
    static class SaysThatATakenCreditNoteWasAdded extends CreditNotesContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(CreditNotes.class, right -> new Object() {
                public List<CreditNoteId> add(List<CreditNote> notes) {
                    right.add(notes);
                    return notes.stream().map(CreditNote::id).toList();
                }
            });
        }
    }

    @Breaks("CN-3")
    static class SharesCreditNotesBetweenServices extends CreditNotesContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(CreditNotes.class, right -> new Object() {
                public List<CreditNote> claim(Collection<ServiceCustomer> holders) {
                    return right.claim(holders.stream().flatMap(holder -> Stream.of("hosting", "chat")
                            .map(code -> new ServiceCustomer(Samples.service(code).id(), holder.customer()))).toList());
                }
            });
        }
    }

    @Breaks("CN-4")
    static class ClaimsCreditNotesWithoutLooking extends CreditNotesContract {
        @Override
        protected Ports emptyPorts() {
            CreditNotes before = Ports.inMemory().creditNotes();
            return wrong(CreditNotes.class, right -> new Object() {
                public List<CreditNoteId> add(List<CreditNote> notes) {
                    before.add(notes);
                    return right.add(notes);
                }

                public List<CreditNote> claim(Collection<ServiceCustomer> holders) {
                    return before.claim(holders);
                }
            });
        }
    }

    @Breaks("CN-5")
    static class ForgetsHowARefundWent extends CreditNotesContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(CreditNotes.class, right -> new Object() {
                public void update(List<CreditNote> notes) {
                    right.update(notes.stream().filter(note -> note.refund().isEmpty()).toList());
                }
            });
        }
    }

    @Breaks("CN-6")
    static class PaysAnInvoiceTwiceFromOneCreditNote extends CreditNotesContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(CreditNotes.class, right -> new Object() {
                public void record(List<CreditNotes.Draw> draws) {
                    right.record(draws.stream().filter(draw -> right.draws(draw.invoice()).stream()
                            .noneMatch(other -> other.note().equals(draw.note()))).toList());
                }
            });
        }
    }

    @Breaks("CN-7")
    static class TakesDrawsBackAgain extends CreditNotesContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(CreditNotes.class, right -> new Object() {
                private final Map<InvoiceId, List<CreditNotes.Draw>> taken = new ConcurrentHashMap<>();

                public List<CreditNotes.Draw> takeBack(InvoiceId invoice) {
                    return taken.computeIfAbsent(invoice, right::takeBack);
                }
            });
        }
    }

    @Breaks("CN-8")
    static class ListsAllCustomersOfAService extends CreditNotesContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(CreditNotes.class, right -> new Object() {
                public List<CreditNote> list(ServiceId service, Optional<CustomerId> customer, Optional<CreditNote> after,
                                             int limit) {
                    return right.list(service, Optional.empty(), after, limit);
                }
            });
        }
    }

    // --- checks

    @Breaks("CH-1")
    static class RefusesOnce extends NumberCheckContract {
        @Override
        protected Check<BigDecimal> check() {
            return new PositiveNumber() {
                private boolean refused;

                @Override
                public Optional<Problem> look(BigDecimal number) {
                    Optional<Problem> problem = super.look(number).filter(found -> !refused);
                    refused |= problem.isPresent();
                    return problem;
                }
            };
        }
    }

    @Breaks("CH-2")
    static class IsNamedAfterItsSubject extends NumberCheckContract {
        @Override
        protected Check<BigDecimal> check() {
            return new PositiveNumber() {
                private String name = "positive";

                @Override
                public String name() {
                    return name;
                }

                @Override
                public Optional<Problem> look(BigDecimal number) {
                    name = "positive " + number;
                    return super.look(number);
                }
            };
        }
    }

    @Breaks("CH-3")
    static class KnowsNoRemedy extends NumberCheckContract {
        @Override
        protected Check<BigDecimal> check() {
            return new PositiveNumber() {
                @Override
                public Optional<Problem> look(BigDecimal number) {
                    return super.look(number).map(problem -> new Problem(problem.missing(), " "));
                }
            };
        }
    }
}
