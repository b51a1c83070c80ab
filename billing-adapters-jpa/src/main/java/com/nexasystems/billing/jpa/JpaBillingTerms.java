package com.nexasystems.billing.jpa;

import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.invoicing.BillingTerms;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

final class JpaBillingTerms implements BillingTerms {

    private static final Batch<ServiceCustomer> HOLDERS = new Batch<ServiceCustomer>()
            .uuid("service_id", holder -> holder.service().value())
            .uuid("customer_id", holder -> holder.customer().value());

    private final JpaUnitOfWork unitOfWork;

    JpaBillingTerms(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    @Override
    public void set(ServiceCustomer holder, Terms terms) {
        unitOfWork.inConnection(connection -> Sql.update(connection, """
                INSERT INTO billing_terms (service_id, customer_id, grace_days, net_payment_days)
                VALUES (?, ?, ?::int, ?::int)
                ON CONFLICT (service_id, customer_id) DO UPDATE
                SET grace_days = excluded.grace_days, net_payment_days = excluded.net_payment_days
                """, holder.service().value(), holder.customer().value(), terms.graceDays().orElse(null),
                terms.netPaymentDays().orElse(null)));
    }

    @Override
    public Map<ServiceCustomer, Terms> of(Collection<ServiceCustomer> holders) {
        var found = new HashMap<ServiceCustomer, Terms>();
        unitOfWork.inConnection(connection -> HOLDERS.query(connection, """
                SELECT t.* FROM billing_terms t WHERE (t.service_id, t.customer_id) IN (SELECT * FROM %s)
                """.formatted(HOLDERS.rows()), List.copyOf(holders), row -> found.put(
                new ServiceCustomer(new ServiceId(row.getObject("service_id", UUID.class)),
                        new CustomerId(row.getObject("customer_id", UUID.class))),
                new Terms(Optional.ofNullable(row.getObject("grace_days", Integer.class)),
                        Optional.ofNullable(row.getObject("net_payment_days", Integer.class))))));
        return found;
    }

    @Override
    public Optional<Integer> shortestGrace() {
        return Optional.ofNullable(unitOfWork.inConnection(connection -> Sql.query(connection,
                "SELECT min(grace_days) FROM billing_terms", row -> row.getObject(1, Integer.class))).get(0));
    }
}
