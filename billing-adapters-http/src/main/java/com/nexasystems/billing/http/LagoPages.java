package com.nexasystems.billing.http;

import com.nexasystems.billing.http.LagoFailure.Kind;
import com.nexasystems.billing.quantity.InvalidValue;
import java.math.BigInteger;
import java.time.Clock;
import java.util.Optional;

/** A list of Lago's, page by page. */
final class LagoPages {

    private static final int MOST = 10_000;

    private final LagoConnection lago;
    private final Clock clock;
    private final String name;
    private final String query;

    /**
     * @param name  of the list, in the path and in the answer
     * @param query what is asked, such as {@code ?invoice_id=...}, with a sign at its end that another parameter may follow
     */
    LagoPages(LagoConnection lago, Clock clock, String name, String query) {
        this.lago = lago;
        this.clock = clock;
        this.name = name;
        this.query = query;
    }

    /** What is done with a page. */
    interface Reader {

        void page(int number, LagoAnswer answer, LagoObject json) throws LagoFailure;
    }

    LagoAnswer first() throws LagoFailure {
        return get(1);
    }

    private LagoAnswer get(int page) throws LagoFailure {
        return lago.get("/" + name + query + "per_page=100&page=" + page);
    }

    /** @param first the answer for the first page */
    void read(LagoAnswer first, Reader reader) throws LagoFailure {
        int page = 1;
        LagoAnswer answer = first;
        while (true) {
            LagoObject json = answer.json(clock.instant());
            Optional<Integer> next = next(json, page);
            reader.page(page, answer, json);
            if (next.isEmpty()) {
                return;
            }
            page = next.get();
            answer = get(page);
        }
    }

    private Optional<Integer> next(LagoObject json, int page) throws LagoFailure {
        try {
            if (!json.isList(name)) {
                throw json.invalid(name, "is not a list");
            }
            LagoObject meta = json.part("meta");
            Optional<Integer> next = meta.optionalCents("next_page").map(BigInteger::intValueExact);
            if (next.isPresent() && (next.get() != page + 1 || page == MOST)) {
                throw meta.invalid("next_page", "does not follow " + page);
            }
            return next;
        } catch (InvalidValue | ArithmeticException e) {
            throw new LagoFailure(Kind.FAILED, "a list that is not Lago's: " + e.getMessage());
        }
    }
}
