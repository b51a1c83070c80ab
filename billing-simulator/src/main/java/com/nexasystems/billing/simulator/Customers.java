package com.nexasystems.billing.simulator;

import com.nexasystems.billing.shadow.SourceUser;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** The users: names better in the company than in the full name, countries as codes or names, and one who left no name. */
final class Customers {

    private static final List<String> FIRST = List.of("Aiko", "Ben", "Chloé", "Dara", "Émile", "Fatima", "Goran", "Hana",
            "Ivan", "Jo", "Kim", "Léa", "Milo", "Noor", "Olu", "Priya");
    private static final List<String> LAST = List.of("Tremblay", "Singh", "MacDonald", "Nguyen", "Roy", "Ali", "Kowalski",
            "Chen", "Okafor", "Gagnon", "Smith", "Petrov");
    private static final List<String> TRADES = List.of("Maple", "Harbour", "Prairie", "Boréal", "Granite", "Lakeside",
            "Aurora", "Cedar", "Tundra", "Northern");
    private static final List<String> GOODS = List.of("Analytics", "Robotics", "Books", "Outfitters", "Media", "Software",
            "Dental", "Logistics", "Studio", "Foods");
    private static final List<String> CANADA = List.of("CA", "CA", "CA", "Canada");
    private static final List<String> ABROAD = List.of("US", "United States", "FR", "Germany");
    private static final int ABROAD_PER_MILLE = 60;
    private static final int COMPANY_PER_MILLE = 800;
    private static final int FULL_NAME_PER_MILLE = 400;
    private static final int TAX_ID_PER_MILLE = 300;
    private static final int BILLING_EMAIL_PER_MILLE = 300;

    private Customers() { }

    /**
     * The first ones are without means of payment, if any are and stay so; the last one is without a name, if there are
     * several.
     */
    static List<Customer> of(CompanySpec spec, Seeds seeds) {
        List<Customer> customers = new ArrayList<>();
        for (int index = 0; index < spec.customers(); index++) {
            boolean nameless = spec.customers() > 1 && index == spec.customers() - 1;
            Optional<String> stripe = Optional.of("cus_" + seeds.id("stripe", index).replace("-", "").substring(0, 14))
                    .filter(id -> customers.size() >= spec.withoutPaymentMethod() || spec.putRight().isPresent());
            customers.add(customer(seeds.id("user", index), seeds.random("user", index), index, nameless, stripe));
        }
        return List.copyOf(customers);
    }

    private static Customer customer(String id, SplittableRandom random, int index, boolean nameless,
                                     Optional<String> stripe) {
        boolean abroad = Seeds.perMille(random, ABROAD_PER_MILLE);
        Province province = Seeds.one(random, List.of(Province.values()));
        String first = Seeds.one(random, FIRST);
        String company = Seeds.one(random, TRADES) + " " + Seeds.one(random, GOODS) + " " + (index + 1);
        Optional<String> state = Optional.of(province.name()).filter(name -> !abroad);
        SourceUser row = new SourceUser(id,
                Optional.of("user" + index + "@customer" + index + ".example").filter(mail -> !nameless),
                share(random, FULL_NAME_PER_MILLE, first + " " + Seeds.one(random, LAST)).filter(name -> !nameless),
                share(random, COMPANY_PER_MILLE, company).filter(name -> !nameless),
                share(random, BILLING_EMAIL_PER_MILLE, "billing@customer" + index + ".example").filter(mail -> !nameless),
                Optional.of(1 + random.nextInt(999) + " Main Street"), Optional.of(abroad ? "Springfield" : province.city()),
                state, state.map(here -> province.postalCode()),
                Optional.of(Seeds.one(random, abroad ? ABROAD : CANADA)),
                share(random, TAX_ID_PER_MILLE, 100_000_000 + random.nextInt(900_000_000) + "RT0001"), stripe);
        return new Customer(row, abroad ? BigDecimal.ZERO : province.rate());
    }

    private static Optional<String> share(SplittableRandom random, int perMille, String text) {
        return Seeds.perMille(random, perMille) ? Optional.of(text) : Optional.empty();
    }
}
