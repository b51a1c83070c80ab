package com.nexasystems.billing.invoicing;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.testing.Shop;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Taxes after coupons, as Lago publishes them. */
class LagoTaxFiguresTest {

    static Stream<String[]> lagosTaxes() {
        return LagoInvoice.rows("lago-taxes.txt");
    }

    @ParameterizedTest(name = "{0}, coupons {1}, tax {2}: {3} ({4})")
    @MethodSource("lagosTaxes")
    void charges_what_lago_charges(String fees, String coupons, String percents, String taxes, String source) {
        Invoice invoice = LagoInvoice.issued(new Shop(), fees, coupons, percents);
        assertThat(invoice.taxes().stream().map(tax -> tax.percent().toPlainString() + "=" + tax.amount().minorUnits()))
                .containsExactlyElementsOf(Arrays.asList(taxes.split(" ")));
    }
}
