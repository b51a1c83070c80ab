package com.nexasystems.billing.ledger;

import com.nexasystems.billing.quantity.InvalidValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Invoice facts as text, without loss: what a source without a text of its own keeps as evidence. UTF-8; a row for each
 * thing, its cells separated by tabs, each cell with its name. The same facts give the same bytes, and no other bytes are
 * read as these facts.
 */
public final class FactsText {

    /** The first row. What is written differently one day has another number. */
    static final String VERSION = "invoice-facts 1";

    private FactsText() {
    }

    /** @throws InvalidValue if a number has more digits, or an instant is in other years, than can be read again */
    public static byte[] write(InvoiceFacts facts) {
        return new FactsWriter().text(facts).getBytes(StandardCharsets.UTF_8);
    }

    /** @throws InvalidValue if it is not what {@link #write} gives of any facts; names the row and the cell */
    public static InvoiceFacts read(byte[] bytes) {
        InvoiceFacts facts = new FactsReader(decoded(bytes)).facts();
        if (!Arrays.equals(write(facts), bytes)) {
            throw new InvalidValue("facts", "are not written as they would be here");
        }
        return facts;
    }

    private static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new InvalidValue("facts", "are not UTF-8");
        }
    }
}
