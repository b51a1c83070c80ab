package com.nexasystems.billing.stripe;

import com.stripe.model.InvoicePayment;
import java.util.Optional;

/** What an invoice was paid with through Stripe: a payment intent, or a charge of before there were intents. */
record StripePaid(String id, boolean isCharge) {

    /** Empty if it was paid with something else. */
    static Optional<StripePaid> of(InvoicePayment.Payment payment) {
        return Optional.ofNullable(payment).flatMap(known -> Optional.ofNullable(known.getPaymentIntent())
                .map(intent -> new StripePaid(intent, false))
                .or(() -> Optional.ofNullable(known.getCharge()).map(charge -> new StripePaid(charge, true))));
    }
}
