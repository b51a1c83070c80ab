package com.nexasystems.billing.jpa;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** Counts what is prepared and copied, whoever prepares it. */
final class CountedStatements implements UnaryOperator<DataSource> {

    private final AtomicLong count = new AtomicLong();

    @Override
    public DataSource apply(DataSource source) {
        return watched(DataSource.class, source);
    }

    long count() {
        return count.get();
    }

    private <T> T watched(Class<T> type, T watched) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            boolean copies = method.getName().equals("unwrap");
            if (copies || method.getName().startsWith("prepare") || method.getName().equals("createStatement")) {
                count.incrementAndGet();
            }
            Object answer = invoke(watched, method, arguments);
            return !copies && answer instanceof Connection connection ? watched(Connection.class, connection) : answer;
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
