package com.nexasystems.billing.app;

import ch.qos.logback.classic.Level;
import com.nexasystems.billing.http.ApiSettings;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Keeps the engine running: the API, and what has to be done in time. */
@Command(name = "serve", description = {"Serves the API and runs the jobs until it is interrupted.",
        "Answers under /api/billing/v1 and, for Lago's clients, under /api/v1; /health/live, /health/ready and /metrics for",
        "operators. Several may run side by side on one database. Logs JSON lines to standard error."})
final class ServeCommand implements Callable<Integer> {

    private final Host host;

    @Option(names = "--host", description = "Address to listen on, instead of BILLING_HTTP_HOST.")
    private Optional<String> address;

    @Option(names = "--port", description = "Instead of BILLING_HTTP_PORT; 0 = any free one.")
    private Optional<Integer> port;

    @Mixin
    private HelpOption help;

    ServeCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() throws InterruptedException {
        port.filter(number -> number < 0 || number > 65535).ifPresent(number -> {
            throw new InvalidValue("--port", "must be from 0 to 65535: " + number);
        });
        Settings settings = Settings.of(host);
        LogConfiguration.forServer(host.err(), Level.valueOf(settings.text(Setting.BILLING_LOG_LEVEL)));
        try (RunningServer running = RunningServer.start(host, chosen(api(settings)))) {
            host.out().println("listening on " + running.address());
            running.engine().billing().apiKeys().firstOperator().ifPresent(key -> welcome(running.address(), key));
            host.out().flush();
            new CountDownLatch(1).await();
            return ExitCode.OK;
        }
    }

    /** What to do first, and the key to do it with: on standard output, and so in no log. */
    private void welcome(String url, String key) {
        host.out().println("The first operator's key, shown this once (for another: billing keys issue):");
        host.out().println("  " + key);
        host.out().println("Register a service with it; the answer has the service's own key:");
        host.out().println("  curl " + url + "/api/billing/v1/services -H 'Authorization: Bearer " + key
                + "' -H 'Content-Type: application/json' -d '{\"service\":{\"code\":\"chat\",\"name\":\"Chat\"}}'");
    }

    private ApiSettings chosen(ApiSettings configured) {
        return configured.on(address.orElse(configured.host()), port.orElse(configured.port()));
    }

    static ApiSettings api(Settings settings) {
        return ApiSettings.DEFAULT
                .on(settings.text(Setting.BILLING_HTTP_HOST), settings.integer(Setting.BILLING_HTTP_PORT))
                .taking((long) settings.integer(Setting.BILLING_HTTP_BODY_MIB) << 20)
                .limitedTo(settings.integer(Setting.BILLING_HTTP_RATE))
                .draining(Duration.ofSeconds(settings.integer(Setting.BILLING_STOP_SECONDS)))
                .withMetricsForOperators(Setting.oneOf(Setting.Access.class, settings.text(Setting.BILLING_METRICS))
                        == Setting.Access.OPERATORS);
    }
}
