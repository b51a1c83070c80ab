package com.nexasystems.billing.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Speaks no HTTP by itself: counts who connects, and does to the connection what a test says. */
final class RawReceiver implements AutoCloseable {

    /** What is done to a connection. */
    interface Behaviour {

        void treat(Socket connection) throws IOException, InterruptedException;
    }

    final AtomicInteger connections = new AtomicInteger();
    /** Counted down when a connection has ended: of those that are written to or read without end, by the other side. */
    final CountDownLatch gone = new CountDownLatch(1);

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** @param address null for all of this machine */
    private RawReceiver(String address, Behaviour behaviour) {
        try {
            server = new ServerSocket(0, 50, address == null ? null : InetAddress.getByName(address));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        threads.execute(() -> accept(behaviour));
    }

    /** Closes whatever connects to it. */
    static RawReceiver counting() {
        return new RawReceiver(null, Socket::close);
    }

    /** Waits for a request. */
    static RawReceiver answering(Behaviour behaviour) {
        return speaking(connection -> {
            skipHead(connection);
            behaviour.treat(connection);
        });
    }

    /** Waits for no request. */
    static RawReceiver speaking(Behaviour behaviour) {
        return new RawReceiver("127.0.0.1", behaviour);
    }

    int port() {
        return server.getLocalPort();
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    private void accept(Behaviour behaviour) {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                connections.incrementAndGet();
                threads.execute(() -> treat(behaviour, connection));
            } catch (IOException | RejectedExecutionException e) {
                return;
            }
        }
    }

    private void treat(Behaviour behaviour, Socket connection) {
        try (connection) {
            behaviour.treat(connection);
        } catch (IOException e) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            gone.countDown();
        }
    }

    private static void skipHead(Socket connection) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
        String line = lines.readLine();
        while (line != null && !line.isEmpty()) {
            line = lines.readLine();
        }
    }

    static void write(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        connection.getOutputStream().flush();
    }

    boolean isLeft() throws InterruptedException {
        return gone.await(1, TimeUnit.MINUTES);
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
