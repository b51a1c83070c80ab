package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.shadow.ImportRun;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What requests about the shadow of a service have in common. */
final class ShadowFields {

    private static final int DECIMALS = 4;

    private ShadowFields() {
    }

    /** The service that the fields name, once they are read. */
    static Service service(Billing billing, Fields fields) {
        String code = fields.mandatory("service");
        fields.check();
        return billing.ports().services().findByCode(code).orElseThrow(() -> ApiError.notFound("service"));
    }

    /** The service that the query names. */
    static Service service(Billing billing, Call call) {
        return service(billing, call.parameters());
    }

    static ImportRun imported(Billing billing, Service service) {
        return billing.ports().shadowRecords().lastRun(service.id()).orElseThrow(() -> ApiError.invalid("service",
                "nothing_imported", "has imported nothing yet; POST /shadow/imports does"));
    }

    /** Of the years that every database can keep. */
    static Optional<LocalDate> day(Fields fields, String name) {
        Optional<LocalDate> day = fields.date(name);
        if (day.isPresent() && day.get().getYear() < 1) {
            fields.problem(name, "invalid_date");
            return Optional.empty();
        }
        return day;
    }

    static LocalDate mandatoryDay(Fields fields, String name) {
        Optional<LocalDate> day = day(fields, name);
        if (day.isEmpty() && !fields.hasProblem(name)) {
            fields.problem(name, "value_is_mandatory");
        }
        return day.orElse(LocalDate.EPOCH);
    }

    static BigDecimal mandatoryDecimal(Fields fields, String name) {
        Optional<BigDecimal> value = fields.decimal(name);
        if (value.isEmpty() && !fields.hasProblem(name)) {
            fields.problem(name, "value_is_mandatory");
        }
        return value.orElse(BigDecimal.ZERO);
    }

    static Optional<BigDecimal> decimal(Fields fields, String name, BigDecimal least, BigDecimal most) {
        Optional<BigDecimal> value = fields.decimal(name);
        if (value.isPresent() && (value.get().compareTo(least) < 0 || value.get().compareTo(most) > 0)) {
            fields.problem(name, "value_is_out_of_range", "is between " + least.toPlainString() + " and "
                    + most.toPlainString());
            return Optional.empty();
        }
        return value;
    }

    static Optional<ZoneId> zone(Fields fields, String name) {
        Optional<String> text = fields.text(name).filter(found -> !found.isEmpty());
        if (text.isPresent() && !ZoneId.getAvailableZoneIds().contains(text.get())) {
            fields.problem(name, "value_is_invalid", "is no time zone such as America/Toronto");
            return Optional.empty();
        }
        return text.map(ZoneId::of);
    }

    static <E extends Enum<E>> Map<String, E> words(Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E value : type.getEnumConstants()) {
            words.put(word(value), value);
        }
        return words;
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** As amounts are compared, to four decimals. */
    static String amount(BigDecimal amount) {
        return amount.setScale(DECIMALS, RoundingMode.HALF_UP).toPlainString();
    }
}
