package com.nexasystems.billing.ledger;

import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A row that is being read, cell by cell. */
final class FactsRow {

    private static final int LONGEST_TEXT = 100_000;
    private static final int LAST_YEAR = 9999;

    private final String name;
    private final List<String> cells;
    private int next;

    /** @param name of what is wrong with it */
    FactsRow(String name, List<String> cells) {
        this.name = name;
        this.cells = cells;
    }

    boolean hasMore() {
        return next < cells.size();
    }

    void end() {
        if (hasMore()) {
            throw new InvalidValue(name, "has more cells than it should");
        }
    }

    /** What was made of its cells, if there are no more. */
    <T> T ended(T read) {
        end();
        return read;
    }

    String text(String cell) {
        return optional(cell).orElseThrow(() -> new InvalidValue(field(cell), "is mandatory"));
    }

    Optional<String> optional(String cell) {
        String found = hasMore() ? cells.get(next) : "";
        next++;
        if (found.equals(cell)) {
            return Optional.empty();
        }
        if (!found.startsWith(cell + "=")) {
            throw new InvalidValue(field(cell), "is missing");
        }
        if (found.length() > LONGEST_TEXT) {
            throw new InvalidValue(field(cell), "is longer than " + LONGEST_TEXT + " characters");
        }
        return Optional.of(FactsEscapes.read(field(cell), found.substring(cell.length() + 1)));
    }

    Money money(String cell, Currency currency) {
        BigDecimal amount = Decimals.parse(field(cell), text(cell));
        if (amount.scale() > currency.getDefaultFractionDigits()) {
            throw new InvalidValue(field(cell), "has more decimals than " + currency);
        }
        return new Money(currency, amount);
    }

    /** With the decimals that it is written with. */
    Optional<BigDecimal> optionalNumber(String cell) {
        return optional(cell).map(text -> {
            Decimals.parse(field(cell), text);
            return new BigDecimal(text);
        });
    }

    boolean flag(String cell) {
        String text = text(cell);
        if (!text.equals("true") && !text.equals("false")) {
            throw new InvalidValue(field(cell), "is neither true nor false");
        }
        return text.equals("true");
    }

    <T extends Enum<T>> T choice(String cell, T[] all) {
        String text = text(cell);
        for (T each : all) {
            if (each.name().equals(text)) {
                return each;
            }
        }
        throw new InvalidValue(field(cell), "is not known");
    }

    Currency currency(String cell) {
        String code = text(cell);
        return Currency.getAvailableCurrencies().stream().filter(known -> known.getCurrencyCode().equals(code))
                .filter(known -> known.getDefaultFractionDigits() >= 0).findFirst()
                .orElseThrow(() -> new InvalidValue(field(cell), "is no currency with a minor unit"));
    }

    Instant instant(String cell) {
        return optionalInstant(cell).orElseThrow(() -> new InvalidValue(field(cell), "is mandatory"));
    }

    Optional<Instant> optionalInstant(String cell) {
        Optional<Instant> instant = optional(cell).map(text -> parsed(cell, text, Instant::parse));
        instant.ifPresent(at -> InvalidValue.checkInstant(field(cell), at));
        return instant;
    }

    Optional<LocalDate> optionalDate(String cell) {
        return optional(cell).map(text -> parsed(cell, text, LocalDate::parse)).map(date -> {
            if (date.getYear() < 1 || date.getYear() > LAST_YEAR) {
                throw new InvalidValue(field(cell), "is not in the years 1 to 9999");
            }
            return date;
        });
    }

    private <T> T parsed(String cell, String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (DateTimeException e) {
            throw new InvalidValue(field(cell), "is no point in time that is written as ISO 8601 says");
        }
    }

    private String field(String cell) {
        return name + "." + cell;
    }
}
