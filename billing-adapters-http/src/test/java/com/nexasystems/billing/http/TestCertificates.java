package com.nexasystems.billing.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate of a receiver, made by the JDK's own tool for this run, and who trusts it. */
final class TestCertificates {

    /** Names that the certificate is for; it is for the address 127.0.0.1 as well. */
    static final String HOST = "receiver.example.com";
    static final TestCertificates SHARED = new TestCertificates();

    private static final String WORD = "changeit";

    private final KeyStore keys;

    private TestCertificates() {
        try {
            Path directory = Files.createTempDirectory("certificates");
            Path store = directory.resolve("receiver.p12");
            var tool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair", "-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", WORD, "-alias",
                    "receiver", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + HOST, "-validity", "3650", "-ext",
                    "san=dns:" + HOST + ",ip:127.0.0.1,ip:127.0.0.2,ip:0:0:0:0:0:0:0:1").redirectErrorStream(true).start();
            String said = new String(tool.getInputStream().readAllBytes());
            if (tool.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
            keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, WORD.toCharArray());
            }
            Files.delete(store);
            Files.delete(directory);
        } catch (IOException | GeneralSecurityException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    SSLContext ofTheReceiver() {
        try {
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, WORD.toCharArray());
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Trusts that certificate and no other. */
    SSLContext ofTheSender() {
        try {
            var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(keys);
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
