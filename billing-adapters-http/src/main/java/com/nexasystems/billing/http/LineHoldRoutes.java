package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.LineHold;
import java.util.List;
import java.util.Optional;

/** Lines of drafts that somebody doubts: their draft is not finalised until they are let go. */
final class LineHoldRoutes {

    private static final String LINE = "/invoices/{id}/lines/{line}";

    private final Billing billing;

    LineHoldRoutes(Billing billing) {
        this.billing = billing;
    }

    List<Route> routes() {
        return List.of(Route.get("/invoices/{id}/line_holds", this::list), Route.post(LINE + "/hold", this::hold),
                Route.post(LINE + "/release", this::release));
    }

    private Answer list(Call call) {
        return answer(InvoiceRoutes.find(billing, call, call.path("id")));
    }

    private Answer hold(Call call) {
        Invoice invoice = InvoiceRoutes.find(billing, call, call.path("id"));
        int line = line(call, invoice);
        Fields fields = call.body("hold");
        String reason = fields.mandatory("reason");
        fields.check();
        billing.lineHolds().hold(call.serviceId(), invoice.id(), line, call.actor(), reason);
        call.audit("invoice.hold_line", invoice.id().toString());
        return answer(invoice);
    }

    private Answer release(Call call) {
        Invoice invoice = InvoiceRoutes.find(billing, call, call.path("id"));
        billing.lineHolds().release(call.serviceId(), invoice.id(), line(call, invoice), call.actor());
        call.audit("invoice.release_line", invoice.id().toString());
        return answer(invoice);
    }

    private static int line(Call call, Invoice invoice) {
        return Optional.of(call.path("line")).filter(text -> text.matches("[0-9]{1,4}")).map(Integer::parseInt)
                .filter(number -> number >= 1 && number <= invoice.lines().size())
                .orElseThrow(() -> ApiError.notFound("line"));
    }

    private Answer answer(Invoice invoice) {
        List<LineHold> holds = billing.ports().lineHolds().of(List.of(invoice.id())).getOrDefault(invoice.id(), List.of());
        return Answer.ok(Json.object("line_holds", holds.stream().map(hold -> Json.object("line", hold.line(),
                "reason", hold.reason(), "held_by", ReconciliationJson.of(hold.by()),
                "held_at", Times.of(hold.at()))).toList()));
    }
}
