package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.directory.Directory;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.directory.Kind;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.tax.ServiceTax;
import com.nexasystems.billing.tax.ServiceTaxes;
import com.nexasystems.billing.tax.TaxAmount;
import com.nexasystems.billing.tax.TaxTarget;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code tax_codes}: what is sent of them, what they are put on, and {@code taxes}, as they are shown there. */
final class TaxCodes {

    private static final String FIELD = "tax_codes";

    private final Directory directory;
    private final ServiceTaxes taxes;

    TaxCodes(Billing billing) {
        this.directory = billing.ports().directory();
        this.taxes = billing.ports().serviceTaxes();
    }

    /** The taxes that were sent as {@code tax_codes}, of which null is none; empty if the field was not sent. */
    Optional<List<ServiceTax>> read(ServiceId service, Fields fields) {
        if (!fields.has(FIELD)) {
            return Optional.empty();
        }
        List<String> codes = fields.texts(FIELD);
        fields.check();
        Map<String, ServiceTax> known = codes.isEmpty() ? Map.of() : byCode(service);
        if (!known.keySet().containsAll(codes)) {
            throw ApiError.notFound("tax");
        }
        return Optional.of(codes.stream().distinct().map(known::get).toList());
    }

    /** Puts what was sent on a target; nothing changes where nothing was sent. */
    void put(TaxTarget target, Fields fields) {
        read(target.service(), fields).ifPresent(sent -> {
            if (!taxes.put(target, sent.stream().map(ServiceTax::code).toList())) {
                throw ApiError.notFound("tax");
            }
        });
    }

    void clear(TaxTarget target) {
        taxes.put(target, List.of());
    }

    /** The {@code taxes} of one thing. */
    List<Json> shown(TaxTarget target) {
        return shown(List.of(target)).getOrDefault(target, List.of());
    }

    /** Of many things of one service, looked up once; those that have none are left out. */
    Map<TaxTarget, List<Json>> shown(Collection<TaxTarget> targets) {
        Map<TaxTarget, List<String>> codes = taxes.on(targets);
        Map<TaxTarget, List<Json>> shown = new LinkedHashMap<>();
        if (!codes.isEmpty()) {
            ServiceId service = codes.keySet().iterator().next().service();
            Map<String, Json> each = jsonByCode(service);
            codes.forEach((target, own) -> shown.put(target, own.stream().map(each::get).toList()));
        }
        return shown;
    }

    /**
     * How taxes that were charged are shown, by code: as the service calls them, or has called them. Those that the address
     * decided have no other name than their code.
     */
    Function<TaxAmount, Json> charged(ServiceId service, Collection<TaxAmount> charged) {
        Map<String, Entry> entries = directory.findSubjects(service, Kind.TAX,
                charged.stream().map(TaxAmount::code).distinct().toList());
        return tax -> {
            Optional<Entry> entry = Optional.ofNullable(entries.get(tax.code()));
            return Json.object("lago_tax_id", entry.map(Entry::id).orElse(null),
                    "tax_name", entry.flatMap(own -> own.attribute("name")).orElse(tax.code()), "tax_code", tax.code(),
                    "tax_rate", number(tax.percent()),
                    "tax_description", entry.flatMap(own -> own.attribute("description")).orElse(null));
        };
    }

    private Map<String, Json> jsonByCode(ServiceId service) {
        Map<String, ServiceTax> known = byCode(service);
        return directory.findAll(service, Kind.TAX, known.keySet()).values().stream()
                .collect(Collectors.toMap(Entry::code, entry -> json(entry, known.get(entry.code()))));
    }

    Map<String, ServiceTax> byCode(ServiceId service) {
        return taxes.of(List.of(service)).getOrDefault(service, List.of()).stream()
                .collect(Collectors.toMap(ServiceTax::code, Function.identity()));
    }

    static Json json(Entry entry, ServiceTax tax) {
        return Json.object("lago_id", entry.id(), "name", tax.name(), "code", tax.code(), "rate", number(tax.percent()),
                "description", entry.attribute("description").orElse(null),
                "applied_to_organization", tax.appliedToAll(), "add_ons_count", 0, "customers_count", 0, "plans_count", 0,
                "charges_count", 0, "commitments_count", 0, "created_at", Times.of(entry.createdAt()));
    }

    /** Rates are numbers in Lago, and never so large that one would be written with an exponent. */
    static BigDecimal number(BigDecimal percent) {
        return percent.setScale(Math.max(0, percent.scale()));
    }
}
