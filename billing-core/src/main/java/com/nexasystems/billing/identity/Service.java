package com.nexasystems.billing.identity;

import com.nexasystems.billing.quantity.InvalidValue;

/**
 * A source application; the boundary of authorisation. What belongs to one service is not there for another.
 *
 * @param code             unique and stable; stands in front of its invoice numbers
 * @param active           an inactive service is refused like an unknown one
 * @param lenientEvents    whether events that name an unknown metric or subscription are taken and dropped in silence, as
 *                         Lago does; else they are refused
 * @param completeInvoices whether an invoice is finalised only if nothing is missing of what invoices need, such as
 *                         the customer's billing e-mail
 */
public record Service(ServiceId id, String code, String name, boolean active, boolean lenientEvents,
                      boolean completeInvoices) {

    public Service {
        InvalidValue.checkText("code", code, 32);
        if (!code.matches("[a-z0-9][a-z0-9-]*")) {
            throw new InvalidValue("code", "is made of a-z, 0-9 and '-': " + code);
        }
        InvalidValue.checkText("name", name, 255);
    }

    public static Service of(ServiceId id, String code, String name) {
        return new Service(id, code, name, true, false, false);
    }

    public Service named(String newName) {
        return new Service(id, code, newName, active, lenientEvents, completeInvoices);
    }

    public Service active(boolean now) {
        return new Service(id, code, name, now, lenientEvents, completeInvoices);
    }

    public Service lenientEvents(boolean now) {
        return new Service(id, code, name, active, now, completeInvoices);
    }

    public Service completeInvoices(boolean now) {
        return new Service(id, code, name, active, lenientEvents, now);
    }
}
