package com.nexasystems.billing.testkit;

import com.nexasystems.billing.Ports;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** Makes wrong adapters out of right ones. */
final class Wrong {

    private Wrong() {
    }

    /**
     * The same ports but for one, which has mistakes.
     *
     * @param mistakes given the right port, a wrong one; or an object with those public methods of it that are wrong
     */
    static <P> Ports in(Ports right, Class<P> port, Function<P, Object> mistakes) {
        Object[] ports = Arrays.stream(Ports.class.getRecordComponents()).map(component -> {
            Object own = invoke(component.getAccessor(), right);
            return component.getType() == port ? over(port, port.cast(own), mistakes.apply(port.cast(own))) : own;
        }).toArray();
        try {
            return Ports.class.getConstructor(Arrays.stream(Ports.class.getRecordComponents())
                    .map(RecordComponent::getType).toArray(Class<?>[]::new)).newInstance(ports);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param mistakes as of {@link #in}, for a port that stands alone */
    static <P> P over(Class<P> port, P right, Object mistakes) {
        if (port.isInstance(mistakes)) {
            return port.cast(mistakes);
        }
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (proxy, method, args) -> {
            Optional<Method> wrong = Arrays.stream(mistakes.getClass().getDeclaredMethods())
                    .filter(own -> own.getName().equals(method.getName())
                            && Arrays.equals(own.getParameterTypes(), method.getParameterTypes())).findFirst();
            if (wrong.isPresent()) {
                return invoke(wrong.get(), mistakes, args);
            }
            // A default method has to call the wrong methods of the proxy, not those of the right adapter.
            return method.isDefault() ? InvocationHandler.invokeDefault(proxy, method, args)
                    : invoke(method, right, args);
        }));
    }

    private static Object invoke(Method method, Object target, Object... args) {
        try {
            method.setAccessible(true);
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw sneaky(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
