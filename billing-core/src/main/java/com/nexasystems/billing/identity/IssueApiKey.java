package com.nexasystems.billing.identity;

import com.nexasystems.billing.boundary.Entropy;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.util.Base64;

/** Gives a service one more API key. The older keys stay valid until they are revoked. */
public final class IssueApiKey {

    private static final int KEY_BYTES = 32;

    private final Services services;
    private final Entropy entropy;
    private final UnitOfWork unitOfWork;

    @Inject
    public IssueApiKey(Services services, Entropy entropy, UnitOfWork unitOfWork) {
        this.services = services;
        this.entropy = entropy;
        this.unitOfWork = unitOfWork;
    }

    /** @return the key, which cannot be had again: only its hash is kept */
    public String issue(ServiceId id) {
        String key = "bk_" + Base64.getUrlEncoder().withoutPadding().encodeToString(entropy.bytes(KEY_BYTES));
        unitOfWork.run(() -> services.update(services.find(id)
                .orElseThrow(() -> new InvalidValue("service", "does not exist: " + id))
                .withKey(ApiKeyHash.of(key))));
        return key;
    }
}
