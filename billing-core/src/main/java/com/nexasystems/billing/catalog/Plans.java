package com.nexasystems.billing.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The plans with all their versions. {@code PlansContract} checks these rules.
 *
 * <p>PL-1 A plan that was added is found by its code, with every version, charge, model and tier exactly as it was.
 * <p>PL-2 A code is taken once: adding another plan under it answers false and changes nothing.
 * <p>PL-3 A version that was published stands for good beside the earlier ones.
 * <p>PL-4 A version number of a plan is taken once: of two concurrent publications one answers false.
 * <p>PL-5 {@link #all} is sorted by code.
 * <p>PL-6 Plans are put into shadow mode, and taken out of it, and nothing else of them changes, nor of others.
 */
public interface Plans {

    /** @return false if the code is taken */
    boolean add(Plan plan);

    /** @return false if the plan already has a version of that number */
    boolean publish(PlanCode plan, PlanVersion version);

    Optional<Plan> find(PlanCode code);

    void setShadow(Collection<PlanCode> plans, boolean shadow);

    List<Plan> all();
}
