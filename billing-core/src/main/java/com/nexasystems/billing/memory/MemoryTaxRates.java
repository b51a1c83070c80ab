package com.nexasystems.billing.memory;

import com.nexasystems.billing.tax.Jurisdiction;
import com.nexasystems.billing.tax.TaxRate;
import com.nexasystems.billing.tax.TaxRates;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

final class MemoryTaxRates implements TaxRates {

    private final Memory memory;
    private final List<TaxRate> rates = new ArrayList<>();

    MemoryTaxRates(Memory memory) {
        this.memory = memory;
    }

    @Override
    public boolean add(TaxRate rate) {
        return memory.call(() -> {
            if (rates.stream().anyMatch(other -> overlap(rate, other))) {
                return false;
            }
            memory.append(rates, rate);
            return true;
        });
    }

    @Override
    public List<TaxRate> inForce(Jurisdiction jurisdiction, LocalDate day) {
        return memory.call(() -> rates.stream()
                .filter(rate -> rate.jurisdiction().equals(jurisdiction) && rate.inForceOn(day))
                .sorted(Comparator.comparing(TaxRate::code)).toList());
    }

    private static boolean overlap(TaxRate a, TaxRate b) {
        return a.jurisdiction().equals(b.jurisdiction()) && a.code().equals(b.code())
                && a.until().map(b.from()::isBefore).orElse(true) && b.until().map(a.from()::isBefore).orElse(true);
    }
}
