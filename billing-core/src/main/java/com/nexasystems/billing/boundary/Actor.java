package com.nexasystems.billing.boundary;

/**
 * Who did something.
 *
 * @param kind {@code person}, {@code service} or {@code system}
 * @param name an e-mail, a service code, or the job's name
 */
public record Actor(String kind, String name) {

    public static final Actor BILLING_RUN = new Actor("system", "billing-run");

    public static Actor person(String name) {
        return new Actor("person", name);
    }

    public static Actor service(String code) {
        return new Actor("service", code);
    }

    @Override
    public String toString() {
        return kind + ":" + name;
    }
}
