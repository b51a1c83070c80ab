package com.nexasystems.billing.ledger;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where invoices were really issued. Nothing is ever written there. {@code InvoiceSourceContract} checks these rules.
 *
 * <p>IS-1 Whether an id is of this source is decided by its prefix alone.
 * <p>IS-2 {@link #fetch} answers once for each id it was given, in that order: with the evidence, or with why there is none.
 * An id that is not there, or that the source fails on, takes nothing from the others.
 * <p>IS-3 While the source is out of reach, or limits how often it is asked, the answers say {@link Fetched.Unreachable}, and
 * nothing is thrown.
 * <p>IS-4 {@link #read} asks nobody: the same evidence gives the same facts, at any time, on any machine.
 * <p>IS-5 What is read is complete and to the minor unit, however many lines, payments or credit notes there are. What cannot
 * be read so is refused with what is wrong with it, or told as unexplained; nothing is rounded or left out.
 * <p>IS-6 {@link #ids} tells every invoice that is not a draft, from an instant on, once, in pages of at most
 * {@link #PAGE}.
 */
public interface InvoiceSource {

    int PAGE = 100;

    /** In lower case, such as {@code stripe}; names the clearing account of what is paid through it. */
    String name();

    boolean accepts(String invoice);

    /**
     * @param invoices each {@linkplain #accepts accepted}; at most {@link #PAGE}
     */
    List<Fetched> fetch(List<String> invoices);

    /** @throws InvalidValue if it cannot be read, or not exactly; names the field of the source, and the reason */
    InvoiceFacts read(Evidence evidence);

    /**
     * @param since of when invoices were made; empty for all
     * @throws PortFailure if the source cannot be read to the end
     */
    void ids(Optional<Instant> since, Consumer<List<String>> page);
}
