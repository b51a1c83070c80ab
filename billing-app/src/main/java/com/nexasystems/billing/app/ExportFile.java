package com.nexasystems.billing.app;

import com.nexasystems.billing.quantity.InvalidValue;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that appears when it is complete, and not at all when something goes wrong before. */
final class ExportFile implements AutoCloseable {

    private final Path file;
    private final Path part;
    private final OutputStream out;

    private ExportFile(Path file, Path part, OutputStream out) {
        this.file = file;
        this.part = part;
        this.out = out;
    }

    /** @param option that names the file */
    static ExportFile open(String option, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new InvalidValue(option, "the folder does not exist: " + file);
        }
        if (Files.isDirectory(file)) {
            throw new InvalidValue(option, "is a folder: " + file);
        }
        try {
            // Not a temporary file of the system's, which nobody else could read.
            Path part = folder.resolve("." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
            return new ExportFile(file, part, new BufferedOutputStream(Files.newOutputStream(part), 1 << 16));
        } catch (IOException e) {
            throw new EnvironmentFailure("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    OutputStream out() {
        return out;
    }

    void complete() {
        try {
            out.close();
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new EnvironmentFailure("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw new EnvironmentFailure("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
