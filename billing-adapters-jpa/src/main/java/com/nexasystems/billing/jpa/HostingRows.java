package com.nexasystems.billing.jpa;

import com.nexasystems.billing.jpa.HostingCells.Unreadable;
import com.nexasystems.billing.shadow.SourceInvoice;
import com.nexasystems.billing.shadow.SourceItem;
import com.nexasystems.billing.shadow.SourcePlan;
import com.nexasystems.billing.shadow.SourceSubscription;
import com.nexasystems.billing.shadow.SourceUsage;
import com.nexasystems.billing.shadow.SourceUser;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What the rows of {@link HostingQueries} say. */
final class HostingRows {

    private HostingRows() {
    }

    static SourcePlan plan(HostingCells row) throws SQLException, Unreadable {
        return new SourcePlan(row.id("id"), row.neededText("name"), row.number("price_monthly"), row.number("price_yearly"),
                row.number("cpu_seconds_quota"), row.truth("is_active"));
    }

    static SourceUser user(HostingCells row) throws SQLException, Unreadable {
        return new SourceUser(row.id("id"), row.text("email"), row.text("full_name"), row.text("company"),
                row.text("billing_email"), row.text("billing_address"), row.text("billing_city"),
                row.text("billing_state"), row.text("billing_postal_code"), row.text("billing_country"),
                row.text("tax_id"), row.text("stripe_customer_id"));
    }

    static SourceSubscription subscription(HostingCells row) throws SQLException, Unreadable {
        return new SourceSubscription(row.id("id"), row.neededText("user_id"), row.text("deployment_id"),
                row.text("deployment"), row.neededText("plan_id"), row.neededText("status"),
                row.neededText("billing_cycle"), row.time("current_period_start"), row.time("current_period_end"),
                row.time("first_billed"), row.time("last_billed"), row.time("first_used"));
    }

    static SourceUsage usage(HostingCells row) throws SQLException, Unreadable {
        return new SourceUsage(row.id("id"), row.neededText("subscription_id"), row.neededTime("period_start"),
                row.neededTime("period_end"), row.neededNumber("cpu_hours"));
    }

    /** A status that is missing is an empty one: figures do not depend on it. */
    static SourceInvoice invoice(HostingCells row, List<SourceItem> items) throws SQLException, Unreadable {
        return new SourceInvoice(row.id("id"), row.neededText("user_id"), row.text("subscription_id"),
                row.text("stripe_invoice_id"), row.text("invoice_number"), row.neededText("currency"),
                row.text("status").orElse(""), row.neededNumber("subtotal"), row.neededNumber("tax"),
                row.time("created_at"), items);
    }

    static SourceItem item(HostingCells row) throws SQLException, Unreadable {
        return new SourceItem(Optional.ofNullable(row.id("id")).orElse(""), row.text("description").orElse(""),
                row.number("quantity"), row.number("unit_price"), row.neededNumber("amount"), row.time("period_start"),
                row.time("period_end"));
    }
}
