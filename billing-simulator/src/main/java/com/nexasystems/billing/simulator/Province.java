package com.nexasystems.billing.simulator;

import java.math.BigDecimal;

/** Where customers live, and what tax that makes, of all kinds together. */
enum Province {
    ON("13", "Toronto", "M5V 2T6"),
    QC("14.975", "Montréal", "H2Y 1C6"),
    BC("12", "Vancouver", "V6B 1A1"),
    AB("5", "Calgary", "T2P 1J9"),
    NS("14", "Halifax", "B3J 1S9"),
    MB("12", "Winnipeg", "R3C 0V8"),
    SK("11", "Regina", "S4P 3Y2"),
    NB("15", "Moncton", "E1C 1G6"),
    NL("15", "St. John's", "A1C 5S7");

    private final BigDecimal percent;
    private final String city;
    private final String postalCode;

    Province(String percent, String city, String postalCode) {
        this.percent = new BigDecimal(percent);
        this.city = city;
        this.postalCode = postalCode;
    }

    /** 0.13 for 13 %. */
    BigDecimal rate() {
        return percent.movePointLeft(2);
    }

    String city() {
        return city;
    }

    String postalCode() {
        return postalCode;
    }
}
