package com.nexasystems.billing.app;

import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.quantity.InvalidValue;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The services that bill through this engine. */
@Command(name = "services", description = "Registers and lists the services that use the API.")
final class ServicesCommand {

    private final Host host;

    @Mixin
    private HelpOption help;

    ServicesCommand(Host host) {
        this.host = host;
    }

    @Command(name = "add", description = "Registers a service; 'billing keys issue CODE' then makes a key for it.")
    int add(
            @Parameters(paramLabel = "CODE", description = "Unique; stands in front of its invoice numbers.") String code,
            @Parameters(paramLabel = "NAME", description = "For people.") String name,
            @Mixin ReportOptions options) {
        try (Engine engine = Engine.open(host)) {
            Service service = engine.billing().register(code, name);
            Audit.keep(host, engine, "service.registered", "service " + code);
            if (options.json) {
                Json.write(host.out(), json(service));
            } else {
                host.out().println("registered " + code);
            }
        }
        return ExitCode.OK;
    }

    @Command(name = "list", description = "Lists the services.")
    int list(@Mixin ReportOptions options) {
        try (Engine engine = Engine.open(host)) {
            List<Service> services = engine.ports().services().all();
            if (options.json) {
                Json.write(host.out(), Json.object("services", services.stream().map(ServicesCommand::json).toList()));
            } else {
                Table.print(host.out(), List.of("Code", "Name", "Active"), services.stream()
                        .map(service -> List.of(service.code(), service.name(), service.active() ? "yes" : "no")).toList());
            }
        }
        return ExitCode.OK;
    }

    /** @throws InvalidValue if there is none */
    static Service find(Engine engine, String code) {
        return engine.ports().services().findByCode(code).orElseThrow(() -> new InvalidValue("SERVICE",
                "does not exist: " + code + "; 'billing services list' shows them, 'billing services add' makes one"));
    }

    private static Map<String, Object> json(Service service) {
        return Json.object("id", service.id().toString(), "code", service.code(), "name", service.name(),
                "active", service.active());
    }
}
