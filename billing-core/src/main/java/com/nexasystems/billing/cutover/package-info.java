/**
 * The cut-over: from an application's biller to this engine, through a gate that refuses until the numbers agree.
 *
 * <p>Invariants: what the gate looks at is computed anew when it is asked; what was billed before is not billed again, and what
 * was not is not lost. Does not own the import or the comparison. Begin reading at
 * {@link com.nexasystems.billing.cutover.CutOver}.
 */
package com.nexasystems.billing.cutover;
