package com.nexasystems.billing.reconciliation;

import com.nexasystems.billing.identity.ServiceId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A period of a subscription, computed and actual.
 *
 * @param end         first day after the period
 * @param computed    what this engine would charge before tax, to {@value #DECIMALS} decimals
 * @param actual      what the application charged, each invoice counted once
 * @param computedFlat   of it the plan's price; the rest is usage
 * @param actualFlat     of what was charged the plan's price
 * @param actualUsage    and usage; the rest is neither
 * @param causes      of the difference
 * @param unexplained what they leave of it
 * @param resolution  by whom a difference was accepted
 */
public record ReconciledRow(ServiceId service, String subscription, LocalDate start, LocalDate end, Currency currency,
                            BigDecimal computed, BigDecimal actual, BigDecimal computedFlat, BigDecimal actualFlat,
                            BigDecimal actualUsage, Status status, List<Cause> causes, BigDecimal unexplained,
                            Optional<Resolution> resolution) {

    /** Of amounts that are compared. */
    public static final int DECIMALS = 4;

    /** How a row stands. */
    public enum Status {
        /** The difference is within the tolerance. */
        MATCH,
        DELTA,
        /** Somebody has accepted the difference. */
        RESOLVED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ReconciledRow {
        causes = List.copyOf(causes);
        computed = compared(computed);
        actual = compared(actual);
        computedFlat = compared(computedFlat);
        actualFlat = compared(actualFlat);
        actualUsage = compared(actualUsage);
        unexplained = compared(unexplained);
    }

    static BigDecimal compared(BigDecimal amount) {
        return amount.setScale(DECIMALS, RoundingMode.HALF_UP);
    }

    /** Above zero where this engine would have charged more. */
    public BigDecimal delta() {
        return computed.subtract(actual);
    }

    public BigDecimal computedUsage() {
        return computed.subtract(computedFlat);
    }

    /** Neither the plan's price nor usage: items that are paid once, tax. */
    public BigDecimal actualOther() {
        return actual.subtract(actualFlat).subtract(actualUsage);
    }

    public boolean hasFiguresOf(ReconciledRow other) {
        return computed.equals(other.computed) && actual.equals(other.actual) && currency.equals(other.currency);
    }

    /** The same difference, accepted. */
    public ReconciledRow resolved(Resolution by) {
        return new ReconciledRow(service, subscription, start, end, currency, computed, actual, computedFlat, actualFlat,
                actualUsage, Status.RESOLVED, causes, unexplained, Optional.of(by));
    }

    /** The line of it that a digest is made of: what it is, and its figures. */
    String line() {
        return String.join("|", subscription, start.toString(), end.toString(), currency.getCurrencyCode(),
                computed.toPlainString(), actual.toPlainString(), status.code());
    }
}
