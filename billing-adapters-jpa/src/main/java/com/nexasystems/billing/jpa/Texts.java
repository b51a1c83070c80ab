package com.nexasystems.billing.jpa;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Maps of texts, which a table keeps as an array of names and one of values. */
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

    /** The names of {@link #lists}: each as often as it has values, or once if it has none. */
    static List<String> names(Map<String, List<String>> lists) {
        var names = new ArrayList<String>();
        lists.forEach((name, values) -> {
            for (int i = 0; i < Math.max(1, values.size()); i++) {
                names.add(name);
            }
        });
        return names;
    }

    /** The values beside {@link #names}; null beside a name that has none. */
    static List<String> values(Map<String, List<String>> lists) {
        var all = new ArrayList<String>();
        for (List<String> values : lists.values()) {
            if (values.isEmpty()) {
                all.add(null);
            }
            all.addAll(values);
        }
        return all;
    }

    static Map<String, List<String>> lists(String[] names, String[] values) {
        var lists = new TreeMap<String, List<String>>();
        for (int i = 0; i < names.length; i++) {
            List<String> list = lists.computeIfAbsent(names[i], name -> new ArrayList<>());
            if (values[i] != null) {
                list.add(values[i]);
            }
        }
        return lists;
    }
}
