package com.nexasystems.billing.app;

import com.nexasystems.billing.http.ApiSettings;
import com.nexasystems.billing.http.BillingApi;
import com.nexasystems.billing.quantity.InvalidValue;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Keeps the engine running and answers whether it can work. */
@Command(name = "serve", description = "Runs until it is interrupted and answers /health/live and /health/ready.")
final class ServeCommand implements Callable<Integer> {

    private final Host host;

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    private String address;

    @Option(names = "--port", description = "Instead of BILLING_HTTP_PORT; 0 = any free one.")
    private Optional<Integer> port;

    @Mixin
    private HelpOption help;

    ServeCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        port.filter(number -> number < 0 || number > 65535).ifPresent(number -> {
            throw new InvalidValue("--port", "must be from 0 to 65535: " + number);
        });
        try (Engine engine = Engine.open(host)) {
            int chosen = port.orElseGet(() -> engine.settings().integer(Setting.BILLING_HTTP_PORT));
            try (BillingApi server = listen(engine, chosen)) {
                host.out().println("listening on http://" + address + ":" + server.port());
                host.out().flush();
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return ExitCode.OK;
    }

    /** Whatever keeps a server from listening has the operator's answer in its message. */
    private BillingApi listen(Engine engine, int chosen) {
        try {
            return BillingApi.start(engine.billing(), host.clock(), ApiSettings.DEFAULT.on(address, chosen),
                    () -> Map.of("database", engine.isReachable()));
        } catch (RuntimeException e) {
            throw new EnvironmentFailure("cannot listen on " + address + ":" + chosen + ": " + e.getMessage(), e);
        }
    }
}
