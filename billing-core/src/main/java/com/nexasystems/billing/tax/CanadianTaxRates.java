package com.nexasystems.billing.tax;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The sales taxes of the Canadian provinces and territories, dated; the file beside this class cites its sources.
 * Quebec is covered from 2013, when its tax stopped being charged on top of the federal one.
 */
public final class CanadianTaxRates {

    private static final List<TaxRate> ALL = read("canadian-tax-rates.txt");

    private CanadianTaxRates() {
    }

    public static List<TaxRate> all() {
        return ALL;
    }

    private static List<TaxRate> read(String resource) {
        try (var reader = new BufferedReader(new InputStreamReader(
                CanadianTaxRates.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).map(CanadianTaxRates::rate)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code CA-ON | HST-ON | GST part 5 + PST part 8 | 2010-07-01 | -} */
    private static TaxRate rate(String line) {
        String[] columns = line.split("\\|");
        return new TaxRate(new Jurisdiction(columns[0].strip()), columns[1].strip(),
                Arrays.stream(columns[2].split("\\+")).map(String::strip).map(CanadianTaxRates::component).toList(),
                LocalDate.parse(columns[3].strip()),
                Optional.of(columns[4].strip()).filter(text -> !text.equals("-")).map(LocalDate::parse));
    }

    private static TaxRate.Component component(String text) {
        int space = text.lastIndexOf(' ');
        return new TaxRate.Component(text.substring(0, space), new BigDecimal(text.substring(space + 1)));
    }
}
