package com.nexasystems.billing.jpa;

import com.nexasystems.billing.shadow.SourceInvoice;
import com.nexasystems.billing.shadow.SourceItem;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** An invoice of the application with its items, which are arrays beside it. */
final class SourceInvoiceRow {

    static final Batch<SourceInvoice> BATCH = new Batch<SourceInvoice>()
            .text("id", SourceInvoice::id)
            .text("user_id", SourceInvoice::userId)
            .text("subscription_id", invoice -> invoice.subscriptionId().orElse(null))
            .text("billed_at", invoice -> invoice.billedAt().orElse(null))
            .text("number", invoice -> invoice.number().orElse(null))
            .text("currency", SourceInvoice::currency)
            .text("status", SourceInvoice::status)
            .numeric("subtotal", SourceInvoice::subtotal)
            .numeric("tax", SourceInvoice::tax)
            .instant("created_at", invoice -> invoice.createdAt().orElse(null))
            .texts("item_ids", items(SourceItem::id))
            .texts("item_descriptions", items(SourceItem::description))
            .numerics("item_quantities", items(item -> item.quantity().orElse(null)))
            .numerics("item_unit_prices", items(item -> item.unitPrice().orElse(null)))
            .numerics("item_amounts", items(SourceItem::amount))
            .instants("item_starts", items(item -> item.start().orElse(null)))
            .instants("item_ends", items(item -> item.end().orElse(null)));

    private SourceInvoiceRow() {
    }

    private static <V> Function<SourceInvoice, Collection<V>> items(Function<SourceItem, V> value) {
        return invoice -> invoice.items().stream().map(value).toList();
    }

    static SourceInvoice read(ResultSet row) throws SQLException {
        return new SourceInvoice(row.getString("id"), row.getString("user_id"), Sql.textIfAny(row, "subscription_id"),
                Sql.textIfAny(row, "billed_at"), Sql.textIfAny(row, "number"), row.getString("currency"),
                row.getString("status"), row.getBigDecimal("subtotal"), row.getBigDecimal("tax"),
                Sql.instantIfAny(row, "created_at"), items(row));
    }

    private static List<SourceItem> items(ResultSet row) throws SQLException {
        String[] ids = Sql.texts(row, "item_ids");
        String[] descriptions = Sql.texts(row, "item_descriptions");
        BigDecimal[] quantities = numerics(row, "item_quantities");
        BigDecimal[] unitPrices = numerics(row, "item_unit_prices");
        BigDecimal[] amounts = numerics(row, "item_amounts");
        Timestamp[] starts = instants(row, "item_starts");
        Timestamp[] ends = instants(row, "item_ends");
        var items = new ArrayList<SourceItem>(ids.length);
        for (int i = 0; i < ids.length; i++) {
            items.add(new SourceItem(ids[i], descriptions[i], Optional.ofNullable(quantities[i]),
                    Optional.ofNullable(unitPrices[i]), amounts[i], instant(starts[i]), instant(ends[i])));
        }
        return items;
    }

    private static BigDecimal[] numerics(ResultSet row, String column) throws SQLException {
        return (BigDecimal[]) row.getArray(column).getArray();
    }

    private static Timestamp[] instants(ResultSet row, String column) throws SQLException {
        return (Timestamp[]) row.getArray(column).getArray();
    }

    private static Optional<Instant> instant(Timestamp timestamp) {
        return Optional.ofNullable(timestamp).map(Timestamp::toInstant);
    }
}
