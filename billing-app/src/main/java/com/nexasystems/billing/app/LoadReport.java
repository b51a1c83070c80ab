package com.nexasystems.billing.app;

import java.util.Map;

/** What loading a file came to, counted in rows. */
final class LoadReport {

    private long stored;
    private long duplicates;
    private long replaced;
    private long late;

    void stored(boolean afterBilling) {
        stored++;
        late += afterBilling ? 1 : 0;
    }

    void duplicate() {
        duplicates++;
    }

    void replaced(boolean afterBilling) {
        replaced++;
        late += afterBilling ? 1 : 0;
    }

    long duplicates() {
        return duplicates;
    }

    long accepted() {
        return stored + duplicates + replaced;
    }

    Map<String, Object> json(long refused) {
        return Json.object("stored", stored, "duplicates", duplicates, "replaced", replaced, "late", late,
                "refused", refused);
    }

    String text(long refused) {
        return stored + " rows stored, " + duplicates + " duplicates, " + replaced + " replaced, " + refused + " refused"
                + (late > 0 ? "; " + late + " came after their period was billed and go on the next invoice" : "");
    }
}
