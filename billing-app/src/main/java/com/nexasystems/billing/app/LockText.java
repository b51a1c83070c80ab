package com.nexasystems.billing.app;

import com.nexasystems.billing.ledger.PeriodLock;
import com.nexasystems.billing.ledger.PeriodLock.UnlockRequest;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.Supplier;

/** Up to which day the books are locked, for people and for programs. */
final class LockText {

    private LockText() {
    }

    static void tell(Host host, boolean asJson, PeriodLock lock) {
        if (asJson) {
            Json.write(host.out(), json(lock));
            return;
        }
        host.out().print(lock.until().map(day -> "Locked until " + day + ", that day included\n")
                .orElse("Nothing is locked\n"));
        lock.request().ifPresent(request -> host.out().print(request.by().name() + " asks for "
                + request.until().map(day -> "it to be locked until " + day + " only").orElse("all of it to be unlocked")
                + ": " + ImportText.printable(request.reason()) + "\nSomebody else has to agree: './billing ledger unlock"
                + " --approve --by NAME'\n"));
    }

    private static Map<String, Object> json(PeriodLock lock) {
        return Json.object("locked_until", lock.until().map(LocalDate::toString).orElse(null),
                "unlock_request", lock.request().map(LockText::json).orElse(null));
    }

    private static Map<String, Object> json(UnlockRequest request) {
        return Json.object("until", request.until().map(LocalDate::toString).orElse(null), "by", request.by().name(),
                "reason", request.reason(), "at", request.at().toString());
    }

    /** What the books refuse is told by the option that it came from. */
    static PeriodLock naming(Supplier<PeriodLock> change) {
        try {
            return change.get();
        } catch (InvalidValue e) {
            throw new InvalidValue(e.field().equals("unlock") ? "--approve" : "--" + e.field(), e.reason());
        }
    }
}
