package com.nexasystems.billing.app;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.ProvisionException;
import com.nexasystems.billing.http.ApiSettings;
import java.time.Clock;

/** The server on its engine: they end together, in that order, whether they are closed or the process is told to end. */
final class RunningServer implements AutoCloseable {

    private final Engine engine;
    private final Server server;
    private final String address;
    private final Runnable atExit = this::close;
    private boolean closed;

    private RunningServer(Engine engine, Server server, String address) {
        this.engine = engine;
        this.server = server;
        this.address = address;
    }

    static RunningServer start(Host host, ApiSettings api) {
        Engine engine = Engine.openForServer(host);
        try {
            Server server = wire(engine, host.clock(), api);
            var running = new RunningServer(engine, server, "http://" + api.host() + ":" + server.port());
            AtExit.add(running.atExit);
            return running;
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    String address() {
        return address;
    }

    Engine engine() {
        return engine;
    }

    /** A second call waits until the first has done it all. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            AtExit.remove(atExit);
            server.close();
            engine.close();
        }
    }

    /** Throws what went wrong itself, and not what the container says of it. */
    private static Server wire(Engine engine, Clock clock, ApiSettings api) {
        try {
            return Guice.createInjector(new ServerModule(engine, clock, api)).getInstance(Server.class);
        } catch (ProvisionException | CreationException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
