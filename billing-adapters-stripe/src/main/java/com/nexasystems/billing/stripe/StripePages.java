package com.nexasystems.billing.stripe;

import com.google.gson.JsonParseException;
import com.nexasystems.billing.ledger.Evidence;
import com.nexasystems.billing.ledger.Evidence.Document;
import com.nexasystems.billing.quantity.InvalidValue;
import com.stripe.model.HasId;
import com.stripe.model.StripeCollection;
import com.stripe.net.ApiResource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** The documents of an evidence, read with the SDK's Gson: only what is in them, nobody is asked. */
final class StripePages {

    private final Map<String, Document> documents = new HashMap<>();

    StripePages(Evidence evidence) {
        evidence.documents().forEach(document -> documents.put(document.name(), document));
    }

    /** @throws InvalidValue if it is not there, or is something else */
    <T> T one(String name, Class<T> type) {
        Document document = documents.get(name);
        if (document == null) {
            throw new InvalidValue(name, "is not there");
        }
        try {
            return StripeFields.given(name, ApiResource.GSON.fromJson(
                    new String(document.bytes(), StandardCharsets.UTF_8), type));
        } catch (JsonParseException e) {
            throw new InvalidValue(name, "is not what Stripe answers");
        }
    }

    /**
     * @param first what came with the thing itself: all of it, or the first page, which the documents begin with again
     * @throws InvalidValue if there is more than that and the documents have
     */
    <T extends HasId> List<T> all(StripeCollection<T> first, String name, Class<? extends StripeCollection<T>> type) {
        return first != null && first.getData() != null && Boolean.FALSE.equals(first.getHasMore())
                ? distinct(name, first.getData()) : all(name, type);
    }

    /** @throws InvalidValue if a page is missing, or the last one is not the last */
    <T extends HasId> List<T> all(String name, Class<? extends StripeCollection<T>> type) {
        var all = new ArrayList<T>();
        boolean more = true;
        for (int number = 1; more; number++) {
            String page = name + "-" + number;
            StripeCollection<T> read = one(page, type);
            all.addAll(StripeFields.given(page + ".data", read.getData()));
            more = StripeFields.given(page + ".has_more", read.getHasMore());
        }
        return distinct(name, all);
    }

    private static <T extends HasId> List<T> distinct(String name, List<T> all) {
        var ids = new HashSet<String>();
        all.forEach(element -> {
            String id = StripeFields.given(name + ".id", StripeFields.given(name, element).getId());
            if (!ids.add(id)) {
                throw new InvalidValue(name, "contain " + id + " twice");
            }
        });
        return all;
    }
}
