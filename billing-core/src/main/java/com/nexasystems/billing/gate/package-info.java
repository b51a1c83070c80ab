/**
 * Gates: ordered checks on a subject that say what is missing and how to put it right.
 *
 * <p>The mechanism only; it knows no subject. Each feature composes its own gates from checks, and so can any team.
 * Begin reading at {@link com.nexasystems.billing.gate.Gate}.
 */
package com.nexasystems.billing.gate;
