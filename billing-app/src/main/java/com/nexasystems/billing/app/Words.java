package com.nexasystems.billing.app;

import java.util.Locale;

/** Names of constants as the command line spells them; the same in every locale. */
final class Words {

    private Words() {
    }

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
