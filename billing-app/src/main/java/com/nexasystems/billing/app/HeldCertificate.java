package com.nexasystems.billing.app;

import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.reconciliation.CertifyParity.Verdict;
import com.nexasystems.billing.reconciliation.ParityCertificate;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A certificate that somebody holds in hand.
 *
 * @param page to print, if it is one: it is issued to the letter
 */
record HeldCertificate(UUID number, Object json, Optional<String> page) {

    private static final int LARGEST = 256 << 20;

    /**
     * What verifying came to.
     *
     * @param altered where it says something else than what was issued
     */
    record Answer(UUID number, Verdict verdict, Optional<String> altered) {

        @Override
        public String toString() {
            return "Certificate " + number + switch (verdict) {
                case HOLDS -> " holds: it was issued here as it stands, and the rows are those that it tells of.";
                case ROWS_HAVE_CHANGED -> " does not hold any more: it was issued here as it stands, but rows have changed"
                        + " since. Reconcile, and issue another.";
                case ALTERED -> " was altered: one of this number was issued here, and says something else in "
                        + altered.orElse("it") + ".";
                case NOT_ISSUED_HERE -> " was not issued here.";
            };
        }
    }

    /** @throws InvalidValue if it is none */
    static HeldCertificate read(Path file) {
        String text = text(file);
        boolean page = text.stripLeading().startsWith("<");
        Object json = Json.read("FILE", page ? CertificateHtml.json(text) : text);
        return new HeldCertificate(CertificateJson.number(json), json, page ? Optional.of(text) : Optional.empty());
    }

    Answer verify(Engine engine) {
        var altered = new AtomicReference<Optional<String>>(Optional.empty());
        Verdict verdict = engine.billing().certifyParity().verify(number, issued -> {
            altered.set(altered(issued));
            return altered.get().isEmpty();
        });
        return new Answer(number, verdict, altered.get());
    }

    private Optional<String> altered(ParityCertificate issued) {
        return CertificateJson.altered(json, issued).or(() -> page
                .filter(text -> !text.equals(CertificateHtml.of(issued))).map(text -> "what is printed on it"));
    }

    private static String text(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidValue("FILE", Files.exists(file) ? "is not a regular file" : "does not exist: " + file);
        }
        try {
            if (Files.size(file) > LARGEST) {
                throw new InvalidValue("FILE", "is larger than " + LARGEST + " bytes");
            }
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString();
        } catch (CharacterCodingException e) {
            throw new InvalidValue("FILE", "is no certificate as .json or .html");
        } catch (IOException e) {
            throw new InvalidValue("FILE", "cannot be read: " + e.getMessage());
        }
    }
}
