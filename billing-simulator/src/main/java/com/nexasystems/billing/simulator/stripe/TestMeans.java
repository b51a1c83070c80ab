package com.nexasystems.billing.simulator.stripe;

import java.util.Arrays;
import java.util.Map;

/** Stripe's means of payment for tests, and what comes of them. */
enum TestMeans {
    VISA("pm_card_visa", "card", "", ""),
    DECLINED("pm_card_chargeDeclined", "card", "card_declined", "generic_decline"),
    NO_FUNDS("pm_card_chargeDeclinedInsufficientFunds", "card", "card_declined", "insufficient_funds"),
    EXPIRED("pm_card_chargeDeclinedExpiredCard", "card", "expired_card", ""),
    BROKEN("pm_card_chargeDeclinedProcessingError", "card", "processing_error", ""),
    AUTHENTICATION("pm_card_authenticationRequired", "card", "authentication_required", "authentication_required"),
    /** Processing, until {@link FakeStripe#decide} says what comes of it. */
    BANK("pm_usBankAccount_processing", "us_bank_account", "", "");

    private final String id;
    private final String type;
    private final String code;
    private final String declineCode;

    TestMeans(String id, String type, String code, String declineCode) {
        this.id = id;
        this.type = type;
        this.code = code;
        this.declineCode = declineCode;
    }

    static TestMeans of(String id) {
        return Arrays.stream(values()).filter(means -> means.id.equals(id)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no means of payment for tests: " + id));
    }

    String id() {
        return id;
    }

    String type() {
        return type;
    }

    boolean declines() {
        return !code.isEmpty();
    }

    boolean takesTime() {
        return this == BANK;
    }

    Map<String, Object> error() {
        return Json.object("type", "card_error", "code", code, "decline_code", declineCode, "message",
                "Your card was declined: " + code + ".");
    }
}
