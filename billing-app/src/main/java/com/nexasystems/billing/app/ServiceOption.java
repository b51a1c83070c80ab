package com.nexasystems.billing.app;

import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.quantity.InvalidValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Whose numbers a command is about. */
final class ServiceOption {

    @Option(names = "--service", paramLabel = "CODE", description = "Code of the service (default: the only one there is).")
    private Optional<String> code = Optional.empty();

    Service find(Engine engine) {
        return code.map(wanted -> named(engine, wanted)).orElseGet(() -> only(engine));
    }

    private static Service named(Engine engine, String code) {
        return engine.ports().services().findByCode(code).orElseThrow(() -> new InvalidValue("--service",
                "does not exist: " + code + "; 'billing services list' shows them, 'billing services add' makes one"));
    }

    private static Service only(Engine engine) {
        List<Service> all = engine.ports().services().all();
        if (all.isEmpty()) {
            throw new InvalidValue("--service", "there is no service yet; 'billing services add CODE NAME' makes one");
        }
        if (all.size() > 1) {
            throw new InvalidValue("--service", "is mandatory, since there are several: "
                    + all.stream().map(Service::code).collect(Collectors.joining(", ")));
        }
        return all.get(0);
    }
}
