package com.nexasystems.billing.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * What is logged, and how; logback finds it by its service file, and starts sooner than by a file of settings.
 *
 * <p>Standard output belongs to the answers, so everything goes to standard error. The commands of a person speak up only
 * when something is wrong, in plain text; the server tells what it does, a JSON object on each line.
 */
public final class LogConfiguration extends ContextAwareBase implements Configurator {

    private static final String CONSOLE = "console";

    /** What libraries warn of that is told again in one line, or concerns whoever programs with them. */
    private static final Map<String, Level> QUIET = Map.of("org.hibernate", Level.ERROR, "com.zaxxer.hikari", Level.ERROR,
            "org.apache.pdfbox", Level.ERROR);
    /** What libraries tell of their own doings. */
    private static final Map<String, Level> LIBRARIES = Map.of("org.eclipse.jetty", Level.WARN, "io.javalin", Level.WARN,
            "org.flywaydb", Level.WARN, "org.hibernate", Level.ERROR, "com.zaxxer.hikari", Level.ERROR,
            "com.github.kagkarlsson", Level.WARN, "org.apache.pdfbox", Level.ERROR);

    /** Called by logback. */
    public LogConfiguration() {
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        var layout = new PatternLayout();
        layout.setContext(context);
        layout.setPattern("%level %logger{0} - %msg%n");
        layout.start();
        var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
        encoder.setLayout(layout);
        write(context, encoder, System.err, Level.WARN, QUIET);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** From now on as a server logs, also what comes from {@code java.util.logging}. */
    static void forServer(OutputStream out, Level level) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        write(context, new JsonLogEncoder(), out, level, LIBRARIES);
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    private static void write(LoggerContext context, Encoder<ILoggingEvent> encoder, OutputStream out, Level level,
                              Map<String, Level> others) {
        encoder.setContext(context);
        encoder.start();
        var appender = new OutputStreamAppender<ILoggingEvent>();
        appender.setName(CONSOLE);
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(new Shared(out));
        appender.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(level);
        root.addAppender(appender);
        others.forEach((name, quieter) -> context.getLogger(name)
                .setLevel(quieter.isGreaterOrEqual(level) ? quieter : level));
    }

    /** A stream that others write to as well: whoever closes it only stops using it. */
    private static final class Shared extends FilterOutputStream {

        Shared(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
