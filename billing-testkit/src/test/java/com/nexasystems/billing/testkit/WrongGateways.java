package com.nexasystems.billing.testkit;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.memory.MemoryPaymentGateway;
import com.nexasystems.billing.payment.Payment;
import com.nexasystems.billing.payment.PaymentGateway;
import com.nexasystems.billing.payment.PaymentGateway.Charge;
import com.nexasystems.billing.payment.PaymentGateway.Order;
import com.nexasystems.billing.payment.PaymentGateway.RefundOrder;
import com.nexasystems.billing.payment.PaymentGateway.Refunded;
import com.nexasystems.billing.payment.Refund;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** As {@link WrongAdapters}, for payment providers. */
final class WrongGateways {

    private WrongGateways() {
    }

    /** The contract, with a gateway to the provider in memory that has a mistake. */
    private abstract static class WrongGateway extends MemoryGatewayContract {

        boolean forgot;

        /** An object with those methods that are wrong. */
        abstract Object mistakes();

        @Override
        protected PaymentGateway gateway() {
            return Wrong.over(PaymentGateway.class, provider, mistakes());
        }

        @Override
        protected void forgetKeys() {
            forgot = true;
            super.forgetKeys();
        }
    }

    @Breaks("PG-1")
    static class FindsTheFirstChargeOnly extends WrongGateway {
        @Override
        Object mistakes() {
            return new Object() {
                public Optional<Charge> charge(String id) {
                    return provider.charge(id).filter(provider.charges().get(0)::equals);
                }
            };
        }
    }

    @Breaks({"PG-2", "PG-4"})
    static class OrdersUnderANewKeyEachTime extends WrongGateway {
        @Override
        Object mistakes() {
            return new Object() {
                public Charge charge(Order order) {
                    provider.forgetKeys();
                    return provider.charge(order);
                }
            };
        }
    }

    @Breaks("PG-3")
    static class DeclinesWithoutAWord extends WrongGateway {
        @Override
        Object mistakes() {
            return new Object() {
                public Charge charge(Order order) {
                    Charge charge = provider.charge(order);
                    return new Charge(charge.id(), charge.reference(), charge.outcome(), charge.amount(),
                            charge.refusal().map(why -> new Payment.Refusal("", why.message())));
                }
            };
        }
    }

    @Breaks("PG-4")
    static class TakesSilenceForNothing extends WrongGateway {
        @Override
        Object mistakes() {
            return new Object() {
                public Charge charge(Order order) {
                    try {
                        return provider.charge(order);
                    } catch (PortFailure e) {
                        throw new PortFailure(PortFailure.Effect.NONE, e.getMessage(), e);
                    }
                }
            };
        }
    }

    @Breaks("PG-5")
    static class FindsWithTheKeyOnly extends WrongGateway {
        @Override
        Object mistakes() {
            return new Object() {
                public Optional<Charge> find(Order order) {
                    return forgot ? Optional.empty() : provider.find(order);
                }
            };
        }
    }

    @Breaks("PG-6")
    static class ClosesNothing extends WrongGateway {
        @Override
        Object mistakes() {
            return new Object() {
                public Optional<Charge> close(Order order) {
                    return provider.find(order);
                }
            };
        }
    }

    @Breaks("PG-7")
    static class BelievesTheFirstAnswer extends WrongGateway {
        @Override
        Object mistakes() {
            Map<String, Charge> first = new HashMap<>();
            return new Object() {
                public Charge charge(Order order) {
                    Charge charge = provider.charge(order);
                    first.putIfAbsent(charge.id(), charge);
                    return charge;
                }

                public Optional<Charge> charge(String id) {
                    return Optional.ofNullable(first.get(id)).or(() -> provider.charge(id));
                }
            };
        }
    }

    @Breaks("PG-8")
    static class SaysThatAllWasGivenBack extends WrongGateway {
        @Override
        Object mistakes() {
            return new Object() {
                public Refunded refund(RefundOrder order) {
                    Refunded refund = provider.refund(order);
                    return new Refunded(refund.id(), refund.reference(), refund.charge(), Refund.Status.SUCCEEDED,
                            refund.amount(), Optional.empty());
                }
            };
        }
    }

    @Breaks("PG-9")
    static class MakesACustomerEachTime extends WrongGateway {
        @Override
        Object mistakes() {
            return new Object() {
                public String accountOf(Customer customer) {
                    provider.accountOf(customer);
                    return account();
                }
            };
        }
    }

    @Breaks("PG-10")
    static class KnowsMeansThatNobodyLeft extends WrongGateway {
        @Override
        Object mistakes() {
            return new Object() {
                public Optional<String> meansOf(String account) {
                    return provider.meansOf(account).or(() -> Optional.of("pm_" + account));
                }
            };
        }
    }
}
