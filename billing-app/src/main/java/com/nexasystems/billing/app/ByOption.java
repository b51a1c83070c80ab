package com.nexasystems.billing.app;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.quantity.InvalidValue;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Who decides. */
final class ByOption {

    private static final int LONGEST = 200;

    @Option(names = "--by", paramLabel = "NAME", description = "Who decides; it stands on the audit trail.")
    private Optional<String> name = Optional.empty();

    /** @throws InvalidValue if nobody was named */
    Actor actor() {
        String chosen = name.map(String::strip).filter(text -> !text.isEmpty()).orElseThrow(() ->
                new InvalidValue("--by", "is mandatory: who decides, for the audit trail"));
        return Actor.person(InvalidValue.checkText("--by", chosen, LONGEST));
    }
}
