package com.nexasystems.billing.testkit;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.invoicing.CreditNote;
import com.nexasystems.billing.invoicing.CreditNoteId;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.payment.InvoiceCollection;
import com.nexasystems.billing.payment.InvoiceCollection.State;
import com.nexasystems.billing.payment.Payment;
import com.nexasystems.billing.payment.PaymentId;
import com.nexasystems.billing.payment.Payments;
import com.nexasystems.billing.payment.Refund;
import com.nexasystems.billing.subscription.SubscriptionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** As {@link WrongAdapters}, for payments. */
final class WrongPayments {

    private WrongPayments() {
    }

    /** The contract, with payments that have a mistake. */
    private abstract static class Wrongly extends PaymentsContract {

        /** An object with those methods that are wrong. */
        abstract Object mistakes(Payments right);

        @Override
        protected Ports emptyPorts() {
            return Wrong.in(Ports.inMemory(), Payments.class, this::mistakes);
        }
    }

    @Breaks("PY-1")
    static class OpensOneCollectionMoreThanAskedFor extends Wrongly {
        @Override
        Object mistakes(Payments right) {
            return new Object() {
                public int enrol(Instant now, int limit) {
                    return right.enrol(now, limit + 1);
                }
            };
        }
    }

    @Breaks("PY-2")
    static class LeavesWhatIsClaimedDue extends Wrongly {
        @Override
        Object mistakes(Payments right) {
            return new Object() {
                public List<InvoiceCollection> claimDue(Instant now, Instant lostAt, int limit) {
                    return right.claimDue(now, now, limit).stream().map(claimed -> claimed.claimedUntil(lostAt)).toList();
                }
            };
        }
    }

    @Breaks({"PY-2", "PY-9"})
    static class ClaimsWithoutOrder extends Wrongly {
        @Override
        Object mistakes(Payments right) {
            return new Object() {
                public List<InvoiceCollection> claimDue(Instant now, Instant lostAt, int limit) {
                    return reversed(right.claimDue(now, lostAt, limit));
                }

                public List<Refund> claimDueRefunds(Instant now, Instant lostAt, int limit) {
                    return reversed(right.claimDueRefunds(now, lostAt, limit));
                }
            };
        }
    }

    private static <T> List<T> reversed(List<T> list) {
        var reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }

    @Breaks({"PY-2", "PY-3"})
    static class ForgetsWhenTheDunningBegan extends Wrongly {
        @Override
        Object mistakes(Payments right) {
            return new Object() {
                public void update(InvoiceCollection collection) {
                    right.update(new InvoiceCollection(collection.invoice(), collection.holder(), collection.state(),
                            collection.declined(), Optional.empty(), collection.nextAt()));
                }
            };
        }
    }

    @Breaks("PY-4")
    static class TakesANumberTwice extends Wrongly {
        @Override
        Object mistakes(Payments right) {
            return new Object() {
                public boolean add(Payment payment) {
                    return right.findByReference(payment.reference()).isEmpty() && (right.add(payment)
                            || right.add(numbered(payment, right.of(payment.invoice()).size() + 1)));
                }

                private Payment numbered(Payment payment, int number) {
                    return new Payment(payment.id(), payment.invoice(), payment.holder(), number, payment.method(),
                            payment.reference(), payment.account(), payment.means(), payment.amount(), payment.status(),
                            payment.charge(), payment.applied(), payment.refusal(), payment.dispute(),
                            payment.createdAt(), payment.changedAt());
                }
            };
        }
    }

    @Breaks("PY-5")
    static class UpdatesWhateverItIs extends Wrongly {
        @Override
        Object mistakes(Payments right) {
            return new Object() {
                public boolean update(Payment payment, Payment.Status expected) {
                    return right.findByReference(payment.reference()).map(Payment::status)
                            .map(status -> right.update(payment, status)).orElse(right.update(payment, expected));
                }
            };
        }
    }

    @Breaks("PY-6")
    static class CountsThePageOnly extends Wrongly {
        @Override
        Object mistakes(Payments right) {
            return new Object() {
                public Page<Payment> list(ServiceId service, Optional<CustomerId> customer, Optional<InvoiceId> invoice,
                                          PageRequest request) {
                    Page<Payment> page = right.list(service, customer, invoice, request);
                    return new Page<>(page.items(), page.items().size());
                }
            };
        }
    }

    @Breaks("PY-7")
    static class SaysThatARefundIsNewEachTime extends Wrongly {
        @Override
        Object mistakes(Payments right) {
            return new Object() {
                public boolean add(Refund refund) {
                    right.add(refund);
                    return true;
                }
            };
        }
    }

    @Breaks("PY-8")
    static class ForgetsWhyARefundFailed extends Wrongly {
        @Override
        Object mistakes(Payments right) {
            return new Object() {
                public void update(Refund refund) {
                    right.update(refund.in(refund.status(), refund.providerId(), Optional.empty(), refund.nextAt()));
                }
            };
        }
    }

    @Breaks("PY-9")
    static class LeavesWhatIsClaimedOfRefundsDue extends Wrongly {
        @Override
        Object mistakes(Payments right) {
            return new Object() {
                public List<Refund> claimDueRefunds(Instant now, Instant lostAt, int limit) {
                    return right.claimDueRefunds(now, now, limit).stream().map(claimed -> claimed.claimedUntil(lostAt))
                            .toList();
                }
            };
        }
    }

    @Breaks("PY-10")
    static class BeginsThePageWithTheLastOne extends Wrongly {
        @Override
        Object mistakes(Payments right) {
            Set<CreditNoteId> told = new HashSet<>();
            return new Object() {
                public List<CreditNote> promised(Optional<CreditNoteId> after, int limit) {
                    return after.isPresent() && told.add(after.get())
                            ? right.promised(Optional.empty(), Integer.MAX_VALUE).stream()
                            .filter(note -> note.id().toString().compareTo(after.get().toString()) >= 0)
                            .limit(limit).toList()
                            : right.promised(after, limit);
                }
            };
        }
    }

    @Breaks("PY-11")
    static class SettlesOpenCollectionsOnly extends Wrongly {
        @Override
        Object mistakes(Payments right) {
            return new Object() {
                public List<InvoiceId> settled(int limit) {
                    return right.settled(limit).stream().filter(id -> right.collection(id).map(InvoiceCollection::state)
                            .filter(State.OPEN::equals).isPresent()).toList();
                }
            };
        }
    }

    @Breaks("PY-12")
    static class KnowsOneThatOwes extends Wrongly {
        @Override
        Object mistakes(Payments right) {
            return new Object() {
                public Set<SubscriptionId> owing(Collection<SubscriptionId> subscriptions) {
                    return right.owing(subscriptions).stream().limit(1).collect(Collectors.toSet());
                }
            };
        }
    }

    @Breaks("PY-13")
    static class FindsForAnyService extends Wrongly {
        @Override
        Object mistakes(Payments right) {
            Map<PaymentId, Payment> known = new ConcurrentHashMap<>();
            return new Object() {
                public boolean add(Payment payment) {
                    boolean added = right.add(payment);
                    if (added) {
                        known.put(payment.id(), payment);
                    }
                    return added;
                }

                public Optional<Payment> find(ServiceId service, PaymentId id) {
                    return Optional.ofNullable(known.get(id))
                            .flatMap(payment -> right.find(payment.holder().service(), id));
                }
            };
        }
    }
}
