package com.nexasystems.billing.http;

import com.nexasystems.billing.Ports;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;

/** Ports, of which some are others. */
final class TestPorts {

    private TestPorts() {
    }

    static Ports with(Ports ports, Map<Class<?>, Object> others) {
        Object[] all = Arrays.stream(Ports.class.getRecordComponents())
                .map(component -> others.getOrDefault(component.getType(), of(ports, component))).toArray();
        try {
            return (Ports) Ports.class.getConstructors()[0].newInstance(all);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object of(Ports ports, RecordComponent component) {
        try {
            return component.getAccessor().invoke(ports);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
