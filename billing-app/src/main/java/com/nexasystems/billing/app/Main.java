package com.nexasystems.billing.app;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.money.CurrencyMismatchException;
import com.nexasystems.billing.quantity.InvalidValue;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line. */
@Command(name = "billing", mixinStandardHelpOptions = true, versionProvider = Main.Version.class,
        description = "The billing engine: usage in, explained invoices out.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExit codes:%n",
        footer = {"  0  all done",
                "  1  some input was bad, or a subscription could not be billed, and the rest was kept; or a gate is",
                "     closed, or a certificate does not hold",
                "  2  wrong options or nothing usable; nothing was done",
                "  3  the database or the file system failed",
                "",
                "Settings come from the environment or from billing.properties; see 'billing config'.",
                "Without BILLING_DB_URL, a PostgreSQL of its own keeps its data in ./billing-data.",
                "In a checkout, './billing bench' measures the engine; see './billing bench --help'."})
public final class Main {

    /** Whether somebody watches standard error; a JVM cannot tell by itself when only the output is redirected. */
    private static final String TERMINAL = "billing.terminal";

    private static final int HELP_WIDTH = 110;

    private Main() {
    }

    public static void main(String[] args) {
        PrintStream out = stream(FileDescriptor.out);
        PrintStream err = stream(FileDescriptor.err);
        int code = run(new Host(System.in, out, err, System.getenv(), Path.of("").toAbsolutePath(), Clock.systemUTC(),
                Boolean.getBoolean(TERMINAL)), args);
        out.flush();
        err.flush();
        System.exit(code);
    }

    static int run(Host host, String... args) {
        CommandLine line = new CommandLine(new Main());
        for (Object command : new Object[] {DemoCommand.line(host), new PriceCommand(host), new UsageCommand(host),
                new BillCommand(host), new InvoicesCommand(host), new ExplainCommand(host), new ExplainUsageCommand(host),
                new SimulateCommand(host), new ConfigCommand(host), new ServeCommand(host), new ServicesCommand(host),
                new KeysCommand(host), new PaymentsCommand(host), new WebhooksCommand(host), ShadowCommand.line(host),
                LedgerCommand.line(host), new CertificateCommand(host), new JobsCommand(host), new CertificatesCommand(host),
                new ApprovalsCommand(host)}) {
            line.addSubcommand(command);
        }
        return line.setUsageHelpWidth(HELP_WIDTH).setOut(writer(host.out())).setErr(writer(host.err()))
                .setParameterExceptionHandler((e, wrong) -> {
                    host.err().println("billing: " + e.getMessage());
                    host.err().println("Try 'billing " + path(e.getCommandLine()) + "--help'.");
                    return ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((e, failed, parsed) -> failed(host, e))
                .execute(args);
    }

    private static int failed(Host host, Exception e) {
        if (e instanceof InvalidValue || e instanceof CurrencyMismatchException) {
            host.err().println("billing: " + e.getMessage());
            return ExitCode.USAGE;
        }
        if (e instanceof EnvironmentFailure || e instanceof PortFailure) {
            host.err().println("billing: " + e.getMessage());
            return ExitCode.ENVIRONMENT;
        }
        if (e instanceof IOException || e instanceof UncheckedIOException) {
            host.err().println("billing: " + e.getMessage());
            return ExitCode.ENVIRONMENT;
        }
        host.err().println("billing: this is a defect of the program, please report it:");
        e.printStackTrace(host.err());
        return ExitCode.ENVIRONMENT;
    }

    private static String path(CommandLine line) {
        String name = line.getCommandSpec().qualifiedName(" ");
        return name.contains(" ") ? name.substring(name.indexOf(' ') + 1) + " " : "";
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        OutputStream buffered = new BufferedOutputStream(new FileOutputStream(descriptor), 1 << 16);
        return new PrintStream(buffered, descriptor == FileDescriptor.err, StandardCharsets.UTF_8);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    /** From the jar's manifest. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"billing " + (version == null ? "(development)" : version)};
        }
    }
}
