package com.nexasystems.billing.simulation;

import com.nexasystems.billing.payment.PaymentGateway;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * A gateway during whose calls, before and after the work, the world goes on: others work, time passes, the process dies.
 */
final class BusyGateway {

    private BusyGateway() {
    }

    /** The process has died. Not even the engine expects that. */
    static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    static PaymentGateway over(PaymentGateway real, Runnable meanwhile) {
        return (PaymentGateway) Proxy.newProxyInstance(PaymentGateway.class.getClassLoader(),
                new Class<?>[] {PaymentGateway.class}, (proxy, method, arguments) -> {
                    meanwhile.run();
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        meanwhile.run();
                    }
                });
    }
}
