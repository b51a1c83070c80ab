package com.nexasystems.billing.http;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import java.util.function.Function;

/** Lists as the API writes them: the items under their name, and where in the list they stand. */
final class Pages {

    private Pages() {
    }

    static <T> Json of(String name, Page<T> page, PageRequest request, Function<? super T, ?> toJson) {
        return Json.object(name, page.items().stream().<Object>map(toJson).toList(), "meta", meta(page.total(), request));
    }

    /** An empty list has no current page. */
    private static Json meta(long total, PageRequest request) {
        long pages = (total + request.size() - 1) / request.size();
        int number = request.number();
        return Json.object("current_page", total == 0 ? 0 : number, "next_page", number < pages ? number + 1 : null,
                "prev_page", total > 0 && number > 1 ? number - 1 : null, "total_pages", pages, "total_count", total);
    }
}
