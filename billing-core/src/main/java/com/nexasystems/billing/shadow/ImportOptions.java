package com.nexasystems.billing.shadow;

/**
 * How to import.
 *
 * @param includeInactive also plans that are no longer sold, and subscriptions that have ended or rest
 * @param dryRun          the same report, and nothing is kept
 */
public record ImportOptions(ShadowTerms terms, boolean includeInactive, boolean dryRun) {

    public static final ImportOptions DEFAULT = new ImportOptions(ShadowTerms.HOSTING, false, false);

    public ImportOptions withInactive() {
        return new ImportOptions(terms, true, dryRun);
    }

    public ImportOptions dry() {
        return new ImportOptions(terms, includeInactive, true);
    }

    public ImportOptions on(ShadowTerms other) {
        return new ImportOptions(other, includeInactive, dryRun);
    }
}
