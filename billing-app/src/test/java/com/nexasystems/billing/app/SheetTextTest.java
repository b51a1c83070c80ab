package com.nexasystems.billing.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SheetTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1",
        "\u00a0=1", "\u200b=1", "\ufeff=1",
        "＝1", "＋1", "－1", "＠SUM", "\tx"})
    void what_could_run_is_put_behind_an_apostrophe(String text) {
        assertThat(SheetText.safe(text)).isEqualTo("'" + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ada", "1=1", "Ada & Sons", "a+b", "'=1", " ada", "Zürich-West", "日本"})
    void what_is_only_text_stays_as_it_is(String text) {
        assertThat(SheetText.safe(text)).isEqualTo(text);
    }
}
