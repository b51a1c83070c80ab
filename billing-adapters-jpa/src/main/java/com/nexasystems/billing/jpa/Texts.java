package com.nexasystems.billing.jpa;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map of texts, which a table keeps as an array of its names and one of its values. */
final class Texts {

    private Texts() {
    }

    /** @param names null for none */
    static Map<String, String> map(String[] names, String[] values) {
        var map = new LinkedHashMap<String, String>();
        for (int i = 0; names != null && i < names.length; i++) {
            map.put(names[i], values[i]);
        }
        return map;
    }
}
