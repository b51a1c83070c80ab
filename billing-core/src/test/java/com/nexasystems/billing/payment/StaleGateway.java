package com.nexasystems.billing.payment;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** Answers once what was true some time ago, as an answer that was on its way for long does; then as the real one. */
final class StaleGateway {

    private final PaymentGateway real;

    StaleGateway(PaymentGateway real) {
        this.real = real;
    }

    PaymentGateway charge(PaymentGateway.Charge old) {
        return answering("charge", old.id()::equals, old);
    }

    PaymentGateway refund(PaymentGateway.Refunded old) {
        return answering("refund", old.id()::equals, old);
    }

    /** The answer to looking up the refund by its order. */
    PaymentGateway found(PaymentGateway.Refunded old) {
        return answering("find", asked -> asked instanceof PaymentGateway.RefundOrder order
                && order.reference().equals(old.reference()), old);
    }

    PaymentGateway dispute(PaymentGateway.Disputed old) {
        return answering("dispute", old.id()::equals, old);
    }

    private PaymentGateway answering(String method, Predicate<Object> asked, Object old) {
        var answered = new AtomicBoolean();
        return (PaymentGateway) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {PaymentGateway.class},
                (proxy, called, arguments) -> {
                    if (called.getName().equals(method) && asked.test(arguments[0]) && answered.compareAndSet(false, true)) {
                        return Optional.of(old);
                    }
                    try {
                        return called.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
