package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.payment.Notice;
import com.nexasystems.billing.payment.Notices;
import com.nexasystems.billing.payment.TakeNotice;
import com.nexasystems.billing.quantity.InvalidValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /stripe/webhooks}: what the payment provider tells. Nothing is believed but that something has changed. */
final class ProviderNoticeRoutes {

    /** Much more than a provider's notices have. */
    static final long LARGEST_BODY = 1L << 20;

    private static final Logger LOG = LoggerFactory.getLogger("billing.payments");

    private final Optional<Notices> notices;
    private final Optional<TakeNotice> taken;

    ProviderNoticeRoutes(Billing billing, Optional<PaymentProvider> provider) {
        this.notices = provider.flatMap(PaymentProvider::notices);
        this.taken = provider.map(known -> billing.with(known.gateway(), known.plan()).notices());
    }

    List<Route> routes() {
        return List.of(Route.post("/stripe/webhooks", this::take).committingItself().bySignature());
    }

    /** What is not about anything of ours is fine, or the provider would send it again and again. */
    private Answer take(Call call) {
        Notices reader = notices.orElseThrow(() -> ApiError.notFound("payment_provider"));
        Notice notice;
        try {
            notice = reader.read(call.bytes(), name -> call.header(name.toLowerCase(Locale.ROOT)));
        } catch (InvalidValue e) {
            throw ApiError.badRequest(e.getMessage());
        }
        boolean ours = taken.orElseThrow().take(notice);
        LOG.info("notice {} of the payment provider was {}", notice.event(), ours ? "taken" : "about nothing of ours");
        return Answer.empty();
    }
}
