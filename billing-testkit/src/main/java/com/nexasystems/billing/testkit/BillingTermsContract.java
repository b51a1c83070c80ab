package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.invoicing.BillingTerms.Terms;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.invoicing.BillingTerms}. */
public abstract class BillingTermsContract extends PortContract {

    private static final ServiceCustomer ADA = holder("chat", "ada");

    protected BillingTermsContract() {
    }

    @Test
    @DisplayName("BT-1 what was set last counts, for the one service")
    void what_was_set_last_counts() {
        assertThat(ports.billingTerms().of(List.of(ADA))).isEmpty();
        set(ADA, Optional.of(3), Optional.of(30));
        set(holder("maps", "ada"), Optional.of(9), Optional.empty());
        assertThat(ports.billingTerms().of(List.of(ADA, holder("chat", "bob"))))
                .isEqualTo(Map.of(ADA, new Terms(Optional.of(3), Optional.of(30))));
        set(ADA, Optional.empty(), Optional.of(0));
        assertThat(ports.billingTerms().of(List.of(ADA))).isEqualTo(Map.of(ADA, new Terms(Optional.empty(), Optional.of(0))));
    }

    @Test
    @DisplayName("BT-2 the shortest grace period is found")
    void the_shortest_grace_period_is_found() {
        assertThat(ports.billingTerms().shortestGrace()).isEmpty();
        set(ADA, Optional.empty(), Optional.of(1));
        assertThat(ports.billingTerms().shortestGrace()).isEmpty();
        set(holder("chat", "bob"), Optional.of(5), Optional.empty());
        set(holder("chat", "cid"), Optional.of(2), Optional.empty());
        assertThat(ports.billingTerms().shortestGrace()).contains(2);
    }

    private void set(ServiceCustomer holder, Optional<Integer> grace, Optional<Integer> net) {
        keep(() -> ports.billingTerms().set(holder, new Terms(grace, net)));
    }

    private static ServiceCustomer holder(String service, String customer) {
        return new ServiceCustomer(Samples.service(service).id(), Samples.customer(customer).id());
    }
}
