package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.tax.ServiceTax;
import com.nexasystems.billing.tax.TaxTarget;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.tax.ServiceTaxes}. */
public abstract class ServiceTaxesContract extends PortContract {

    private final Service chat = Samples.service("chat");
    private final Service maps = Samples.service("maps");
    private final TaxTarget plan = TaxTarget.plan(chat.id(), "pro");

    protected ServiceTaxesContract() {
    }

    @BeforeEach
    void two_services() {
        keep(() -> {
            ports.services().add(chat);
            ports.services().add(maps);
        });
    }

    @Test
    @DisplayName("ST-1 a tax is found exactly as it was, sorted by code")
    void a_tax_is_found_exactly_as_it_was() {
        ServiceTax vat = add(new ServiceTax(chat.id(), "vat", "Value \"added\" {é}", new BigDecimal("19.000000000001"), true));
        ServiceTax city = add(tax(chat, "city"));
        ServiceTax upper = add(tax(chat, "VAT"));
        assertThat(ports.serviceTaxes().of(List.of(chat.id(), maps.id())))
                .isEqualTo(Map.of(chat.id(), List.of(upper, city, vat)));
    }

    @Test
    @DisplayName("ST-2 a code is taken once, until its tax is removed")
    void a_code_is_taken_once() {
        ServiceTax first = add(tax(chat, "vat"));
        assertThat(tryToAdd(new ServiceTax(chat.id(), "vat", "Another", BigDecimal.ONE, false))).isFalse();
        assertThat(taxes(chat)).containsExactly(first);
        remove("vat");
        assertThat(taxes(chat)).isEmpty();
        ServiceTax second = add(new ServiceTax(chat.id(), "vat", "Another", BigDecimal.ONE, false));
        assertThat(taxes(chat)).containsExactly(second);
    }

    @Test
    @DisplayName("ST-2 of concurrent taxes with one code, one is added")
    void of_concurrent_taxes_one_is_added() {
        List<Boolean> added = OtherThread.together(4, i -> tryToAdd(new ServiceTax(chat.id(), "vat", "No. " + i,
                BigDecimal.valueOf(i), false)));
        assertThat(added).containsOnlyOnce(true);
    }

    @Test
    @DisplayName("ST-3 services have taxes of their own, for what is theirs")
    void services_have_taxes_of_their_own() {
        ServiceTax theirs = add(tax(maps, "vat"));
        assertThat(taxes(chat)).isEmpty();
        assertThat(put(plan, "vat")).isFalse();
        ServiceTax mine = add(tax(chat, "vat"));
        assertThat(put(plan, "vat")).isTrue();
        assertThat(on(plan, TaxTarget.plan(maps.id(), "pro"))).isEqualTo(Map.of(plan, List.of("vat")));
        assertThat(ports.serviceTaxes().of(List.of(chat.id(), maps.id())))
                .isEqualTo(Map.of(chat.id(), List.of(mine), maps.id(), List.of(theirs)));
        remove("vat");
        assertThat(taxes(maps)).containsExactly(theirs);
    }

    @Test
    @DisplayName("ST-4 a change replaces name, rate and whether it is for all")
    void a_change_replaces_name_rate_and_whether_it_is_for_all() {
        add(tax(chat, "vat"));
        ServiceTax other = add(tax(chat, "other"));
        add(tax(maps, "vat"));
        var changed = new ServiceTax(chat.id(), "vat", "New name", new BigDecimal("7.5"), true);
        keep(() -> ports.serviceTaxes().update(changed));
        keep(() -> ports.serviceTaxes().update(tax(chat, "unknown")));
        assertThat(taxes(chat)).containsExactly(other, changed);
        assertThat(taxes(maps)).containsExactly(tax(maps, "vat"));
    }

    @Test
    @DisplayName("ST-5 what was put last is on a target, in that order")
    void what_was_put_last_is_on_a_target() {
        List.of("a", "b", "c").forEach(code -> add(tax(chat, code)));
        TaxTarget charge = TaxTarget.charge(chat.id(), "pro", "cpu");
        assertThat(put(plan, "c", "a", "c")).isTrue();
        assertThat(put(charge, "b")).isTrue();
        assertThat(on(plan, charge, TaxTarget.charge(chat.id(), "pro", "disk"), TaxTarget.commitment(chat.id(), "pro"),
                TaxTarget.addOn(chat.id(), "pro"), TaxTarget.customer(chat.id(), Samples.customer("ada").id())))
                .isEqualTo(Map.of(plan, List.of("c", "a"), charge, List.of("b")));
        assertThat(put(plan, "b", "c")).isTrue();
        assertThat(on(plan)).isEqualTo(Map.of(plan, List.of("b", "c")));
        assertThat(put(plan)).isTrue();
        assertThat(on(plan, charge)).isEqualTo(Map.of(charge, List.of("b")));
    }

    @Test
    @DisplayName("ST-6 an unknown code is put nowhere")
    void an_unknown_code_is_put_nowhere() {
        add(tax(chat, "vat"));
        put(plan, "vat");
        assertThat(put(plan, "vat", "none")).isFalse();
        assertThat(put(plan, "VAT")).isFalse();
        assertThat(on(plan)).isEqualTo(Map.of(plan, List.of("vat")));
    }

    @Test
    @DisplayName("ST-7 a removed tax is on nothing any more")
    void a_removed_tax_is_on_nothing_any_more() {
        add(tax(chat, "vat"));
        add(tax(chat, "city"));
        TaxTarget addOn = TaxTarget.addOn(chat.id(), "setup");
        put(plan, "vat", "city");
        put(addOn, "vat");
        remove("vat");
        assertThat(on(plan, addOn)).isEqualTo(Map.of(plan, List.of("city")));
        add(tax(chat, "vat"));
        assertThat(on(plan, addOn)).isEqualTo(Map.of(plan, List.of("city")));
    }

    private static ServiceTax tax(Service service, String code) {
        return new ServiceTax(service.id(), code, code, BigDecimal.TEN, false);
    }

    private ServiceTax add(ServiceTax tax) {
        assertThat(tryToAdd(tax)).isTrue();
        return tax;
    }

    private boolean tryToAdd(ServiceTax tax) {
        return kept(() -> ports.serviceTaxes().add(tax));
    }

    private void remove(String code) {
        keep(() -> ports.serviceTaxes().remove(chat.id(), code));
    }

    private boolean put(TaxTarget target, String... codes) {
        return kept(() -> ports.serviceTaxes().put(target, List.of(codes)));
    }

    private List<ServiceTax> taxes(Service service) {
        Map<ServiceId, List<ServiceTax>> found = ports.serviceTaxes().of(List.of(service.id()));
        return found.getOrDefault(service.id(), List.of());
    }

    private Map<TaxTarget, List<String>> on(TaxTarget... targets) {
        return ports.serviceTaxes().on(List.of(targets));
    }
}
