package com.nexasystems.billing.testkit;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.invoicing.Backlog;
import com.nexasystems.billing.invoicing.Backlog.Figures;
import com.nexasystems.billing.invoicing.BillingTerms;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceSearch;
import com.nexasystems.billing.invoicing.Invoices;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionSearch;
import com.nexasystems.billing.subscription.Subscriptions;
import com.nexasystems.billing.usage.UsageList;
import com.nexasystems.billing.usage.UsageRecord;
import com.nexasystems.billing.usage.UsageRecords;
import com.nexasystems.billing.usage.UsageSeries;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** As {@link WrongAdapters}, for lists and for what single customers have otherwise. */
final class WrongLists {

    private WrongLists() {
    }

    @Breaks("SU-11")
    static class CountsThePageOnly extends SubscriptionsContract {
        @Override
        protected Ports emptyPorts() {
            return Wrong.in(Ports.inMemory(), Subscriptions.class, right -> new Object() {
                public Page<Subscription> search(SubscriptionSearch search, PageRequest request) {
                    return new Page<>(right.search(search, request).items(), request.size());
                }
            });
        }
    }

    @Breaks("IN-12")
    static class SearchesWithoutRegardToTheStatus extends InvoicesContract {
        @Override
        protected Ports emptyPorts() {
            return Wrong.in(Ports.inMemory(), Invoices.class, right -> new Object() {
                public Page<Invoice> search(InvoiceSearch search, PageRequest request) {
                    return right.search(search.in(InvoiceSearch.of(search.service()).statuses()), request);
                }
            });
        }
    }

    @Breaks("IN-12")
    static class CallsDraftsOverdue extends InvoicesContract {
        @Override
        protected Ports emptyPorts() {
            return Wrong.in(Ports.inMemory(), Invoices.class, right -> new Object() {
                public Page<Invoice> search(InvoiceSearch search, PageRequest request) {
                    return right.search(search.overdue().filter(InvoiceSearch.Overdue::is)
                            .map(overdue -> InvoiceSearch.of(search.service()).issued(Optional.empty(),
                                    Optional.of(overdue.on().minusDays(1)))).orElse(search), request);
                }
            });
        }
    }

    @Breaks("BT-1")
    static class KeepsTheTermsThatWereSetFirst extends BillingTermsContract {
        @Override
        protected Ports emptyPorts() {
            Map<ServiceCustomer, BillingTerms.Terms> first = new HashMap<>();
            return Wrong.in(Ports.inMemory(), BillingTerms.class, right -> new Object() {
                public void set(ServiceCustomer holder, BillingTerms.Terms terms) {
                    first.putIfAbsent(holder, terms);
                    right.set(holder, terms);
                }

                public Map<ServiceCustomer, BillingTerms.Terms> of(Collection<ServiceCustomer> holders) {
                    Map<ServiceCustomer, BillingTerms.Terms> known = new HashMap<>(first);
                    known.keySet().retainAll(holders);
                    return known;
                }
            });
        }
    }

    @Breaks("BT-2")
    static class KnowsNoShorterGrace extends BillingTermsContract {
        @Override
        protected Ports emptyPorts() {
            return Wrong.in(Ports.inMemory(), BillingTerms.class, right -> new Object() {
                public Optional<Integer> shortestGrace() {
                    return Optional.empty();
                }
            });
        }
    }

    @Breaks("UR-12")
    static class ListsTheUntilTimeToo extends UsageRecordsContract {
        @Override
        protected Ports emptyPorts() {
            return Wrong.in(Ports.inMemory(), UsageRecords.class, right -> new Object() {
                public Page<UsageRecord> list(UsageList list, PageRequest request) {
                    return right.list(list.between(list.from(), list.until().map(until -> until.plusNanos(1000))), request);
                }
            });
        }
    }

    @Breaks("UR-13")
    static class AddsUpByTheCalendarOfGreenwich extends UsageRecordsContract {
        @Override
        protected Ports emptyPorts() {
            return Wrong.in(Ports.inMemory(), UsageRecords.class, right -> new Object() {
                public List<UsageSeries.Point> series(UsageSeries series) {
                    return right.series(new UsageSeries(series.subscription(), series.metric(), series.from(), series.until(),
                            series.step(), ZoneOffset.UTC));
                }
            });
        }
    }

    @Breaks("BK-1")
    static class CountsWhatIsBilledNoMore extends BacklogContract {
        @Override
        protected Ports emptyPorts() {
            return withBacklog(right -> new Figures(right.unbilledRecords() + 1, right.oldestUnbilled(),
                    right.dueSubscriptions(), right.openDrafts()));
        }
    }

    @Breaks("BK-2")
    static class KnowsNothingThatIsDue extends BacklogContract {
        @Override
        protected Ports emptyPorts() {
            return withBacklog(right -> new Figures(right.unbilledRecords(), right.oldestUnbilled(), 0, right.openDrafts()));
        }
    }

    @Breaks("BK-3")
    static class KeepsNoAccountOfDrafts extends BacklogContract {
        @Override
        protected Ports emptyPorts() {
            return withBacklog(right -> new Figures(right.unbilledRecords(), right.oldestUnbilled(),
                    right.dueSubscriptions(), 0));
        }
    }

    private static Ports withBacklog(UnaryOperator<Figures> mistake) {
        return Wrong.in(Ports.inMemory(), Backlog.class, right -> new Object() {
            public Figures at(Instant asOf) {
                return mistake.apply(right.at(asOf));
            }
        });
    }
}
