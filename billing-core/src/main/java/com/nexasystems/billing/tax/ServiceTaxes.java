package com.nexasystems.billing.tax;

import com.nexasystems.billing.identity.ServiceId;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The services' own taxes, and what they are on. {@code ServiceTaxesContract} checks these rules.
 *
 * <p>ST-1 A tax that was added is found with its service, exactly as it was; the taxes of a service come sorted by code.
 * <p>ST-2 A code of a service is taken once, also by concurrent units of work, until its tax is removed.
 * <p>ST-3 The taxes of one service are not those of another, and cannot be put on what is another's.
 * <p>ST-4 A change replaces all but service and code.
 * <p>ST-5 What is on a target is what was put there last, in that order; nothing is where nothing was put.
 * <p>ST-6 A code that the service does not have is put nowhere: the answer is false, and nothing changes.
 * <p>ST-7 A tax that was removed is on nothing any more, also not under a new tax of its code.
 */
public interface ServiceTaxes {

    /** @return false if the code is taken */
    boolean add(ServiceTax tax);

    void update(ServiceTax tax);

    void remove(ServiceId service, String code);

    /** All taxes of these services; services that have none are left out. */
    Map<ServiceId, List<ServiceTax>> of(Collection<ServiceId> services);

    /**
     * Puts the taxes with these codes on a target, in place of those before; none to leave it to the next level.
     *
     * @return false if there is no such tax
     */
    boolean put(TaxTarget target, List<String> codes);

    /** The codes of the taxes on these targets; those that have none are left out. */
    Map<TaxTarget, List<String>> on(Collection<TaxTarget> targets);
}
