package com.nexasystems.billing.app;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The PostgreSQL programs that ship with the application, unpacked once per user. */
final class PostgresBinaries {

    /** As the build has pinned it; names the folder, so that another release never meets these files. */
    static final String RELEASE = release();

    private final Path home;

    private PostgresBinaries(Path home) {
        this.home = home;
    }

    /** @param cache where to unpack them to, unless they are there */
    static PostgresBinaries in(Path cache) {
        Path home = cache.resolve("postgresql-" + RELEASE);
        if (!Files.isDirectory(home)) {
            unpack(home);
        }
        return new PostgresBinaries(home);
    }

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    /** To a neighbour first: whoever is killed half way, or does it at the same time, leaves nothing half done. */
    private static void unpack(Path home) {
        try {
            Files.createDirectories(home.getParent());
            Path temporary = Files.createTempDirectory(home.getParent(), "unpacking");
            try (InputStream packed = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system(), machine());
                 var tar = new TarArchiveInputStream(new XZCompressorInputStream(packed))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    unpack(tar, entry, temporary);
                }
            }
            publish(temporary, home);
        } catch (IOException e) {
            throw new EnvironmentFailure("cannot unpack PostgreSQL to " + home + ": " + e.getMessage(), e);
        }
    }

    private static void publish(Path temporary, Path home) throws IOException {
        try {
            Files.move(temporary, home);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            // Somebody else was faster; theirs is as good.
            Folders.delete(temporary);
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder) throws IOException {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("the archive names a file outside of it: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        if ((entry.getMode() & 0100) != 0 && Folders.isPosix(target)) {
            Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(target));
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
            Files.setPosixFilePermissions(target, permissions);
        }
    }

    private static String release() {
        try (InputStream text = PostgresBinaries.class.getResourceAsStream("postgresql-release.txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String system() {
        String name = System.getProperty("os.name");
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.contains("mac") ? "Darwin" : lower.contains("windows") ? "Windows" : name;
    }

    private static String machine() {
        return System.getProperty("os.arch");
    }
}
